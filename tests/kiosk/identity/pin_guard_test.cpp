#include "kiosk/identity/pin_guard.hpp"

#include "tests/catch.hpp"
#include "tests/drivers/base/temporary_folder.hpp"
#include "tests/kiosk/identity/authors.hpp"

#include <cerrno>
#include <fstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace identity;
using namespace identity_tests;
using namespace std::chrono_literals;
using Gate = PinGuard::Gate;
using Outcome = PinGuard::Outcome;

namespace {

// What was asked of the disk, and at which step it breaks.
struct Disk {
    std::vector<std::string> steps;
    bool recording = false;
    int fail_fsync = 0;  // the how-manieth from now
    bool fail_rename = false;
};
Disk disk;

void step(char const* name) {
    if (disk.recording) disk.steps.emplace_back(name);
}

}  // namespace

// In the place of the C library's, for this program.
extern "C" int fsync(int descriptor) {
    struct stat status {};
    ::fstat(descriptor, &status);
    step(S_ISDIR(status.st_mode) ? "fsync folder" : "fsync file");
    if (disk.fail_fsync > 0 && --disk.fail_fsync == 0) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

extern "C" int rename(char const* from, char const* to) noexcept {
    step("rename");
    if (disk.fail_rename) {
        errno = ENOSPC;
        return -1;
    }
    return ::renameat(AT_FDCWD, from, AT_FDCWD, to);
}

namespace {

// A kiosk whose clock the test moves, and whose program it starts anew.
class Kiosk {
  public:
    explicit Kiosk(std::vector<config::Author> authors = identity_tests::authors())
        : authors_(std::move(authors)) {
        disk = {};
        std::filesystem::create_directory(state_);
        restart();
    }

    void restart() { guard_.emplace(state_, authors_, now_); }
    void list(std::vector<config::Author> authors) {
        authors_ = std::move(authors);
        restart();
    }
    void pass(std::chrono::seconds time) { now_ += time; }

    Outcome give(bool right, char const* id = anne) {
        auto const outcome = guard_->attempt(id, now_, [=] { return right; });
        if (!outcome) FAIL(base::describe(outcome.error()));
        return *outcome;
    }
    // So many wrong PINs, each as soon as it is looked at.
    void give_wrong(int times, char const* id = anne) {
        for (int i = 0; i < times; ++i) {
            pass(standing(id).wait);
            REQUIRE(give(false, id) == Outcome::wrong);
        }
    }
    PinGuard::Standing standing(char const* id = anne) const { return guard_->standing(id, now_); }

    PinGuard& guard() { return *guard_; }
    Instant now() const { return now_; }
    std::filesystem::path file() const { return state_ / "wrong-pins.json"; }
    std::filesystem::path aside() const { return state_ / "wrong-pins.json.damaged"; }

  private:
    TemporaryFolder folder_;
    std::filesystem::path state_ = folder_ / "state";
    std::vector<config::Author> authors_;
    Instant now_{1h};
    std::optional<PinGuard> guard_;
};

void write(std::filesystem::path const& file, std::string_view content) {
    std::ofstream{file} << content;
}

struct PowerCut {};

// How many wrong PINs somebody gets looked at who pulls the plug each time before the answer is
// known, and waits as long as it takes after each start.
template <class Judge>
int looked_at_by_pulling_the_plug(Judge judge) {
    Kiosk kiosk;
    int looked_at = 0;
    for (int start = 0; start < 100; ++start) {
        try {
            kiosk.pass(1h);
            judge(kiosk, [&]() -> base::Result<bool> {
                ++looked_at;
                throw PowerCut{};
            });
        } catch (PowerCut const&) {
            kiosk.restart();
        }
    }
    return looked_at;
}

}  // namespace

TEST_CASE("four wrong PINs are free of a wait, and the right one forgets them", "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(4);
    CHECK(kiosk.standing().gate == Gate::open);
    CHECK(kiosk.standing().wrong == 4);
    CHECK(kiosk.give(true) == Outcome::right);
    CHECK(kiosk.standing().wrong == 0);
    kiosk.give_wrong(4);
    CHECK(kiosk.standing().gate == Gate::open);
}

TEST_CASE("from the fifth wrong PIN on the wait doubles up to a quarter of an hour",
          "[pin_guard]") {
    Kiosk kiosk;
    std::vector<std::chrono::seconds> waits;
    for (int wrong = 1; wrong < wrong_until_locked; ++wrong) {
        kiosk.give_wrong(1);
        waits.push_back(kiosk.standing().wait);
        CHECK(waits.back() == wait_after(wrong));
    }
    CHECK(waits == std::vector<std::chrono::seconds>{0s, 0s, 0s, 0s, 30s, 60s, 120s, 240s, 480s,
                                                     900s, 900s, 900s, 900s, 900s});
}

TEST_CASE("before its time not even the right PIN is looked at", "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(5);
    CHECK(kiosk.standing().gate == Gate::waiting);
    kiosk.pass(29s);
    CHECK(kiosk.standing().wait == 1s);
    bool looked_at = false;
    auto const look = [&]() -> base::Result<bool> {
        looked_at = true;
        return true;
    };
    CHECK(kiosk.guard().attempt(anne, kiosk.now(), look) == Outcome::not_now);
    CHECK_FALSE(looked_at);
    CHECK(kiosk.standing().wrong == 5);
    kiosk.pass(1s);
    CHECK(kiosk.standing().gate == Gate::open);
    CHECK(kiosk.guard().attempt(anne, kiosk.now(), look) == Outcome::right);
    CHECK(looked_at);
}

TEST_CASE("a rest of a second is told as a whole one", "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(5);
    CHECK(kiosk.guard().standing(anne, kiosk.now() + 29s + 1ms).wait == 1s);
    CHECK(kiosk.guard().standing(anne, kiosk.now() + 28s + 1ms).wait == 2s);
}

TEST_CASE("the fifteenth wrong PIN locks, for ever and through restarts", "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(wrong_until_locked);
    for (int start = 0; start < 3; ++start) {
        kiosk.pass(24h * 365);
        CHECK(kiosk.standing().gate == Gate::locked);
        CHECK(kiosk.standing().wait == 0s);
        CHECK(kiosk.give(true) == Outcome::not_now);
        kiosk.restart();
    }
}

TEST_CASE("the fifteenth PIN, when it is right, is right", "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(wrong_until_locked - 1);
    kiosk.pass(15min);
    CHECK(kiosk.give(true) == Outcome::right);
    CHECK(kiosk.standing().wrong == 0);
}

TEST_CASE("one author's wrong PINs are no other's", "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(wrong_until_locked);
    CHECK(kiosk.standing(bruno).gate == Gate::open);
    kiosk.give_wrong(6, bruno);
    kiosk.restart();
    CHECK(kiosk.standing(anne).gate == Gate::locked);
    CHECK(kiosk.standing(bruno).wrong == 6);
    CHECK(kiosk.standing(bruno).wait == 60s);
}

TEST_CASE("who has no PIN, or is not listed, gets none looked at", "[pin_guard]") {
    Kiosk kiosk;
    for (auto const* id : {without_pin, "1", ""}) {
        CHECK(kiosk.standing(id).gate == Gate::no_pin);
        CHECK(kiosk.give(true, id) == Outcome::not_now);
    }
    CHECK_FALSE(std::filesystem::exists(kiosk.file()));
}

TEST_CASE("a restart keeps the count and begins the wait anew in full", "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(7);
    kiosk.pass(119s);
    CHECK(kiosk.standing().wait == 1s);
    kiosk.restart();
    CHECK(kiosk.standing().wrong == 7);
    CHECK(kiosk.standing().wait == 120s);
    kiosk.give_wrong(1);
    CHECK(kiosk.standing().wait == 240s);
}

TEST_CASE("after a restart any steady clock will do, however early it starts", "[pin_guard]") {
    TemporaryFolder const folder;
    {
        PinGuard guard{folder / ".", authors(), Instant{24h * 365}};
        for (int i = 0; i < 5; ++i)
            REQUIRE(guard.attempt(anne, Instant{24h * 365}, [] { return false; }));
    }
    for (auto const start : {Instant{}, Instant{-1h}, Instant{24h * 36500}}) {
        PinGuard const guard{folder / ".", authors(), start};
        CHECK(guard.standing(anne, start).wait == 30s);
        CHECK(guard.standing(anne, start + 30s).gate == Gate::open);
    }
}

TEST_CASE("an attempt is on the disk before the PIN is looked at", "[pin_guard]") {
    Kiosk kiosk;
    disk.recording = true;
    int counted = 0;
    REQUIRE(kiosk.guard().attempt(anne, kiosk.now(), [&] {
        step("verify");
        counted = read_counts(kiosk.file()).value().at(anne).wrong;
        return false;
    }));
    CHECK(counted == 1);
    CHECK(disk.steps == std::vector<std::string>{"fsync file", "rename", "fsync folder", "verify"});
}

TEST_CASE("pulling the plug while a PIN is looked at gives no free attempt", "[pin_guard]") {
    CHECK(looked_at_by_pulling_the_plug([](Kiosk& kiosk, PinGuard::Verify const& verify) {
              return kiosk.guard().attempt(anne, kiosk.now(), verify);
          }) == wrong_until_locked);

    // The control: looking first and counting afterwards, every cut gives one.
    CHECK(looked_at_by_pulling_the_plug([](Kiosk& kiosk, PinGuard::Verify const& verify) {
              auto const right = verify();
              return kiosk.guard().attempt(anne, kiosk.now(), [&] { return right; });
          }) == 100);
}

TEST_CASE("a count that cannot be written lets no PIN be looked at", "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(2);
    SECTION("fsync of the file") { disk.fail_fsync = 1; }
    SECTION("fsync of the folder") { disk.fail_fsync = 2; }
    SECTION("rename") { disk.fail_rename = true; }
    SECTION("no folder") { std::filesystem::remove_all(kiosk.file().parent_path()); }
    bool looked_at = false;
    auto const outcome = kiosk.guard().attempt(anne, kiosk.now(), [&] {
        looked_at = true;
        return true;
    });
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == base::Errc::storage_failed);
    CHECK_FALSE(looked_at);
    CHECK(kiosk.standing().wrong == 2);
}

