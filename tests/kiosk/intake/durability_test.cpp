#include "tests/catch.hpp"
#include "tests/kiosk/intake/raw_client.hpp"
#include "tests/kiosk/intake/running_intake.hpp"

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include <csignal>

using namespace intake_tests;
using crypto::Uuid;

namespace {

std::vector<std::string> listed(Site const& site) {
    auto const ran = site.run({"list", "--config", site.config(), "--json"});
    REQUIRE(ran.exit_code == 0);
    std::vector<std::string> ids;
    for (auto const& entry : nlohmann::json::parse(ran.output))
        ids.push_back(entry.at("id"));
    return ids;
}

struct Acknowledged {
    Uuid id;
    base::Bytes body;
    long status;
};

// Each client puts new requests on its own kept connection until `enough` or its connection breaks.
std::vector<Acknowledged> put_from_many(RunningIntake const& intake, int clients,
                                        std::function<bool(std::size_t)> const& enough) {
    std::mutex mutex;
    std::vector<Acknowledged> acknowledged;
    std::vector<std::thread> threads;
    for (int i = 0; i < clients; ++i)
        threads.emplace_back([&] {
            auto kiosk = intake.kiosk_1();
            for (;;) {
                auto const id = Uuid::random();
                auto body = random_body(4400);
                auto const reply = kiosk.put(id, body);
                std::lock_guard const lock{mutex};
                if (reply.status == 0) return;
                acknowledged.push_back({id, std::move(body), reply.status});
                if (enough(acknowledged.size())) return;
            }
        });
    for (auto& thread : threads)
        thread.join();
    return acknowledged;
}

}  // namespace

TEST_CASE("killed under load, the intake has every request it acknowledged", "[intake][durable]") {
    Site const site;
    std::vector<Acknowledged> all;
    for (int round = 0; round < 3; ++round) {
        RunningIntake intake{site};
        auto const acknowledged = put_from_many(intake, 8, [&](std::size_t count) {
            if (count == 60) intake.process().signal(SIGKILL);
            return false;
        });
        REQUIRE(intake.process().wait(std::chrono::seconds{5}).value() == 128 + SIGKILL);
        CHECK(acknowledged.size() >= 60);
        all.insert(all.end(), acknowledged.begin(), acknowledged.end());
    }
    RunningIntake const intake{site};
    auto const ids = listed(site);
    std::set<std::string> const kept{ids.begin(), ids.end()};
    CHECK(kept.size() == ids.size());
    auto kiosk = intake.kiosk_1();
    for (auto const& one : all) {
        REQUIRE(one.status == 201);
        REQUIRE(kept.contains(one.id.text()));
        auto const reply = kiosk.put(one.id, one.body);
        REQUIRE(reply.status == 200);
        CHECK(verified_receipt(site, reply, one.id, one.body).at("replay") == true);
    }
}

TEST_CASE("eight clients at once are all answered with receipts of their own",
          "[intake][durable]") {
    Site const site;
    RunningIntake const intake{site};
    auto const acknowledged =
        put_from_many(intake, 8, [](std::size_t count) { return count >= 200; });
    for (auto const& one : acknowledged)
        CHECK(one.status == 201);
    CHECK(listed(site).size() == acknowledged.size());
}

TEST_CASE("a hundred replays are one row", "[intake][durable]") {
    Site const site;
    RunningIntake const intake{site};
    auto const id = Uuid::random();
    auto const body = random_body(4400);
    std::atomic<int> created = 0;
    std::atomic<int> replayed = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            auto kiosk = intake.kiosk_1();
            for (int j = 0; j < 25; ++j) {
                auto const reply = kiosk.put(id, body);
                ++(reply.status == 201 ? created : replayed);
                static_cast<void>(verified_receipt(site, reply, id, body));
            }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(created == 1);
    CHECK(replayed == 99);
    CHECK(listed(site) == std::vector{id.text()});
}

TEST_CASE("a store that is full says 503 and when to come back, and keeps its word",
          "[intake][durable]") {
    Site const site;
    site.change("admin_socket", "quota_mib = 1\nadmin_socket");
    RunningIntake const intake{site};
    auto kiosk = intake.kiosk_1();
    std::vector<std::pair<Uuid, base::Bytes>> stored;
    Reply reply;
    while (stored.size() < 100) {
        auto const id = Uuid::random();
        auto const body = random_body(60000);
        reply = kiosk.put(id, body);
        if (reply.status != 201) break;
        stored.emplace_back(id, body);
    }
    CHECK(reply.status == 503);
    CHECK(reply.retry_after == "120");
    CHECK(stored.size() > 10);
    CHECK(stored.size() < 20);
    for (auto const& [id, body] : stored)
        CHECK(kiosk.put(id, body).status == 200);
    CHECK(kiosk.put(stored.front().first, random_body(10)).status == 409);
    CHECK(listed(site).size() == stored.size());
    CHECK_THAT(intake.log(), Catch::Contains("storage_full"));
}

TEST_CASE("SIGTERM ends it within two seconds, with kiosks connected", "[intake][durable]") {
    Site const site;
    RunningIntake intake{site};
    auto kept = intake.kiosk_1();
    REQUIRE(kept.put(Uuid::random(), random_body(100)).status == 201);
    RawClient half_way{intake.port(), site.kiosk_1()};
    half_way.write("PUT /v1/requests/ HTTP/1.1\r\n");
    intake.process().signal(SIGTERM);
    CHECK(intake.process().wait(std::chrono::seconds{2}).value_or(-1) == 0);
    CHECK_FALSE(std::filesystem::exists(site.folder() / "admin.sock"));
    CHECK_FALSE(std::filesystem::exists(site.database().string() + "-wal"));
}

TEST_CASE("SIGTERM under load loses nothing that was acknowledged", "[intake][durable]") {
    Site const site;
    std::vector<Acknowledged> acknowledged;
    {
        RunningIntake intake{site};
        acknowledged = put_from_many(intake, 8, [&](std::size_t count) {
            if (count == 100) intake.process().signal(SIGTERM);
            return false;
        });
        CHECK(intake.process().wait(std::chrono::seconds{2}).value_or(-1) == 0);
    }
    auto const ids = listed(site);  // nobody runs: from the file itself
    std::set<std::string> const kept{ids.begin(), ids.end()};
    for (auto const& one : acknowledged)
        CHECK(kept.contains(one.id.text()));
}
