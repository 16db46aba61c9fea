#include "kiosk/slots/boot_slots.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"
#include "tests/kiosk/slots/esp.hpp"

#include <atomic>
#include <thread>

using namespace slots_tests;
using base::Errc;

namespace {

struct Machine {
    pki::TemporaryFolder esp;

    explicit Machine(Tree const& tree) { write_tree(esp.path(), tree); }

    BootSlots slots() const { return BootSlots::open(esp.path()).value(); }
    std::vector<std::string> files() const {
        std::vector<std::string> found;
        for (auto const& [name, content] : read_tree(esp.path()))
            if (name.starts_with(entries)) found.push_back(name.substr(entries.size()));
        return found;
    }
};

using Files = std::vector<std::string>;

// As systemd-boot does when it starts an entry.
void boot_once(Machine const& machine) {
    auto const all = machine.slots().entries().value();
    auto const first = *slots::what_boots(all);
    if (!first.name.tries_left) return;
    auto next = first.name;
    next.tries_left = std::max(1U, *next.tries_left) - 1;
    ++next.tries_done;
    std::filesystem::rename(machine.esp / (entries + first.file),
                            machine.esp / (entries + slots::to_file_name(next)));
}

}  // namespace

TEST_CASE("an update goes from a to b and back to a by the entries alone", "[slots]") {
    Machine const machine{esp_with({{"kiosk-a.conf", "500000"}})};
    CHECK(machine.slots().primary() == Slot::a);
    CHECK(machine.slots().state(Slot::b) == SlotState::bad);
    REQUIRE(machine.slots().mark_bad(Slot::b));
    REQUIRE(machine.slots().set_primary(Slot::b));
    CHECK(machine.files() == Files{"kiosk-a.conf", "kiosk-b+3.conf"});
    boot_once(machine);
    CHECK(machine.slots().primary() == Slot::b);
    REQUIRE(machine.slots().mark_good(Slot::b));
    CHECK(machine.files() == Files{"kiosk-a.conf", "kiosk-b.conf"});
    REQUIRE(machine.slots().mark_bad(Slot::a));
    REQUIRE(machine.slots().set_primary(Slot::a));
    CHECK(machine.files() == Files{"kiosk-a+3.conf", "kiosk-b.conf"});
    CHECK(machine.slots().primary() == Slot::a);
}

TEST_CASE("a slot that never proves itself is left after three tries", "[slots]") {
    Machine const machine{esp_with({{"kiosk-a.conf", "500000"}})};
    REQUIRE(machine.slots().set_primary(Slot::b));
    for (int boot = 0; boot < 3; ++boot) {
        CHECK(machine.slots().primary() == Slot::b);
        boot_once(machine);
    }
    CHECK(machine.slots().primary() == Slot::a);
    CHECK(machine.slots().state(Slot::b) == SlotState::bad);
    CHECK(machine.files() == Files{"kiosk-a.conf", "kiosk-b+0-3.conf"});
}

TEST_CASE("an entry says the version that lies in the slot", "[slots]") {
    Machine const machine{esp_with({{"kiosk-a.conf", "500000"}})};
    REQUIRE(machine.slots().set_primary(Slot::b));
    CHECK(read_tree(machine.esp.path()).at(entries + "kiosk-b+3.conf") ==
          "title DMP kiosk\nversion 2.0\nsort-key 499999\nefi /EFI/dmp/b.efi\n");
    CHECK(machine.slots().release(Slot::b)->build == 200);
}

TEST_CASE("the first choice with all its tries is left as it is", "[slots]") {
    auto const tree = esp_with({{"kiosk-a.conf", "500000"}, {"kiosk-b+3.conf", "499999"}});
    Machine const machine{tree};
    REQUIRE(machine.slots().set_primary(Slot::b));
    CHECK(read_tree(machine.esp.path()) == tree);
}

TEST_CASE("a slot without kernel does not become the first", "[slots]") {
    auto tree = esp_with({{"kiosk-a.conf", "500000"}});
    tree.erase(kernels + "b.efi");
    Machine const machine{tree};
    CHECK(machine.slots().set_primary(Slot::b).error().code == Errc::file_missing);
    CHECK(machine.slots().primary() == Slot::a);
}