TEST_CASE("a PIN is right also when its count cannot be taken back on the disk", "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(2);
    auto const outcome = kiosk.guard().attempt(anne, kiosk.now(), [] {
        disk.fail_rename = true;
        return true;
    });
    CHECK(outcome == Outcome::right);
    CHECK(kiosk.standing().wrong == 0);
    kiosk.restart();
    CHECK(kiosk.standing().wrong == 3);  // never fewer than were given
}

TEST_CASE("a PIN that could not be looked at is not counted", "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(4);
    auto const outcome = kiosk.guard().attempt(
        anne, kiosk.now(), [] { return base::failure(base::Errc::crypto_failed); });
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == base::Errc::crypto_failed);
    CHECK(kiosk.standing().wrong == 4);
    kiosk.restart();
    CHECK(kiosk.standing().wrong == 4);
}

TEST_CASE("damaged counts are put aside, and every author waits as after the first five",
          "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(2);
    write(kiosk.file(), "{\"version\":1,\"auth");
    kiosk.restart();
    REQUIRE(kiosk.guard().damage());
    CHECK(kiosk.guard().damage()->code == base::Errc::storage_damaged);
    CHECK(kiosk.guard().damage()->detail.find("kept as") != std::string::npos);
    CHECK(std::filesystem::file_size(kiosk.aside()) == 18);
    for (auto const* id : {anne, bruno}) {
        CHECK(kiosk.standing(id).wait == 30s);
        CHECK(kiosk.standing(id).wrong == 5);
    }
    CHECK(kiosk.standing(without_pin).gate == Gate::no_pin);

    // And that holds through the next start, which finds nothing damaged.
    kiosk.restart();
    CHECK_FALSE(kiosk.guard().damage());
    CHECK(kiosk.standing().wait == 30s);

    kiosk.pass(30s);
    CHECK(kiosk.give(true) == Outcome::right);
    CHECK(kiosk.standing(bruno).wrong == 5);
}

