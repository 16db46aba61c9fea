#include "kiosk/crypto/base64.hpp"
#include "kiosk/crypto/digest.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/intake/raw_client.hpp"
#include "tests/kiosk/intake/running_intake.hpp"

using namespace intake_tests;
using crypto::Uuid;

namespace {

std::string const cms = "Content-Type: application/cms";

std::string error_of(Reply const& reply) {
    return nlohmann::json::parse(reply.body).at("error").get<std::string>();
}

}  // namespace

TEST_CASE("a new request is 201 with a signed receipt, its replay 200, another body 409",
          "[intake]") {
    Site const site;
    RunningIntake const intake{site};
    auto kiosk = intake.kiosk_1();
    auto const id = Uuid::random();
    auto const body = random_body(5000);

    auto const stored = kiosk.put(id, body);
    REQUIRE(stored.status == 201);
    CHECK(stored.content_type == "application/jose");
    auto const receipt = verified_receipt(site, stored, id, body);
    CHECK(receipt.at("kiosk") == "kiosk-1");
    CHECK(receipt.at("node") == "test-node");
    CHECK(receipt.at("replay") == false);
    auto const received_at = receipt.at("received_at").get<std::string>();
    CHECK(received_at.size() == 20);
    CHECK(received_at.back() == 'Z');

    auto const replayed = kiosk.put(id, body);
    REQUIRE(replayed.status == 200);
    CHECK(replayed.new_connections == 0);  // kept
    auto const second = verified_receipt(site, replayed, id, body);
    CHECK(second.at("replay") == true);
    CHECK(second.at("received_at") == received_at);

    auto const conflicting = kiosk.put(id, random_body(5000));
    CHECK(conflicting.status == 409);
    CHECK(error_of(conflicting) == "conflict");
    CHECK(kiosk.put(id, body).status == 200);
}

TEST_CASE("a kiosk that runs wild is asked to wait, the others are not", "[intake]") {
    Site const site{"\n[limits]\nrequests_per_minute = 3\n"};
    RunningIntake const intake{site};
    auto wild = intake.kiosk_1();
    for (int i = 0; i < 3; ++i)
        CHECK(wild.put(Uuid::random(), random_body(100)).status == 201);
    auto const refused = wild.put(Uuid::random(), random_body(100));
    CHECK(refused.status == 429);
    CHECK(error_of(refused) == "too_many");
    CHECK(std::stoi(refused.retry_after) >= 1);
    CHECK(std::stoi(refused.retry_after) <= 20);
    auto const other = site.client({.name = "kiosk-2"});
    CHECK(intake.client(other).put(Uuid::random(), random_body(100)).status == 201);
    CHECK(wild.send("GET", "/v1/health", {}, {}).status == 200);
}

TEST_CASE("the bytes of a request decide whether it is a replay, not who brings them", "[intake]") {
    Site const site;
    RunningIntake const intake{site};
    auto const other = site.client({.name = "kiosk-2"});
    auto const id = Uuid::random();
    auto const body = random_body(100);
    REQUIRE(intake.kiosk_1().put(id, body).status == 201);
    auto const replayed = intake.client(other).put(id, body);
    CHECK(replayed.status == 200);
    auto const receipt = verified_receipt(site, replayed, id, body);
    CHECK(receipt.at("kiosk") == "kiosk-2");
    CHECK(receipt.at("replay") == true);
    CHECK(intake.client(other).put(id, random_body(100)).status == 409);
    CHECK(intake.client(other).put(Uuid::random(), body).status == 201);
}

TEST_CASE("a malformed request is refused with a reason and nothing is kept", "[intake]") {
    Site const site;
    RunningIntake const intake{site};
    auto kiosk = intake.kiosk_1();
    auto const body = random_body(3000);
    auto const path = "/v1/requests/" + Uuid::random().text();
    auto const digest = "Content-Digest: " + content_digest(body);

    struct Case {
        std::string method, target;
        Client::Headers headers;
        long status;
        std::string error;
    };
    auto const put_with = [&](Client::Headers headers, std::string const& error) {
        return Case{"PUT", path, std::move(headers), 400, error};
    };
    auto const wrong = "Content-Digest: " + content_digest(random_body(3000));
    auto const cases = std::vector<Case>{
        put_with({cms, wrong}, "digest_mismatch"),
        put_with({cms}, "bad_digest"),
        put_with({cms, "Content-Digest: sha-256=" + crypto::to_base64(crypto::sha256(body))},
                 "bad_digest"),
        put_with({cms, "Content-Digest: sha-512=:AAAA:"}, "bad_digest"),
        put_with({cms, digest, digest}, "bad_digest"),
        put_with({digest, "Content-Type: application/octet-stream"}, "bad_content_type"),
        put_with({digest, "Content-Type:"}, "bad_content_type"),
        put_with({cms, digest, "Content-Encoding: gzip"}, "bad_content_type"),
        {"PUT", "/v1/requests/not-a-uuid", {cms, digest}, 400, "bad_id"},
        {"PUT", "/v1/requests/6F1C1E0E-0000-4000-8000-000000000000", {cms, digest}, 400, "bad_id"},
        {"PUT", path + "/", {cms, digest}, 400, "bad_id"},
        {"PUT", path + "?again", {cms, digest}, 400, "bad_id"},
        {"PUT", "/v1/requests", {cms, digest}, 404, "not_found"},
        {"PUT", "/", {cms, digest}, 404, "not_found"},
        {"PUT", "/v2" + path.substr(3), {cms, digest}, 404, "not_found"},
        {"POST", path, {cms, digest}, 405, "method_not_allowed"},
        {"DELETE", path, {cms, digest}, 405, "method_not_allowed"},
        {"PUT", "/v1/health", {cms, digest}, 405, "method_not_allowed"},
        {"GET", path, {}, 405, "method_not_allowed"},
    };
    for (auto const& [method, target, headers, status, error] : cases) {
        auto const reply = kiosk.send(method, target, body, headers);
        CAPTURE(method, target, headers, reply.body, reply.problem);
        CHECK(reply.status == status);
        CHECK(reply.content_type == "application/json");
        CHECK(error_of(reply) == error);
    }
    auto const empty = kiosk.put(Uuid::random(), {});
    CHECK(empty.status == 400);
    CHECK(error_of(empty) == "empty");
    CHECK(site.run({"list", "--config", site.config()}).output.empty());

    // The control: the same request, well-formed.
    CHECK(kiosk.send("PUT", path, body, {cms, digest}).status == 201);
}

