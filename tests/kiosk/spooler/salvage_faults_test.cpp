// Every kind of damage to the outbox, seen from the kiosk: how soon the next patient is served, and
// what the balances say of it afterwards.
#include "kiosk/spooler/staff.hpp"
#include "tests/kiosk/spooler/desk.hpp"

#include <cstdio>
#include <random>

using namespace spooler;
using namespace spooler_test;

namespace {

constexpr auto promised = 5s;

std::string noise(std::size_t size) {
    std::mt19937 random{4711};
    std::string bytes(size, '\0');
    for (auto& byte : bytes)
        byte = static_cast<char>(random());
    return bytes;
}

void overwrite(fs::path const& file, std::uintmax_t at, std::string const& bytes) {
    auto content = content_of(file);
    REQUIRE(at + bytes.size() <= content.size());
    content.replace(at, bytes.size(), bytes);
    write(file, content);
}

struct Damage {
    char const* name;
    void (*inflict)(fs::path const& data, SealedRequest const& one);
    bool countable = true;
    bool in_a_body = false;
    bool in_log = false;  // the newest rows are only in the log when it happens
};

fs::path database_of(fs::path const& data) { return data / "outbox.db"; }
fs::path log_of(fs::path const& data) { return data / "outbox.db-wal"; }
void junk_in_the_middle(fs::path const& data) {
    overwrite(database_of(data), fs::file_size(database_of(data)) / 8192 * 4096, noise(4096));
}

std::vector<Damage> kinds_of_damage() {
    return {
        {"a page of junk",
         [](fs::path const& data, SealedRequest const&) { junk_in_the_middle(data); }},
        {"a bit of a body",
         [](fs::path const& data, SealedRequest const& one) {
             auto const piece = base::to_text(base::ByteView{one.sealed}.subspan(6000, 32));
             auto const at = content_of(database_of(data)).find(piece);
             REQUIRE(at != std::string::npos);
             overwrite(database_of(data), at, std::string(1, static_cast<char>(piece[0] ^ 1)));
         },
         true, true},
        {"not a database",
         [](fs::path const& data, SealedRequest const&) {
             write(database_of(data), "Dear customer, this disk was repaired.\n" + noise(100000));
         },
         false},
        {"cut in half",
         [](fs::path const& data, SealedRequest const&) {
             fs::resize_file(database_of(data), fs::file_size(database_of(data)) / 8192 * 4096);
         }},
        {"cut to its first pages",
         [](fs::path const& data, SealedRequest const&) {
             fs::resize_file(database_of(data), 20 * 4096);
         }},
        {"a log of junk",
         [](fs::path const& data, SealedRequest const&) { write(log_of(data), noise(40000)); }},
        {"a page of junk, rows in the log",
         [](fs::path const& data, SealedRequest const&) { junk_in_the_middle(data); }, true, false,
         true},
        {"quarantine cannot be made",
         [](fs::path const& data, SealedRequest const&) {
             write(data / "quarantine", "something else of this name");
             junk_in_the_middle(data);
         }},
        {"quarantine may be entered by others",
         [](fs::path const& data, SealedRequest const&) {
             fs::create_directory(data / "quarantine");
             fs::permissions(data / "quarantine", fs::perms::owner_all | fs::perms::others_exec);
             junk_in_the_middle(data);
         }},
    };
}

struct Served {
    double seconds;  // from the start to the next patient's request, recorded
    json status;     // when all is settled
    int found = 0;   // of the requests recorded before
};

// How many of these are still known; nothing when a question met damage.
std::optional<int> found_of(Desk& desk, std::vector<SealedRequest> const& recorded) {
    int found = 0;
    for (auto const& request : recorded) {
        auto const answer = desk.ask(json{{"do", "ask"}, {"id", request.id.text()}}.dump());
        if (answer["ok"] == false) return std::nullopt;
        if (answer["state"] != "unknown") ++found;
    }
    return found;
}

// One patient before the damage has a session, and one after it is served from start to recorded.
Served serve_after(Damage const& damage, int rows, std::chrono::seconds patience = 90s) {
    Desk desk;
    desk.server->script([](IntakeServer&, IntakeServer::Request const&) {
        return IntakeServer::Reply{.status = 503, .retry_after = "3000"};
    });
    desk.open_day();
    auto const session = desk.ask(R"({"do":"session_started"})")["session"].get<int>();
    std::vector<SealedRequest> recorded;
    for (int i = 0; i < rows; ++i)
        recorded.push_back(desk.enqueue());
    REQUIRE(desk.ask(json{{"do", "session_ended"}, {"session", session}, {"outcome", "recorded"}}
                         .dump())["ok"] == true);
    desk.client.reset();
    desk.loop.reset();
    auto const data = desk.folder.path() / "data";
    if (damage.in_log) {
        desk.start();
        for (int i = 0; i < 5; ++i)
            recorded.push_back(desk.enqueue());
        auto const file = content_of(database_of(data));
        auto const log = content_of(log_of(data));
        REQUIRE_FALSE(log.empty());
        desk.client.reset();
        desk.loop.reset();
        // As if it had been killed before the log was emptied.
        write(database_of(data), file);
        write(log_of(data), log);
    }
    damage.inflict(data, recorded[recorded.size() / 2]);

    auto const begin = std::chrono::steady_clock::now();
    desk.start();
    if (desk.status()["day"]["open"] == false) desk.open_day();
    auto const next = desk.ask(R"({"do":"session_started"})");
    REQUIRE(next["ok"] == true);
    desk.enqueue();
    REQUIRE(desk.ask(
                json{{"do", "session_ended"}, {"session", next["session"]}, {"outcome", "recorded"}}
                    .dump())["ok"] == true);
    Served served{std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
                  {}};
    // Damage to a body is found in the background, and so is damage to a page of a large file, if
    // not by the questions below; all other damage at the start.
    auto const settled = [&](json const& now) {
        return now["restoring"] == false && (!damage.in_a_body || now["damaged"] == 1);
    };
    std::optional<int> found;
    do {
        do
            REQUIRE(std::chrono::steady_clock::now() - begin < patience);
        while (!settled(desk.status()));
        found = found_of(desk, recorded);
        served.status = desk.status();
    } while (!found || !settled(served.status));
    served.found = *found;
    return served;
}

}  // namespace

