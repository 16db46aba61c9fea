// A commissioned machine for one test, with the intake it sends to, the virtual cards for its
// reader and its twin on the host; and the steps that many tests share.
#pragma once

#include "tests/catch.hpp"
#include "tests/image/machine/machine.hpp"
#include "tests/image/machine/site.hpp"
#include "tests/image/machine/twin.hpp"

#include <initializer_list>
#include <memory>
#include <string_view>

namespace image_tests {

using nlohmann::json;
using namespace std::chrono_literals;

// What a Result must be; the error is what the test prints.
template <class T>
T must(base::Result<T> result) {
    if (!result) FAIL(base::describe(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

machine::Site::Places places();
// The test image as image/build left it, and the QEMU of tests/image/fetch-qemu.
machine::Options options();

// What the booted machine says when its units run; the kiosk may not have drawn yet.
inline constexpr std::string_view booted = "Reached target";
// From power on to the attract screen on an idle host.
inline constexpr auto boot_limit = 60s;

class Bench {
  public:
    // Off.
    explicit Bench(machine::Screen const& screen = {}, machine::Options const& more = options());

    // On, and waits for attract.
    void boot();
    // Starts the twin, in attract; and a simulator for the machine's reader.
    void start_twin();

    // Into both readers; out of both.
    void insert(std::string_view profile);
    void remove_card();
    // Waits until the twin is in the state and the machine shows the same.
    void see(std::string_view state, std::chrono::milliseconds limit = 20s);
    // Touches the button on both.
    void tap(std::string_view widget);
    struct Step {
        std::string_view widget;
        std::string_view state;
    };
    void walk(std::initializer_list<Step> steps);

    machine::Machine& machine() { return *machine_; }
    machine::Site& site() { return *site_; }
    machine::Twin& twin() { return *twin_; }
    json order_card(json const& order);

  private:
    std::unique_ptr<machine::Site> site_;
    std::unique_ptr<machine::Machine> machine_;
    std::unique_ptr<machine::Twin> twin_;
    std::optional<base::Process> simulator_;
    std::optional<desk::RobotClient> card_;
};

}  // namespace image_tests
