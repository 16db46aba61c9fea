#include "kiosk/robot/tasks.hpp"

#include "drivers/base/whole_number.hpp"
#include "kiosk/robot/answers.hpp"
#include "kiosk/robot/values.hpp"
#include "kiosk/ui/keyboard.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace robot {
namespace {

using kiosk::Loop;
using nlohmann::json;
using SteadyClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::chrono::milliseconds longest_wait = 1h;

// One finger, down and up at a place, each seen by a frame; done when the frame after the one that
// acted was shown.
class Touch {
  public:
    explicit Touch(Point at) : at_(at) {}

    bool go_on(Loop& loop) {
        switch (phase_) {
        case Phase::begin:
            loop.window().push_finger(ui::Window::Phase::down, 0, at_.x, at_.y);
            return enter(Phase::down);
        case Phase::down:
            if (frames_ < 1) return false;
            loop.window().push_finger(ui::Window::Phase::up, 0, at_.x, at_.y);
            return enter(Phase::up);
        case Phase::up: return frames_ >= 2;
        }
        return true;
    }

    void frame_shown() { ++frames_; }

  private:
    enum class Phase : std::uint8_t { begin, down, up };

    bool enter(Phase phase) {
        phase_ = phase;
        frames_ = 0;
        return false;
    }

    Point at_;
    Phase phase_ = Phase::begin;
    int frames_ = 0;
};

// Waits out the lock after a change; a frozen clock is moved past it.
class Lock {
  public:
    bool open(Loop& loop) {
        auto& app = loop.app();
        auto const now = app.clock().now();
        if (!app.journey().locked(now)) return true;
        auto const left = app.journey().lock_end() - now;
        if (app.clock().frozen()) {
            app.advance_clock(left);
            return true;
        }
        opens_at_ = SteadyClock::now() + left;
        return false;
    }

    std::optional<SteadyClock::time_point> deadline() const { return opens_at_; }

  private:
    std::optional<SteadyClock::time_point> opens_at_;
};

class Tap : public Task {
  public:
    Tap(std::string id, std::optional<Point> at, bool now)
        : id_(std::move(id)), at_(at), now_(now) {}

    std::optional<json> go_on(Loop& loop) override {
        if (!touch_) {
            if (!now_ && !lock_.open(loop)) return std::nullopt;
            // Looked up after the lock: the frame now shown is the one a finger would meet.
            if (!at_) {
                auto const* widget = loop.shown().find(id_);
                if (widget == nullptr) return refusal("unknown_id", id_ + " is not on this screen");
                if (!widget->enabled) return refusal("disabled", id_ + " cannot be used now");
                at_ = Point{widget->rect.centre_x(), widget->rect.centre_y()};
            }
            if (now_ && loop.app().journey().locked(loop.app().clock().now())) was_locked_ = true;
            touch_.emplace(*at_);
        }
        if (!touch_->go_on(loop)) return std::nullopt;
        if (was_locked_) return refusal("locked", "the screen had just changed");
        return success({{"seq", loop.app().journey().sequence()}});
    }

    void frame_shown() override {
        if (touch_) touch_->frame_shown();
    }
    std::optional<SteadyClock::time_point> deadline() const override { return lock_.deadline(); }

  private:
    std::string id_;
    std::optional<Point> at_;
    bool now_;
    bool was_locked_ = false;
    Lock lock_;
    std::optional<Touch> touch_;
};

// Done when the frame after the one that acted was shown.
class Press : public Task {
  public:
    explicit Press(ui::Key key) : key_(key) {}

    std::optional<json> go_on(Loop& loop) override {
        if (!pressed_) {
            if (!lock_.open(loop)) return std::nullopt;
            loop.window().push_key(key_);
            pressed_ = true;
        }
        if (frames_ < 2) return std::nullopt;
        return success({{"seq", loop.app().journey().sequence()}});
    }

    void frame_shown() override { frames_ += pressed_ ? 1 : 0; }
    std::optional<SteadyClock::time_point> deadline() const override { return lock_.deadline(); }

  private:
    ui::Key key_;
    Lock lock_;
    bool pressed_ = false;
    int frames_ = 0;
};

// Accents, "@" and the like may stand on the other page of keys.
class Type : public Task {
  public:
    explicit Type(std::vector<std::string> characters) : characters_(std::move(characters)) {}

    std::optional<json> go_on(Loop& loop) override {
        for (;;) {
            if (!touch_) {
                if (next_ == characters_.size()) return success();
                if (!lock_.open(loop)) return std::nullopt;
                auto const* key = loop.shown().find(ui::key_id(characters_[next_]));
                turning_ = key == nullptr;
                if (turning_ && !turned_) key = loop.shown().find("symbols");
                if (key == nullptr || !key->enabled)
                    return refusal("unknown_id", "no key for a character of the text");
                turned_ = turning_;
                touch_.emplace(Point{key->rect.centre_x(), key->rect.centre_y()});
            }
            if (!touch_->go_on(loop)) return std::nullopt;
            touch_.reset();
            if (!turning_) ++next_;
        }
    }

