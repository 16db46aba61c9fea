#include "tests/system/fixture.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <set>

namespace system_tests {
namespace {

constexpr std::array way_without_contact{
    Step{"next", "consent"}, Step{"accept", "birth_name"}, Step{"name_is_birth_name", "emergency"},
    Step{"next", "contact"}, Step{"next", "review"},       Step{"send", "recorded"}};

}  // namespace

desk::Options options() {
    desk::Options options;
    options.programs = PROGRAM_DIR;
    options.source = SOURCE_DIR;
    // The same cases with another build of dmp-kiosk, such as one with sanitizers.
    if (auto const* other = std::getenv("DMP_KIOSK")) options.kiosk = other;
    return options;
}

desk::Options sanitized() {
    auto sanitized = options();
    if (auto const* kiosk = std::getenv("DMP_KIOSK_SANITIZED")) sanitized.kiosk = kiosk;
    return sanitized;
}

std::unique_ptr<desk::Desk> start_desk(desk::Options const& options) {
    return must(desk::Desk::start(options));
}

void insert(desk::Desk& desk, std::string_view profile) {
    must(desk.card().order(json{{"do", "insert"}, {"profile", profile}}));
}

void remove_card(desk::Desk& desk) { must(desk.card().order(json{{"do", "remove"}})); }

void tap(desk::Desk& desk, std::string_view widget) { must(desk.robot().tap(widget)); }

void type(desk::Desk& desk, std::string_view text) {
    must(desk.robot().order(json{{"do", "type"}, {"text", text}}));
}

void wait_for(desk::Desk& desk, std::string_view state) { must(desk.robot().wait_for(state)); }

json screen(desk::Desk& desk) { return must(desk.robot().order(json{{"do", "screen"}})); }

std::string state_of(desk::Desk& desk) { return screen(desk)["state"]; }

void press(desk::Desk& desk, std::string_view key) {
    must(desk.robot().order(json{{"do", "key"}, {"name", key}}));
}

std::string focused(json const& screen) {
    for (auto const& widget : screen["widgets"])
        if (widget["focused"] == true && widget["role"] != "text_field") return widget["id"];
    return {};
}

void choose_by_keys(desk::Desk& desk, std::string_view widget, std::string_view move,
                    std::string_view select) {
    std::set<std::string> seen;
    for (auto at = focused(screen(desk)); at != widget; at = focused(screen(desk))) {
        INFO("looking for " << widget);
        if (!at.empty()) REQUIRE(seen.insert(at).second);
        press(desk, move);
    }
    press(desk, select);
}

void walk(desk::Desk& desk, std::initializer_list<Step> steps) {
    for (auto const& step : steps) {
        tap(desk, step.widget);
        wait_for(desk, step.state);
    }
}

void walk_to(desk::Desk& desk, std::string_view state, std::string_view profile) {
    insert(desk, profile);
    wait_for(desk, "explain");
    if (state == "explain") return;
    for (auto const& step : way_without_contact) {
        walk(desk, {step});
        if (step.state == state) return;
    }
    FAIL("not on the way: " << state);
}

std::string content_of(std::filesystem::path const& file) {
    std::ifstream content{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{content}, {}};
}

void replace_in(std::filesystem::path const& file, std::string const& from, std::string const& to) {
    auto text = content_of(file);
    auto const at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    std::ofstream{file} << text;
}

bool holds(std::filesystem::path const& file, std::string_view text) {
    return content_of(file).find(text) != std::string::npos;
}

std::vector<std::filesystem::path> open_requests(desk::Desk& desk) {
    must(desk.wait_until_sent(std::chrono::seconds{20}));
    auto const received = desk.file("received");
    must(desk.open_received(received));
    std::vector<std::filesystem::path> requests;
    for (auto const& entry : std::filesystem::directory_iterator{received})
        if (entry.is_directory()) requests.push_back(entry.path());
    return requests;
}

std::filesystem::path open_only_request(desk::Desk& desk) {
    auto const requests = open_requests(desk);
    REQUIRE(requests.size() == 1);
    return requests.front();
}

}  // namespace system_tests