TEST_CASE("a body of 64 KiB is stored, one byte more is 413, announced or not", "[intake]") {
    Site const site;
    RunningIntake const intake{site};
    auto kiosk = intake.kiosk_1();
    CHECK(kiosk.put(Uuid::random(), random_body(65536)).status == 201);
    auto const large = kiosk.put(Uuid::random(), random_body(65537));
    CHECK(large.status == 413);
    CHECK(error_of(large) == "too_large");

    auto const body = random_body(70000);
    auto const chunked =
        kiosk.send("PUT", "/v1/requests/" + Uuid::random().text(), body,
                   {cms, "Content-Digest: " + content_digest(body), "Transfer-Encoding: chunked"});
    CHECK(chunked.status == 413);
    CHECK(kiosk.put(Uuid::random(), random_body(100)).status == 201);
}

TEST_CASE("health says which node answers", "[intake]") {
    Site const site;
    RunningIntake const intake{site};
    auto const reply = intake.kiosk_1().send("GET", "/v1/health", {}, {});
    CHECK(reply.status == 200);
    CHECK(nlohmann::json::parse(reply.body).at("node") == "test-node");
}

TEST_CASE("what is not HTTP, or a header without end, is refused and closed", "[intake]") {
    Site const site;
    RunningIntake const intake{site};
    RawClient nonsense{intake.port(), site.kiosk_1()};
    RawClient endless{intake.port(), site.kiosk_1()};
    nonsense.write("this is not HTTP\r\n\r\n");
    endless.write("PUT / HTTP/1.1\r\nX-Long: " + std::string(20000, 'x'));
    CHECK_THAT(nonsense.read_until("detail"), Catch::Contains("400 Bad Request"));
    CHECK_THAT(endless.read_until("detail"), Catch::Contains("431"));
    CHECK(nonsense.wait_for_end() < std::chrono::seconds{5});
    CHECK(endless.wait_for_end() < std::chrono::seconds{5});
}

TEST_CASE("a client that asks whether to go on is told to", "[intake]") {
    Site const site;
    RunningIntake const intake{site};
    RawClient client{intake.port(), site.kiosk_1()};
    client.write("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    CHECK_THAT(client.read_until("\r\n\r\n"), Catch::Contains("100 Continue"));
    client.write("abc");
    CHECK_THAT(client.read_until("not_found"), Catch::Contains("404"));
}

TEST_CASE("a request that trickles in is cut off, and so is a connection left idle", "[intake]") {
    Site const site{"[limits]\nrequest_seconds = 1\nidle_seconds = 2\n"};
    RunningIntake const intake{site};
    RawClient idle{intake.port(), site.kiosk_1()};
    RawClient slow{intake.port(), site.kiosk_1()};
    slow.write("PUT /v1/requests/ HTTP/1.1\r\nX-Slow: ");
    auto const cut_after = slow.wait_for_end();
    CHECK(cut_after > std::chrono::milliseconds{500});
    CHECK(cut_after < std::chrono::milliseconds{1900});
    CHECK(idle.wait_for_end() < std::chrono::seconds{3});
}

TEST_CASE("connections beyond the limit are closed at once, later ones are served again",
          "[intake]") {
    Site const site{"[limits]\nconnections = 2\n"};
    RunningIntake const intake{site};
    auto first = intake.kiosk_1();
    CHECK(first.send("GET", "/v1/health", {}, {}).status == 200);
    {
        auto second = intake.kiosk_1();
        CHECK(second.send("GET", "/v1/health", {}, {}).status == 200);
        CHECK(intake.kiosk_1().send("GET", "/v1/health", {}, {}).status == 0);
    }
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds{5};
    long status = 0;
    while (status != 200 && std::chrono::steady_clock::now() < deadline)
        status = intake.kiosk_1().send("GET", "/v1/health", {}, {}).status;
    CHECK(status == 200);
}

TEST_CASE("the log names neither bodies nor digests", "[intake]") {
    Site const site;
    RunningIntake const intake{site};
    auto kiosk = intake.kiosk_1();
    auto const body = base::to_bytes("LUC EXEMPLE 1 55 08 14");
    kiosk.put(Uuid::random(), body);
    auto const reply = kiosk.send("PUT", "/EXEMPLE", body, {cms, "X-Name: EXEMPLE"});
    CHECK(reply.status == 404);
    CHECK_THAT(reply.body, !Catch::Contains("EXEMPLE"));
    CHECK_THAT(intake.log(), !Catch::Contains("EXEMPLE"));
}
