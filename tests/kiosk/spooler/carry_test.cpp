// The spooler's part in carrying by hand, without sticks and programs.
#include "kiosk/spooler/protocol.hpp"

#include "kiosk/crypto/base64.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"
#include "tests/kiosk/spooler/intake_server.hpp"
#include "tests/kiosk/spooler/pki.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace spooler;
using namespace spooler_test;
using nlohmann::json;
using Result = Delivery::Result;

namespace {

struct Running {
    TestClock clock;
    TemporaryFolder folder;
    Spooler spooler = open();

    Spooler open() {
        auto const settings = Settings::read(
            write_configuration(folder.path(), "https://intake.example.org", "19:00",
                                "[carry]\nkiosk_ca = \"" + pki().authority.native() + "\"\n"));
        REQUIRE(settings);
        auto opened = Spooler::open(*settings, clock, [] { return 0.5; });
        REQUIRE(opened);
        REQUIRE(opened->open_day("A1"));
        return std::move(*opened);
    }
    json ask(json const& question, uid_t user = ::geteuid()) {
        return json::parse(reply_to(spooler, question.dump(), base::Peer{user, 0, 0}).line);
    }
    SealedRequest enqueue() {
        auto request = sealed_request();
        REQUIRE(spooler.enqueue(request));
        return request;
    }
    json receipts(std::vector<std::string> const& texts) {
        return ask({{"do", "import_receipts"}, {"receipts", texts}});
    }
};

// The bundle of another kiosk, certified by the authority of this one.
std::string bundle_of(std::string const& kiosk, std::vector<SealedRequest> const& requests) {
    auto const key = crypto::PrivateKey::read(pki().second_client_key).value();
    auto const chain = crypto::Certificate::read_all(pki().second_client_certificate).value();
    carry::Manifest manifest{kiosk, 7, "2026-06-17", {}};
    for (auto const& request : requests)
        manifest.requests.push_back({request.id, request.kind, request.sha256,
                                     static_cast<std::int64_t>(request.sealed.size())});
    return carry::sign_manifest(manifest, {key, chain}).value();
}

json request_line(SealedRequest const& request, std::int64_t bundle = 7) {
    return {{"do", "import_request"},
            {"kiosk", second_kiosk_name},
            {"bundle", bundle},
            {"id", request.id.text()},
            {"sealed", crypto::to_base64(request.sealed)}};
}

std::string receipt_for(SealedRequest const& request, std::string const& kiosk,
                        fs::path const& key = pki().receipt_key) {
    return signed_receipt(
        {.id = request.id.text(), .kiosk = kiosk, .sha256 = base::to_hex(request.sha256)}, key);
}

}  // namespace

TEST_CASE("only staff carry", "[carry]") {
    Running running;
    for (auto const* word :
         {"carry_begin", "export_next", "export_sign", "export_done", "import_receipts",
          "import_bundle", "import_request", "returns_next", "returns_done"}) {
        INFO(word);
        CHECK(running.ask({{"do", word}}, ::geteuid() + 1)["error"] == "refused");
        if (std::string_view{word} != "carry_begin")
            CHECK(running.ask({{"do", word}})["error"] == "bad_request");
    }
    CHECK(running.ask({{"do", "carry_begin"}})["kiosk"] == kiosk_name);
}

TEST_CASE("a receipt that another kiosk earned settles a request by id and hash", "[carry]") {
    Running running;
    auto const first = running.enqueue();
    auto const second = running.enqueue();
    auto other_body = second;
    other_body.sha256[0] ^= 1;
    auto const answer =
        running.receipts({receipt_for(first, "kiosk-7"), receipt_for(sealed_request(), "kiosk-7"),
                          receipt_for(other_body, "kiosk-7"),
                          receipt_for(second, "kiosk-7", pki().foreign_receipt_key), "torn"});
    CHECK(answer ==
          json{{"ok", true}, {"settled", 1}, {"before", 0}, {"unknown", 1}, {"refused", 3}});
    CHECK(running.spooler.find(first.id).value() == RequestState::receipted);
    CHECK(running.spooler.find(second.id).value() == RequestState::ready);
    CHECK(running.receipts({receipt_for(first, "kiosk-7")})["before"] == 1);
    CHECK(running.ask({{"do", "import_receipts"}, {"receipts", json::array()}})["ok"] == false);
    CHECK(running.ask({{"do", "import_receipts"}, {"receipts", {1}}})["ok"] == false);
}

