// The spooler on real small file systems that fill up, run out of inodes or turn read-only: nothing
// it acknowledged is lost, it says so politely, and goes on by itself.
#include "kiosk/spooler/protocol.hpp"
#include "kiosk/spooler/staff.hpp"
#include "tests/kiosk/spooler/own_mounts.hpp"
#include "tests/kiosk/spooler/running.hpp"

#include <fstream>

#include <unistd.h>

using namespace spooler;
using namespace spooler_test;
using Result = Delivery::Result;
using Reason = Availability::Reason;

namespace {

struct OnSmallDisk : Running {
    std::vector<SealedRequest> acknowledged;

    explicit OnSmallDisk(std::string const& options) {
        spooler.reset();
        fs::remove_all(data());
        fs::create_directory(data());
        mount_in_memory(data(), "mode=700," + options);
        auto text = content_of(folder / "spooler.toml");
        std::string const none = "ballast_mib = 0";
        text.replace(text.find(none), none.size(), "ballast_mib = 4");
        write(folder / "spooler.toml", text);
        restart();
        open_day();
    }
    ~OnSmallDisk() {
        spooler.reset();
        unmount(data());
    }
    OnSmallDisk(OnSmallDisk const&) = delete;
    OnSmallDisk& operator=(OnSmallDisk const&) = delete;

    fs::path data() const { return folder / "data"; }
    bool has_ballast() const { return fs::exists(data() / "ballast"); }

    void record(int count) {
        for (int i = 0; i < count; ++i)
            acknowledged.push_back(enqueue());
    }
    // Somebody else takes the very last bytes, or inodes.
    void take_all_bytes() {
        std::ofstream rest{data() / "others-bytes", std::ios::binary | std::ios::app};
        while (rest << std::string(512, 'x') << std::flush) {
        }
        REQUIRE_FALSE(rest);
    }
    void take_all_inodes() {
        fs::create_directory(data() / "others");
        for (int i = 0; std::ofstream{data() / "others" / std::to_string(i)}; ++i)
            REQUIRE(i < 1000);
    }
    void give_back() {
        fs::remove(data() / "others-bytes");
        fs::remove_all(data() / "others");
        advance(61s);
    }
    void deliver_all() {
        for (advance(1h); deliver(Result::delivered) > 0; advance(1h)) {
        }
    }
    std::string told() {
        auto const user = base::Peer{::geteuid(), ::getegid(), ::getpid()};
        auto const sentences =
            status_sentences(reply_to(*spooler, R"({"do":"status"})", user).line);
        REQUIRE(sentences);
        return *sentences;
    }
    void finish_background_work() {
        for (int i = 0; i < 10000 && spooler->has_background_work(); ++i)
            spooler->background_step();
    }
    // All promises so far, and both balances.
    void check_promises() {
        finish_background_work();
        std::int64_t missing = 0;
        for (auto const& request : acknowledged) {
            auto const state = spooler->find(request.id);
            REQUIRE(state);
            missing += *state ? 0 : 1;
        }
        auto const now = status();
        CHECK(missing == now.balance.purged);
        CHECK(now.balance.balanced());
        CHECK(now.balance.recorded == static_cast<std::int64_t>(acknowledged.size()));
        CHECK(now.ledger.balanced());
    }
};

// One page of bodies, behind those whose rows were settled first.
void damage(fs::path const& file) {
    auto const page = fs::file_size(file) / 4096 * 3 / 4;
    std::fstream stream{file, std::ios::in | std::ios::out | std::ios::binary};
    stream.seekp(static_cast<std::streamoff>(page * 4096));
    stream << std::string(4096, '\x5A');
}

// Done, or refused for want of room: nothing else may come of a full disk.
template <class T>
bool done_or_full(Answer<T> const& answer) {
    return answer || answer.error().why == Refusal::full;
}

}  // namespace

TEST_CASE("a disk that fills up in every state loses nothing, is told, and is left behind",
          "[disk_faults]") {
    run_with_own_mounts("[.full_in_every_state]");
}

TEST_CASE("inside: a disk that fills up in every state", "[.full_in_every_state]") {
    OnSmallDisk kiosk{"size=12m"};
    auto const session = kiosk.spooler->session_started(::getpid());
    REQUIRE(session);
    kiosk.record(100);
    kiosk.spooler->finish();
    auto const parcels = kiosk.spooler->to_send();
    REQUIRE(parcels.size() == 32);
    kiosk.take_all_bytes();

    // At an enqueue: refused, the ballast stays, and the next patient is told before any consent.
    CHECK(why(kiosk.spooler->enqueue(sealed_request())) == Refusal::full);
    CHECK(kiosk.has_ballast());
    CHECK(why(kiosk.spooler->session_started(::getpid())) == Refusal::full);
    CHECK(kiosk.spooler->availability().reason == Reason::full);
    CHECK(kiosk.told().find("no room left. Bring the network back") != std::string::npos);
    kiosk.check_promises();

    // At a receipt: the ballast goes for it.
    std::vector<Delivery> deliveries;
    for (auto const& parcel : parcels)
        deliveries.push_back({.id = parcel.id, .result = Result::delivered, .receipt = "receipt"});
    kiosk.spooler->note(deliveries);
    CHECK(kiosk.status().counts.receipted == 32);
    CHECK_FALSE(kiosk.has_ballast());
    kiosk.spooler->finish();

    // Others take that too. The session, the day, the sending, a purge: done, or refused for room.
    kiosk.take_all_bytes();
    CHECK(done_or_full(kiosk.spooler->session_ended(*session, Outcome::left)));
    CHECK(done_or_full(kiosk.spooler->close_day()));
    CHECK(done_or_full(kiosk.spooler->open_day("A2")));
    auto const late = kiosk.spooler->to_send();
    std::vector<Delivery> failed;
    for (auto const& parcel : late)
        failed.push_back({.id = parcel.id, .result = Result::failed, .detail = "HTTP 500"});
    kiosk.spooler->note(failed);
    kiosk.advance(24h * 100);  // the receipts are old enough to be forgotten
    kiosk.check_promises();

    // Before a start.
    kiosk.restart();
    CHECK(kiosk.spooler->availability().reason != Reason::damaged);
    kiosk.check_promises();

    kiosk.give_back();
    kiosk.deliver_all();
    kiosk.advance(61s);
    kiosk.open_day();
    CHECK_FALSE(kiosk.spooler->availability().reason);
    CHECK(kiosk.has_ballast());
    kiosk.record(1);
    kiosk.check_promises();
    CHECK(kiosk.status().ledger.running == 0);
}

