// The acts on a disk that loses, keeps or tears what was not synced when the power went.
#include "tests/catch.hpp"
#include "tests/fakes/disk/disk.hpp"
#include "tests/kiosk/crypto/pki.hpp"
#include "tests/kiosk/slots/esp.hpp"

using namespace slots_tests;

namespace {

constexpr int rounds = 8;  // for each change, what is left differs

struct Machine {
    pki::TemporaryFolder esp;
    fake::Disk disk{esp.path()};
    std::mt19937 random{20260707};

    void load(Tree const& tree) {
        fake::Image image{{"loader", std::nullopt},
                          {"loader/entries", std::nullopt},
                          {"EFI", std::nullopt},
                          {"EFI/dmp", std::nullopt}};
        for (auto const& [name, content] : tree)
            image[name] = content;
        disk.load(image);
    }
    base::Result<void> act(std::vector<std::string> const& arguments) const {
        auto const slots = BootSlots::open(esp.path());
        if (!slots) return base::failure(slots.error());
        auto const slot = slots::parse_slot(arguments.at(1)).value();
        if (arguments[0] == "set-primary") return slots->set_primary(slot);
        if (arguments[0] == "install-kernel")
            return slots->install_kernel(slot, base::to_bytes(new_kernel),
                                         base::to_bytes(release_of(new_kernel)));
        if (arguments[0] == "give-back")
            return slots->give_back_a_try(slot).map([](bool) {});
        return arguments.at(2) == "good" ? slots->mark_good(slot) : slots->mark_bad(slot);
    }
};

std::vector<Scene> all_scenes() {
    auto all = scenes();
    auto const before = esp_with({{"kiosk-a.conf", "499998"}, {"kiosk-b+1-2.conf", "499997"}});
    all.push_back({"a try is given back", before, {"give-back", "b"}, look(before)});
    return all;
}

// Whether a moment was found that is neither the state before nor the one after.
bool goes_wrong(Machine& machine, Scene const& scene, fake::Faults const& faults) {
    machine.load(scene.before);
    machine.disk.set(faults);
    auto const done = machine.act(scene.arguments);
    machine.disk.power_on(machine.random);
    auto const left = read_tree(machine.esp.path());
    auto const seen = look(left);
    if (!kernels_are_whole(left)) return true;
    if (done) return seen != scene.expected;
    return seen != look(scene.before) && seen != scene.expected;
}

}  // namespace

TEST_CASE("at each cut a whole entry boots and the state is the old or the new",
          "[slots][cuts]") {
    Machine machine;
    for (auto const& scene : all_scenes()) {
        machine.load(scene.before);
        machine.disk.set({});
        REQUIRE(machine.act(scene.arguments));
        auto const changes = machine.disk.changes();
        CHECK(changes >= 2);
        for (std::int64_t cut = 1; cut <= changes; ++cut)
            for (int round = 0; round < rounds; ++round) {
                CAPTURE(scene.what, cut, round);
                CHECK_FALSE(goes_wrong(machine, scene, {.cut_at = cut}));
            }
    }
}

TEST_CASE("what was done before the power went stays done", "[slots][cuts]") {
    Machine machine;
    for (auto const& scene : all_scenes())
        for (int round = 0; round < rounds; ++round) {
            CAPTURE(scene.what, round);
            CHECK_FALSE(goes_wrong(machine, scene, {}));
        }
}

TEST_CASE("control: on a disk that lies about syncs an act is lost or a slot is", "[slots][cuts]") {
    Machine machine;
    int wrong = 0;
    for (auto const& scene : all_scenes())
        for (int round = 0; round < rounds; ++round)
            wrong += goes_wrong(machine, scene, {.lies_about_sync = true}) ? 1 : 0;
    CHECK(wrong > 0);
}

TEST_CASE("a disk that fails at any call leaves the old state or the new one", "[slots][cuts]") {
    Machine machine;
    for (auto const& scene : all_scenes()) {
        machine.load(scene.before);
        machine.disk.set({});
        REQUIRE(machine.act(scene.arguments));
        auto const changes = machine.disk.changes();
        for (auto const goes_on : {false, true})
            for (std::int64_t at = 1; at <= changes; ++at) {
                machine.load(scene.before);
                machine.disk.set({.fails_at = at, .goes_on_failing = goes_on, .error = EIO});
                auto const done = machine.act(scene.arguments);
                auto const seen = look(read_tree(machine.esp.path()));
                CAPTURE(scene.what, at, goes_on);
                CHECK((seen == look(scene.before) || seen == scene.expected));
                CHECK((!done || seen == scene.expected));
            }
    }
}