TEST_CASE("damaged counts on a disk that takes nothing let no PIN be looked at", "[pin_guard]") {
    Kiosk kiosk;
    write(kiosk.file(), "damaged");
    disk.fail_rename = true;
    kiosk.restart();
    REQUIRE(kiosk.guard().damage());
    CHECK(kiosk.standing().wait == 30s);
    kiosk.pass(30s);
    CHECK_FALSE(kiosk.guard().attempt(anne, kiosk.now(), [] { return true; }));
    kiosk.restart();
    CHECK(kiosk.guard().damage());  // still there to be seen
    CHECK(kiosk.standing().wait == 30s);
}

TEST_CASE("a new hash from the operator unlocks, another author's does not", "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(wrong_until_locked);
    kiosk.list({author(anne, annes_hash()), author(bruno, annes_next_hash())});
    CHECK(kiosk.standing().gate == Gate::locked);
    kiosk.list({author(anne, annes_next_hash()), author(bruno, brunos_hash())});
    CHECK(kiosk.standing().gate == Gate::open);
    CHECK(kiosk.standing().wrong == 0);
    CHECK(kiosk.give(true) == Outcome::right);
}

TEST_CASE("the file names nobody but by id and keeps neither PIN nor hash", "[pin_guard]") {
    Kiosk kiosk;
    kiosk.give_wrong(1);
    std::ifstream stream{kiosk.file()};
    std::string const content{std::istreambuf_iterator<char>{stream}, {}};
    CHECK(content.find(anne) != std::string::npos);
    CHECK(content.find("argon2") == std::string::npos);
    CHECK(content.find(annes_hash().substr(annes_hash().rfind('$') + 1)) == std::string::npos);
}