TEST_CASE("a session left open before a start on a full disk is counted when there is room",
          "[disk_faults]") {
    run_with_own_mounts("[.full_at_the_start]");
}

TEST_CASE("inside: a start on a full disk", "[.full_at_the_start]") {
    OnSmallDisk kiosk{"size=12m"};
    REQUIRE(kiosk.spooler->session_started(::getpid()));
    kiosk.record(20);
    kiosk.spooler->finish();
    kiosk.spooler.reset();
    fs::remove(kiosk.data() / "ballast");
    kiosk.take_all_bytes();
    kiosk.restart();
    CHECK(kiosk.status().ledger.running == 1);
    CHECK(kiosk.status().ledger.balanced());
    kiosk.give_back();
    CHECK(kiosk.status().ledger.running == 0);
    CHECK(kiosk.status().ledger.count(Outcome::interrupted) == 1);
    // One that began since then is not.
    REQUIRE(kiosk.spooler->session_started(::getpid()));
    kiosk.advance(5min);
    CHECK(kiosk.status().ledger.running == 1);
    kiosk.check_promises();
}

TEST_CASE("a damaged outbox on a full disk is salvaged into the room of the ballast",
          "[disk_faults]") {
    run_with_own_mounts("[.full_at_salvage]");
}

TEST_CASE("inside: a salvage on a full disk", "[.full_at_salvage]") {
    OnSmallDisk kiosk{"size=12m"};
    kiosk.record(100);
    kiosk.spooler->finish();
    kiosk.spooler.reset();
    damage(kiosk.data() / "outbox.db");
    kiosk.take_all_bytes();
    REQUIRE(kiosk.has_ballast());
    kiosk.restart();
    CHECK_FALSE(kiosk.has_ballast());
    CHECK(kiosk.spooler->availability().day);
    kiosk.finish_background_work();
    kiosk.give_back();
    kiosk.finish_background_work();
    auto const losses = kiosk.status().losses;
    CHECK(losses.restored + losses.lost == 100);
    CHECK(kiosk.status().balance.balanced());
    CHECK(kiosk.spooler->enqueue(sealed_request()));
    CHECK(kiosk.has_ballast());
}

TEST_CASE("without inodes the spooler goes on, and damage waits until there are some",
          "[disk_faults]") {
    run_with_own_mounts("[.no_inodes]");
}

TEST_CASE("inside: a disk without inodes", "[.no_inodes]") {
    OnSmallDisk kiosk{"size=64m,nr_inodes=24"};
    kiosk.record(40);
    kiosk.take_all_inodes();
    kiosk.record(20);
    CHECK(kiosk.deliver(Result::delivered) == 32);
    kiosk.advance(5s);  // the log is emptied
    kiosk.restart();
    kiosk.record(1);
    kiosk.check_promises();

    // A damaged file needs a new one beside it.
    kiosk.spooler->finish();
    kiosk.spooler.reset();
    fs::remove(kiosk.data() / "ballast");
    auto const file = kiosk.data() / "outbox.db";
    damage(file);
    auto const found = content_of(file);
    std::ofstream{kiosk.data() / "others" / "the ballast's"};
    auto const settings = Settings::read(kiosk.folder / "spooler.toml");
    REQUIRE(settings);
    auto const refused = Spooler::open(*settings, kiosk.clock, [] { return 0.5; });
    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail.find("No space left on device") != std::string::npos);
    CHECK(content_of(file) == found);
    fs::remove_all(kiosk.data() / "others");
    kiosk.restart();
    kiosk.finish_background_work();
    auto const now = kiosk.status();
    CHECK(now.losses.restored > 40);
    CHECK(now.losses.restored + now.losses.lost == 61);
    CHECK(now.balance.balanced());
}

TEST_CASE("a disk that can only be read stops the start with a sentence and nothing else",
          "[disk_faults]") {
    run_with_own_mounts("[.read_only_at_the_start]");
}

TEST_CASE("inside: a start on a disk that can only be read", "[.read_only_at_the_start]") {
    OnSmallDisk kiosk{"size=12m"};
    kiosk.record(40);
    kiosk.spooler.reset();
    auto const file = kiosk.data() / "outbox.db";
    auto const before = content_of(file);
    make_read_only(kiosk.data(), true);
    auto const settings = Settings::read(kiosk.folder / "spooler.toml");
    REQUIRE(settings);
    auto const refused = Spooler::open(*settings, kiosk.clock, [] { return 0.5; });
    REQUIRE_FALSE(refused);
    CAPTURE(refused.error().detail);
    CHECK(refused.error().detail == kiosk.data().native() + ": Read-only file system");
    make_read_only(kiosk.data(), false);
    CHECK(content_of(file) == before);
    kiosk.restart();
    CHECK(kiosk.spooler->availability().day);
    kiosk.record(1);
    kiosk.check_promises();
}
