// dmp-boot-slots itself, cut after each of its system calls.
#include "drivers/base/process.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"
#include "tests/kiosk/slots/cutter.hpp"
#include "tests/kiosk/slots/esp.hpp"

#include <set>

using namespace slots_tests;
using namespace std::chrono_literals;

namespace {

struct Machine {
    pki::TemporaryFolder esp;
    pki::TemporaryFolder bundle;

    Machine() {
        bundle.write("kernel.efi", new_kernel);
        bundle.write("release", release_of(new_kernel));
    }

    std::vector<std::string> command(std::vector<std::string> const& arguments) const {
        std::vector<std::string> all{BOOT_SLOTS, "--esp", esp.path()};
        for (auto argument : arguments) {
            if (argument.starts_with("BUNDLE")) argument.replace(0, 6, bundle.path());
            all.push_back(argument);
        }
        return all;
    }
    int run(std::vector<std::string> const& arguments) const {
        return base::Process::start({.arguments = command(arguments)}).value().wait(10s).value();
    }
};

// What is found after any of the calls that is neither the state before nor the one after.
std::set<std::string> wrong_moments(std::set<Tree> const& moments, Seen const& before,
                                    Seen const& after) {
    std::set<std::string> wrong;
    for (auto const& tree : moments) {
        auto const seen = look(tree);
        if (seen != before && seen != after) wrong.insert(describe(seen));
        if (!kernels_are_whole(tree)) wrong.insert("half a kernel can be booted");
    }
    return wrong;
}

}  // namespace

TEST_CASE("after each system call a whole entry boots and the state is the old or the new",
          "[slots][cuts]") {
    Machine const machine;
    for (auto const& scene : scenes()) {
        CAPTURE(scene.what);
        write_tree(machine.esp.path(), scene.before);
        std::set<Tree> moments;
        auto const cuts = cut_after_each_call(machine.command(scene.arguments), [&] {
            moments.insert(read_tree(machine.esp.path()));
        });
        CHECK(cuts.exit_code == 0);
        CHECK(cuts.calls > 50);
        CHECK(moments.size() > 1);
        CHECK(look(read_tree(machine.esp.path())) == scene.expected);
        CHECK(wrong_moments(moments, look(scene.before), scene.expected) ==
              std::set<std::string>{});
    }
}

TEST_CASE("an act that was cut anywhere is done by doing it again", "[slots][cuts]") {
    Machine const machine;
    for (auto const& scene : scenes()) {
        CAPTURE(scene.what);
        write_tree(machine.esp.path(), scene.before);
        std::set<Tree> moments;
        cut_after_each_call(machine.command(scene.arguments),
                            [&] { moments.insert(read_tree(machine.esp.path())); });
        for (auto const& tree : moments) {
            write_tree(machine.esp.path(), tree);
            CHECK(machine.run(scene.arguments) == 0);
            auto const after = read_tree(machine.esp.path());
            CHECK(look(after) == scene.expected);
            for (auto const& [name, content] : after)
                CHECK_FALSE(name.ends_with(".new"));
        }
    }
}

TEST_CASE("control: an entry written in its place is found to be missing meanwhile",
          "[slots][cuts]") {
    pki::TemporaryFolder const esp;
    auto const before = esp_with({{"kiosk-a.conf", "499998"}});
    write_tree(esp.path(), before);
    std::set<Tree> moments;
    auto const script = "printf 'title x\\n%s\\n' 'efi /EFI/dmp/a.efi' > " +
                        (esp / "loader/entries/kiosk-a.conf").native();
    cut_after_each_call({"/bin/sh", "-c", script},
                        [&] { moments.insert(read_tree(esp.path())); });
    auto const after = look(read_tree(esp.path()));
    CHECK(after == look(before));
    CHECK(wrong_moments(moments, look(before), after) ==
          std::set<std::string>{"nothing boots, a is bad, b is bad"});
}