TEST_CASE("the last slot that has proved itself cannot be marked bad", "[slots]") {
    Machine const alone{esp_with({{"kiosk-a.conf", "500000"}})};
    CHECK(alone.slots().mark_bad(Slot::a).error().code == Errc::refused);
    Machine const beside_a_trial{
        esp_with({{"kiosk-a.conf", "500000"}, {"kiosk-b+2-1.conf", "499999"}})};
    CHECK(beside_a_trial.slots().mark_bad(Slot::a).error().code == Errc::refused);
    CHECK(beside_a_trial.files() == Files{"kiosk-a.conf", "kiosk-b+2-1.conf"});
}

TEST_CASE("a slot of which nothing can be booted is not marked good", "[slots]") {
    Machine const machine{esp_with({{"kiosk-a.conf", "500000"}})};
    CHECK(machine.slots().mark_good(Slot::b).error().code == Errc::conflict);
}

TEST_CASE("a try is given back once for each that was lost, and never more than there were",
          "[slots]") {
    Machine const machine{
        esp_with({{"kiosk-a.conf", "500000"}, {"kiosk-b+1-2.conf", "499999"}})};
    CHECK(machine.slots().give_back_a_try(Slot::b).value());
    CHECK(machine.files() == Files{"kiosk-a.conf", "kiosk-b+2-2.conf"});
    CHECK_FALSE(machine.slots().give_back_a_try(Slot::b).value());
    CHECK_FALSE(machine.slots().give_back_a_try(Slot::a).value());
    CHECK(machine.slots().primary() == Slot::b);
}

TEST_CASE("junk among the entries is no hindrance", "[slots]") {
    auto tree = esp_with({{"kiosk-a.conf", "500000"}});
    tree[entries + "kiosk-b+3.conf"] = std::string(200, '\xff');
    tree[entries + "kiosk-b.conf"] = "";
    tree[entries + "debian.conf"] = "linux /vmlinuz\n";
    tree[entries + "FSCK0000.REC"] = "?";
    Machine const machine{tree};
    std::filesystem::create_directory(machine.esp / (entries + "kiosk-b+1.conf"));
    CHECK(machine.slots().primary() == Slot::a);
    CHECK(machine.slots().state(Slot::b) == SlotState::bad);
    REQUIRE(machine.slots().set_primary(Slot::b));
    CHECK(machine.slots().primary() == Slot::b);
    REQUIRE(machine.slots().mark_good(Slot::b));
    CHECK(machine.files() ==
          Files{"FSCK0000.REC", "debian.conf", "kiosk-a.conf", "kiosk-b.conf"});
}

TEST_CASE("with foreign sort keys the first choice is not changed", "[slots]") {
    Machine const machine{esp_with({{"kiosk-a.conf", "0"}})};
    CHECK(machine.slots().set_primary(Slot::b).error().code == Errc::conflict);
    CHECK(machine.files() == Files{"kiosk-a.conf"});
}

TEST_CASE("nothing to boot is said", "[slots]") {
    Machine const machine{esp_with({})};
    CHECK(machine.slots().primary().error().code == Errc::storage_damaged);
}

TEST_CASE("a kernel is installed when it is the one of its release", "[slots]") {
    Machine const machine{esp_with({{"kiosk-a.conf", "500000"}, {"kiosk-b+0-3.conf", "499999"}})};
    auto const install = [&](std::string const& kernel, std::string const& release) {
        return machine.slots().install_kernel(Slot::b, base::to_bytes(kernel),
                                              base::to_bytes(release));
    };
    CHECK(install("another", release_of(new_kernel)).error().code == Errc::not_authentic);
    CHECK(install(new_kernel, "nonsense").error().code == Errc::malformed);
    CHECK(read_tree(machine.esp.path()).at(kernels + "b.efi") == "kernel b");
    // An entry without tries would still be booted if nothing else could be.
    CHECK(install(new_kernel, release_of(new_kernel)).error().code == Errc::refused);
    REQUIRE(machine.slots().mark_bad(Slot::b));
    REQUIRE(install(new_kernel, release_of(new_kernel, "3.0")));
    CHECK(read_tree(machine.esp.path()).at(kernels + "b.efi") == new_kernel);
    CHECK(machine.slots().release(Slot::b)->version == "3.0");
    CHECK(read_tree(machine.esp.path()).at(kernels + "a.efi") == "kernel a");
}

TEST_CASE("one program at a time works on the entries", "[slots]") {
    Machine const machine{esp_with({{"kiosk-a.conf", "500000"}})};
    auto first = std::optional{machine.slots()};
    std::atomic<bool> second_has_it = false;
    std::jthread const second{[&] {
        auto const slots = machine.slots();
        second_has_it = true;
    }};
    REQUIRE(first->set_primary(Slot::b));
    CHECK_FALSE(second_has_it);
    first.reset();
}