TEST_CASE("whatever happened to the outbox the next patient is served and the loss is told",
          "[salvage_faults]") {
    constexpr int rows = 60;
    for (auto const& damage : kinds_of_damage()) {
        CAPTURE(damage.name);
        auto const served = serve_after(damage, rows);
        std::printf("%s: the next patient was served after %.2f s\n", damage.name, served.seconds);
        CHECK(served.seconds < std::chrono::seconds{promised}.count());
        auto const& now = served.status;
        CAPTURE(now.dump());
        CHECK(now["damaged_countable"] == damage.countable);
        CHECK(now["balance"]["balanced"] == true);
        auto const all = rows + (damage.in_log ? 5 : 0);
        if (damage.countable) {
            // What is not found is what is said to be lost.
            CHECK(served.found + now["damaged"].get<int>() == all);
            CHECK(now["day"]["open"] == true);
            CHECK(now["ledger"]["started"] == 2);
        } else {
            CHECK(served.found < all);
            auto const sentences = status_sentences(now.dump());
            REQUIRE(sentences);
            CHECK(sentences->find("some lost: a damaged file is kept in quarantine") !=
                  std::string::npos);
        }
        CHECK(now["reason"] == nullptr);
    }
}

TEST_CASE("a quarantine folder that stayed empty is no loss", "[salvage_faults]") {
    Desk desk;
    desk.open_day();
    auto const request = desk.enqueue();
    fs::create_directories(desk.folder.path() / "data" / "quarantine" / "boot-1");
    desk.start();
    CHECK(desk.status()["damaged_countable"] == true);
    CHECK(desk.state(request) != "unknown");
}

// Printed by ./tests/bench/run --only salvage: the largest file that is checked whole at the start,
// and one so large that it is checked while patients are served.
TEST_CASE("salvage of large files", "[.salvage_bench]") {
    std::printf("%-36s %7s %9s %9s %7s\n", "damage", "rows", "served, s", "promised", "lost");
    for (int const rows : {5000, 20000})
        for (auto const& damage : kinds_of_damage()) {
            auto const served = serve_after(damage, rows, 10min);
            auto const lost = served.status["damaged_countable"] == true
                                  ? std::to_string(served.status["damaged"].get<int>())
                                  : std::string{"all"};
            std::printf("%-36s %7d %9.2f %9d %7s\n", damage.name, rows, served.seconds,
                        static_cast<int>(std::chrono::seconds{promised}.count()), lost.c_str());
            std::fflush(stdout);
            CHECK(served.seconds < std::chrono::seconds{promised}.count());
        }
}