    void frame_shown() override {
        if (touch_) touch_->frame_shown();
    }
    std::optional<SteadyClock::time_point> deadline() const override { return lock_.deadline(); }

  private:
    std::vector<std::string> characters_;
    std::size_t next_ = 0;
    bool turning_ = false;  // this touch is for the other page of keys
    bool turned_ = false;
    Lock lock_;
    std::optional<Touch> touch_;
};

class Wait : public Task {
  public:
    Wait(journey::State state, std::uint64_t after, std::chrono::milliseconds timeout)
        : state_(state), after_(after), deadline_(SteadyClock::now() + timeout) {}

    std::optional<json> go_on(Loop& loop) override {
        auto history = json::array();
        std::optional<std::uint64_t> found;
        for (auto const& entry : loop.app().history()) {
            if (entry.sequence <= after_) continue;
            history.push_back({entry.sequence, journey::name(entry.state)});
            if (!found && entry.state == state_) found = entry.sequence;
        }
        // What it led to must also be on the screen when this answers.
        if (found && shown_) return success({{"seq", *found}, {"history", history}});
        if (found && !asked_) {
            loop.redraw();
            asked_ = true;
        }
        if (SteadyClock::now() < deadline_) return std::nullopt;
        auto answer = refusal("timeout", std::string{journey::name(state_)} + " was not entered");
        answer["history"] = history;
        return answer;
    }

    void frame_shown() override { shown_ = asked_; }
    std::optional<SteadyClock::time_point> deadline() const override { return deadline_; }

  private:
    journey::State state_;
    std::uint64_t after_;
    SteadyClock::time_point deadline_;
    bool asked_ = false;
    bool shown_ = false;
};

std::vector<std::string> characters_of(std::string const& text) {
    std::vector<std::string> characters;
    for (char const c : text) {
        bool const continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
        if (continues && !characters.empty())
            characters.back().push_back(c);
        else
            characters.emplace_back(1, c);
    }
    return characters;
}

}  // namespace

Begun begin_tap(json const& line) {
    bool const now = line.value("now", false);
    if (auto const id = line.find("id"); id != line.end() && id->is_string())
        return std::make_unique<Tap>(id->get<std::string>(), std::nullopt, now);
    auto const at = point_of(line);
    if (!at) return refusal("bad_request", "tap needs \"id\" or \"at\":[x,y]");
    return std::make_unique<Tap>(std::string{}, *at, now);
}

Begun begin_key(json const& line) {
    struct Name {
        std::string_view name;
        ui::Key key;
    };
    // Two switches move and select.
    constexpr std::array names{
        Name{"Right", ui::Key::right},      Name{"Left", ui::Key::left},
        Name{"Down", ui::Key::down},        Name{"Up", ui::Key::up},
        Name{"Select", ui::Key::select},    Name{"Back", ui::Key::back},
        Name{"Help", ui::Key::help},        Name{"Switch1", ui::Key::right},
        Name{"Switch2", ui::Key::select},   Name{"VolumeUp", ui::Key::louder},
        Name{"VolumeDown", ui::Key::softer}};
    auto const found = std::ranges::find(names, line.value("name", std::string{}), &Name::name);
    if (found == names.end())
        return refusal("bad_request",
                       "name is Up, Down, Left, Right, Select, Back, Help, VolumeUp, "
                       "VolumeDown, Switch1 or Switch2");
    return std::make_unique<Press>(found->key);
}

Begun begin_type(json const& line) {
    auto const text = line.find("text");
    if (text == line.end() || !text->is_string())
        return refusal("bad_request", "type needs \"text\"");
    return std::make_unique<Type>(characters_of(text->get<std::string>()));
}

Begun begin_wait(json const& line) {
    auto const wanted = line.value("state", std::string{});
    auto const row = std::ranges::find(journey::states, wanted, &journey::StateRow::name);
    if (row == journey::states.end())
        return refusal("unknown_state", "no state is named \"" + wanted + "\"");
    auto const after =
        base::whole_number(line, "after", std::numeric_limits<std::int64_t>::max(), 0);
    auto const timeout = base::whole_number(line, "timeout_ms", longest_wait.count(), 10'000);
    if (!after || !timeout)
        return refusal("bad_request",
                       "after and timeout_ms are whole numbers, the second at most an hour");
    return std::make_unique<Wait>(row->state, static_cast<std::uint64_t>(*after),
                                  std::chrono::milliseconds{*timeout});
}

}  // namespace robot
