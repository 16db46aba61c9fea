// A desk for one test, and the steps that many tests share.
#pragma once

#include "drivers/base/eventually.hpp"
#include "kiosk/desk/desk.hpp"
#include "tests/catch.hpp"

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace system_tests {

using nlohmann::json;

// What a Result of the desk must be; the error is what the test prints.
template <class T>
T must(base::Result<T> result) {
    if (!result) FAIL(base::describe(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

desk::Options options();
// With the dmp-kiosk that DMP_KIOSK_SANITIZED names, where it does: ./tests/run builds one with the
// address and undefined behaviour sanitizers, whose first report ends the kiosk and so the test.
desk::Options sanitized();
std::unique_ptr<desk::Desk> start_desk(desk::Options const& = options());

void insert(desk::Desk& desk, std::string_view profile);
void remove_card(desk::Desk& desk);
void tap(desk::Desk& desk, std::string_view widget);
void type(desk::Desk& desk, std::string_view text);
void wait_for(desk::Desk& desk, std::string_view state);
json screen(desk::Desk& desk);
std::string state_of(desk::Desk& desk);
void press(desk::Desk& desk, std::string_view key);
// The id of the widget with the focus; empty when none is seen: the robot reads what was drawn.
std::string focused(json const& screen);
// Moves on until the focus is where it is wanted, and selects; no screen may hold it fast.
void choose_by_keys(desk::Desk& desk, std::string_view widget, std::string_view move = "Right",
                    std::string_view select = "Select");

// Taps one after the other, each leading to the state beside it.
struct Step {
    std::string_view widget;
    std::string_view state;
};
void walk(desk::Desk& desk, std::initializer_list<Step> steps);

// From the card to the named state of the way without contact; "recorded" is its end.
void walk_to(desk::Desk& desk, std::string_view state, std::string_view profile = "P01");

template <class Condition>
bool eventually(Condition condition) {
    return base::eventually(condition, std::chrono::seconds{10});
}

// What the intake received and opened: a folder for each request, or that of the only one.
std::vector<std::filesystem::path> open_requests(desk::Desk& desk);
std::filesystem::path open_only_request(desk::Desk& desk);

// Whether a file holds these characters.
bool holds(std::filesystem::path const& file, std::string_view text);

std::string content_of(std::filesystem::path const& file);

// Changes a configuration file before its program starts.
void replace_in(std::filesystem::path const& file, std::string const& from, std::string const& to);

}  // namespace system_tests
