#include "kiosk/ui/focus.hpp"

#include "tests/catch.hpp"

using ui::Focus;
using ui::Key;
using ui::Role;

namespace {

ui::Widget widget(std::string id, float x, float y) {
    return {std::move(id), "", Role::button, false, {x, y, 100, 50}};
}

// Two columns and a way on below; one of the buttons cannot be used.
ui::Shown screen() {
    ui::Shown shown;
    shown.widgets = {widget("help", 200, 0),       widget("person_0", 0, 100),
                     widget("person_1", 200, 100), widget("person_2", 0, 200),
                     widget("next", 100, 300),     widget("contrast", 0, 400)};
    auto field = widget("typed", 0, 60);
    field.role = Role::text_field;
    shown.widgets.push_back(field);
    auto disabled = widget("send", 200, 200);
    disabled.enabled = false;
    shown.widgets.push_back(disabled);
    return shown;
}

std::string id_after(Focus& focus, Key key) {
    focus.press(key);
    return focus.take_mark().id;
}

}  // namespace

TEST_CASE("until a key is pressed nothing is focused, and the first key only shows where", "[ui]") {
    Focus focus;
    focus.follow(screen(), 1);
    CHECK(focus.take_mark().id.empty());
    for (auto const key : {Key::right, Key::select}) {
        Focus fresh;
        fresh.follow(screen(), 1);
        fresh.press(key);
        auto const mark = fresh.take_mark();
        CHECK(mark.id == "person_0");
        CHECK_FALSE(mark.activated);
    }
}

TEST_CASE("the focus goes round all that can be used, in reading order and back", "[ui]") {
    Focus focus;
    focus.follow(screen(), 1);
    focus.press(Key::right);
    std::vector<std::string> round;
    for (int i = 0; i < 6; ++i)
        round.push_back(id_after(focus, Key::right));
    CHECK(round ==
          std::vector<std::string>{"person_1", "person_2", "next", "contrast", "help", "person_0"});
    CHECK(id_after(focus, Key::left) == "help");
    CHECK(id_after(focus, Key::left) == "contrast");
}

TEST_CASE("up and down go by lines, to what is nearest sideways", "[ui]") {
    Focus focus;
    focus.follow(screen(), 1);
    focus.press(Key::right);
    CHECK(id_after(focus, Key::right) == "person_1");
    CHECK(id_after(focus, Key::down) == "person_2");
    CHECK(id_after(focus, Key::down) == "next");
    CHECK(id_after(focus, Key::down) == "contrast");
    CHECK(id_after(focus, Key::down) == "help");
    CHECK(id_after(focus, Key::up) == "contrast");
    CHECK(id_after(focus, Key::up) == "next");
}

TEST_CASE("select acts once, where the focus is", "[ui]") {
    Focus focus;
    focus.follow(screen(), 1);
    focus.press(Key::right);
    focus.press(Key::right);
    focus.press(Key::select);
    auto const mark = focus.take_mark();
    CHECK(mark.id == "person_1");
    CHECK(mark.activated);
    CHECK_FALSE(focus.take_mark().activated);
}

TEST_CASE("another screen begins at its own first widget, the same one keeps its place", "[ui]") {
    Focus focus;
    focus.follow(screen(), 1);
    focus.press(Key::right);
    focus.press(Key::right);
    focus.follow(screen(), 1);
    CHECK(focus.take_mark().id == "person_1");
    focus.follow(screen(), 2);
    CHECK(focus.take_mark().id == "person_0");
    // What was focused is gone, as when a page was turned.
    focus.press(Key::right);
    auto fewer = screen();
    fewer.widgets.erase(fewer.widgets.begin() + 2);
    focus.follow(fewer, 2);
    CHECK(focus.take_mark().id == "person_0");
}

TEST_CASE("asked whether to begin again, the focus is on the harmless answer", "[ui]") {
    Focus focus;
    ui::Shown shown;
    shown.widgets = {widget("start_again", 0, 0), widget("keep_going", 0, 100)};
    focus.follow(shown, 1);
    focus.press(Key::select);
    CHECK(focus.take_mark().id == "keep_going");
}

TEST_CASE("back closes what is open, else goes back where the screen offers it", "[ui]") {
    Focus focus;
    auto shown = screen();
    focus.follow(shown, 1);
    focus.press(Key::back);
    CHECK_FALSE(focus.take_mark().activated);
    shown.widgets.push_back(widget("back", 0, 350));
    focus.follow(shown, 1);
    focus.press(Key::back);
    auto mark = focus.take_mark();
    CHECK(mark.id == "back");
    CHECK(mark.activated);
    ui::Shown panel;
    panel.widgets = {widget("close_help", 0, 300)};
    focus.follow(panel, 1);
    focus.press(Key::help);
    mark = focus.take_mark();
    CHECK(mark.id == "close_help");
    CHECK(mark.activated);
}

TEST_CASE("a finger hides the focus, and a screen without widgets has none", "[ui]") {
    Focus focus;
    focus.follow(screen(), 1);
    focus.press(Key::right);
    focus.hide();
    CHECK(focus.take_mark().id.empty());
    focus.follow({}, 2);
    focus.press(Key::select);
    CHECK_FALSE(focus.take_mark().activated);
}