TEST_CASE("own requests go first and carried ones fill the batch", "[carry]") {
    Running running;
    auto const carried = sealed_request();
    auto const manifest = bundle_of(second_kiosk_name, {carried});
    auto const begun = running.ask({{"do", "import_bundle"}, {"manifest", manifest}});
    REQUIRE(begun["ok"] == true);
    CHECK(begun["kiosk"] == second_kiosk_name);
    CHECK(begun["requests"].size() == 1);
    REQUIRE(running.ask(request_line(carried)) == json{{"ok", true}, {"replay", false}});
    auto const own = running.enqueue();
    auto const parcels = running.spooler.to_send();
    REQUIRE(parcels.size() == 2);
    CHECK(parcels[0].id == own.id);
    CHECK(parcels[1].id == carried.id);
    running.spooler.note({{.id = own.id, .result = Result::delivered, .receipt = "own"},
                          {.id = carried.id, .result = Result::delivered, .receipt = "its"}});
    auto const status = running.spooler.status().value();
    CHECK(status.counts.receipted == 1);
    CHECK(status.carried.to_return == 1);
    CHECK(status.balance.recorded == 1);
    CHECK(status.balance.balanced());
    CHECK(running.spooler.to_send().empty());
    auto const returned = running.ask({{"do", "returns_next"}, {"after", 0}});
    CHECK(returned["receipt"] == "its");
    CHECK(returned["bundle"] == 7);
}

TEST_CASE("the receiver's refusal of a carried request is no alarm of this kiosk", "[carry]") {
    Running running;
    auto const carried = sealed_request();
    REQUIRE(running.spooler.import_bundle(bundle_of(second_kiosk_name, {carried})));
    REQUIRE(running.ask(request_line(carried))["ok"] == true);
    REQUIRE(running.spooler.to_send().size() == 1);
    running.spooler.note({{.id = carried.id, .result = Result::conflict, .status = 409}});
    auto const status = running.spooler.status().value();
    CHECK(status.conflicts == 0);
    CHECK(status.counts.parked == 0);
    CHECK(status.carried.refused == 1);
    CHECK(running.spooler.to_send().empty());
}

TEST_CASE("only what the verified manifest lists is taken", "[carry]") {
    Running running;
    auto const listed = sealed_request();
    CHECK(running.ask(request_line(listed))["error"] == "failed");  // no manifest came before
    REQUIRE(running.spooler.import_bundle(bundle_of(second_kiosk_name, {listed})));
    CHECK(running.ask(request_line(sealed_request()))["error"] == "conflict");
    auto changed = listed;
    changed.sealed[0] ^= 1;
    CHECK(running.ask(request_line(changed))["error"] == "conflict");
    CHECK(running.ask(request_line(listed, 8))["error"] == "failed");
    CHECK(running.ask(request_line(listed))["ok"] == true);
    CHECK(running.ask(request_line(listed))["replay"] == true);
    // Its own bundle has nothing to look for here.
    auto const own = running.enqueue();
    REQUIRE(running.spooler.export_next(0));
    auto const bundle = running.spooler.export_sign({own.id}).value();
    REQUIRE(bundle);
    CHECK(running.ask({{"do", "import_bundle"}, {"manifest", bundle->manifest}})["error"] ==
          "conflict");
}

TEST_CASE("a kiosk that is half full carries for nobody", "[carry]") {
    Running running;
    auto const carried = sealed_request();
    REQUIRE(running.spooler.import_bundle(bundle_of(second_kiosk_name, {carried})));
    write(running.folder / "spooler.toml",
          content_of(running.folder / "spooler.toml")
              .replace(content_of(running.folder / "spooler.toml").find("[carry]"), 0,
                       "quota_mib = 3\n"));
    auto const settings = Settings::read(running.folder / "spooler.toml");
    REQUIRE(settings);
    TemporaryFolder const other;
    auto small = *settings;
    small.data = other / "data";
    auto full = Spooler::open(small, running.clock, [] { return 0.5; });
    REQUIRE(full);
    REQUIRE(full->open_day("A1"));
    REQUIRE(full->import_bundle(bundle_of(second_kiosk_name, {carried})));
    REQUIRE(full->import_request(second_kiosk_name, 7, carried.id, carried.sealed));
    while (full->status()->percent_used < 50)
        REQUIRE(full->enqueue(sealed_request(60000)));
    auto const late = sealed_request();
    REQUIRE(full->import_bundle(bundle_of(second_kiosk_name, {late})));
    auto const refused = full->import_request(second_kiosk_name, 7, late.id, late.sealed);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().why == Refusal::full);
    CHECK(full->enqueue(sealed_request()));  // the kiosk's own patients go on
}
