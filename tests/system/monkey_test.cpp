// Ten fingers, twenty taps a second, ten minutes of the journey's time: whatever is touched in
// whatever order on the real program.
#include "tests/system/player.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <random>
#include <regex>
#include <sstream>

using namespace system_tests;
using namespace std::literals;

namespace {

struct CardAndName {
    std::string profile;
    std::string family_name;
};
std::array const cards{CardAndName{"P01", "EXEMPLE"}, CardAndName{"P18", "STRICT"},
                       CardAndName{"P05", "MODELE-FICTIF"}};

class Monkey {
  public:
    explicit Monkey(desk::Desk& desk, unsigned seed) : desk_(desk), random_(seed) {
        auto const hello = must(desk.robot().order(json{{"do", "hello"}}));
        width_ = hello["width"];
        height_ = hello["height"];
        order({{"do", "clock"}, {"freeze", true}});
    }

    void play(std::chrono::milliseconds journey_time) {
        while (passed_ < journey_time) {
            touch();
            advance(50ms);
            if (upto(60) == 0) advance(std::chrono::seconds{upto(120)});
            if (upto(hand_wanted_ ? 8 : 80) == 0) change_card();
            if (upto(10) == 0) look();
        }
    }

    int looks() const { return looks_; }

  private:
    int upto(int end) { return std::uniform_int_distribution{0, end - 1}(random_); }

    void order(json const& line) {
        // A touch may be refused (locked); only a broken connection is a fault.
        auto const answer = desk_.robot().order(line);
        if (!answer) REQUIRE(answer.error().code != base::Errc::connection_lost);
    }

    json somewhere() { return json::array({upto(width_), upto(height_)}); }

    void touch() {
        // Most touches hit something: a monkey that knows buttons, and likes the large ones
        // that lead on.
        if (upto(3) > 0) {
            auto const shown = screen(desk_);
            // Nothing but a hand leads on: to put a card in or to take it out.
            hand_wanted_ = !in_ || shown["state"] == "take_card";
            auto const& widgets = shown["widgets"];
            if (!widgets.empty()) {
                auto const chosen = upto(8) == 0 ? any(widgets) : leading_on(widgets);
                return order({{"do", "tap"}, {"id", chosen["id"]}, {"now", upto(2) == 0}});
            }
        }
        if (upto(2) == 0) return order({{"do", "tap"}, {"at", somewhere()}, {"now", true}});
        ten_fingers();
    }

    json any(json const& widgets) {
        return widgets[static_cast<std::size_t>(upto(static_cast<int>(widgets.size())))];
    }

    json leading_on(json const& widgets) {
        auto const main =
            std::ranges::find_if(widgets, [](json const& widget) { return widget["main"] == true; });
        return main == widgets.end() ? any(widgets) : *main;
    }

    // A whole hand and more: down, across, up, in whatever order. Some rest on the panel for good,
    // as a palm does and as a finger whose lift was lost.
    void ten_fingers() {
        std::array<int, 10> fingers{};
        std::iota(fingers.begin(), fingers.end(), 1);
        for (auto const* const phase : {"down", "move", "up"}) {
            std::ranges::shuffle(fingers, random_);
            for (int const finger : fingers) {
                if (phase == "up"sv && upto(5) == 0) continue;
                order(
                    {{"do", "finger"}, {"phase", phase}, {"finger", finger}, {"at", somewhere()}});
            }
        }
    }

    void advance(std::chrono::milliseconds by) {
        passed_ += by;
        order({{"do", "clock"}, {"advance_ms", by.count()}});
    }

    void change_card() {
        auto const& card = cards[static_cast<std::size_t>(upto(cards.size()))];
        if (!in_)
            static_cast<void>(desk_.card().order({{"do", "insert"}, {"profile", card.profile}}));
        else if (upto(2) == 0)
            static_cast<void>(desk_.card().order({{"do", "swap"}, {"profile", card.profile}}));
        else
            static_cast<void>(desk_.card().order({{"do", "remove"}}));
        in_ = must(desk_.card().order({{"do", "state"}}))["inserted"];
        // A hand takes a moment, and the reader another: the real time of a card.
        auto const before = screen(desk_)["seq"].get<std::uint64_t>();
        static_cast<void>(base::eventually(
            [&] { return screen(desk_)["seq"].get<std::uint64_t>() != before; }, 1500ms));
    }

    // Never two persons on one screen, and nobody on a screen that belongs to nobody.
    void look() {
        ++looks_;
        auto const shown = screen(desk_);
        auto const text = shown["texts"].dump();
        int named = 0;
        for (auto const& card : cards)
            named += text.find(card.family_name) != std::string::npos ? 1 : 0;
        INFO(shown["state"] << ": " << text);
        CHECK(named <= 1);
        auto const state = shown["state"].get<std::string>();
        for (auto const* const nobody :
             {"attract", "learn", "recorded", "refused", "thinking", "card_taken", "timed_out"})
            if (state == nobody) CHECK(named == 0);
    }

    desk::Desk& desk_;
    std::mt19937 random_;
    int width_ = 0;
    int height_ = 0;
    bool in_ = false;
    bool hand_wanted_ = true;
    int looks_ = 0;
    std::chrono::milliseconds passed_{0};
};

struct Count {
    int transitions = 0;
    int sent = 0;
};

// The log holds every transition: each sending stands after a consent and a second reading of the
// card of the same session.
Count check_log(std::string const& log) {
    static std::regex const transition{"journey: ([a-z_]+) --([a-z_]+)--> ([a-z_]+)"};
    Count count;
    bool consented = false;
    bool read_again = false;
    std::istringstream lines{log};
    for (std::string line; std::getline(lines, line);) {
        std::smatch found;
        if (!std::regex_search(line, found, transition)) continue;
        ++count.transitions;
        auto const from = found[1].str();
        auto const to = found[3].str();
        if (to == "reading") consented = read_again = false;
        if (from == "consent" && to == "birth_name") consented = true;
        if (to == "review") read_again = from == "checking_card" || read_again;
        if (to != "recording") continue;
        ++count.sent;
        INFO(line);
        CHECK(consented);
        CHECK(read_again);
    }
    return count;
}

}  // namespace

TEST_CASE("ten minutes of random touches skip no consent, mix no persons and leave it running") {
    auto desk = start_desk();
    Monkey monkey{*desk, 20261122};
    monkey.play(10min);
    CHECK(desk->kiosk().running());
    CHECK(monkey.looks() > 20);
    must(desk->robot().order(json{{"do", "clock"}, {"freeze", false}}));
    leave(*desk);
    // And the next person is served; what the log then says of a request shows that it would tell.
    CHECK(play(*desk, "P01").state == "recorded");
    auto const count = check_log(content_of(desk->file("kiosk.log")));
    UNSCOPED_INFO(count.transitions << " transitions, " << count.sent << " sent");
    CHECK(count.transitions > 50);
    CHECK(count.sent > 0);
}
