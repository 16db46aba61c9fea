// One frame being drawn: places words, cards, buttons and pictures one under the other, notes what
// is shown, and collects what the person did.
#pragma once

#include "kiosk/ui/consent_text.hpp"
#include "kiosk/ui/focus.hpp"
#include "kiosk/ui/geometry.hpp"
#include "kiosk/ui/icons.hpp"
#include "kiosk/ui/painter.hpp"
#include "kiosk/ui/text.hpp"
#include "kiosk/ui/texts.hpp"
#include "kiosk/ui/theme.hpp"
#include "kiosk/ui/view.hpp"
#include "kiosk/ui/widget.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

// What every frame draws with; all of it outlives the frame.
struct Toolbox {
    Theme const& theme;
    Texts const& texts;
    ConsentText const& consent;
    TextRenderer& words;
    Icons& icons;
};

// A space that is filled from the top. Pixels.
struct Column {
    float x = 0;
    float width = 0;
    float y = 0;  // where the next thing goes
    float bottom = 0;

    float left() const { return bottom - y; }
    Rect rest() const { return {x, y, width, bottom - y}; }
};

struct Wording {
    Type type = Type::body;
    Colour colour;
    Align align = Align::left;
    bool marked = false;  // **so** is bold
};

struct Action {
    enum class Look : std::uint8_t {
        main,   // filled: the way on
        other,  // outlined
        link,   // underlined
    };
    Look look;
    std::string label;
    Intent intent;
    bool enabled = true;
};

// Rows from top to bottom; the actions of a row are equally high and share its width: buttons
// equally, links by what they say.
using Actions = std::vector<std::vector<Action>>;

class Frame {
  public:
    // `scope` differs between screens.
    Frame(Toolbox const& tools, Size window, int scope, FocusMark focus = {});

    std::string_view text(std::string_view id) const { return tools_.texts[id]; }
    Texts const& texts() const { return tools_.texts; }
    ConsentText const& consent() const { return tools_.consent; }
    Palette const& palette() const { return tools_.theme.palette(); }
    float px(float millimetres) const { return tools_.theme.px(millimetres); }
    float px(Target target) const { return tools_.theme.px(target); }
    Size window() const { return window_; }
    bool landscape() const { return window_.width > window_.height; }
    // A landscape panel on which a keyboard takes the whole width.
    bool low() const {
        return landscape() && tools_.theme.millimetres(window_.height) < mm::low_panel;
    }

    Wording plain(Type type) const { return {type, palette().ink}; }
    Wording soft(Type type) const { return {type, palette().soft_ink}; }

    // --- Regions. The actions come first, though they are read last: the body is what they leave.
    Column& body() { return body_; }
    Column& begin_body();  // below the header
    void actions(Actions const& rows) {
        reserve_actions(rows);
        draw_actions(rows);
    }
    // In two steps where the number of pages decides which actions there are: all that are
    // possible, then those of this page, which keep their places.
    void reserve_actions(Actions const& rows);
    void draw_actions(Actions const& rows);
    // In landscape the space above the actions, which stand beside the body.
    Column& aside() { return aside_; }

    // --- Filling a column.
    void gap(Column& column, float millimetres) { column.y += px(millimetres); }
    void say(Column& column, std::string_view words, Wording const& wording);
    void title(std::string_view words, Type type = Type::title);
    void lead(std::string_view words, bool marked = false, Type type = Type::lead);
    void card(Column& column, std::function<void(Column&)> const& fill);
    // A card with a drawing beside what `fill` says, on the colour of attention.
    void attention(Column& column, Icon icon, std::function<void(Column&)> const& fill);
    void point(Column& column, Icon icon, std::string_view words, float icon_mm = 10,
               Type type = Type::body);
    void toggle(Column& column, std::string_view heading, std::string_view detail, bool checked,
                Intent const& intent);
    // A card that is one button; the detail may be empty.
    void choice(Column& column, std::string_view heading, std::string_view detail,
                Intent const& intent, std::optional<Icon> icon = std::nullopt);
    void link(Column& column, std::string_view label, Intent const& intent);
    void button(Column& column, std::string_view label, Intent const& intent);
    // In what is left of the column, slightly above its middle, at most so large.
    void picture(Column& column, Icon icon, float most_mm);
    // The caller leaves QrCode::quiet_zone modules free around it: a card's padding is wide enough.
    void qr_code(Rect square, std::string_view url, Align align = Align::centre);
    // Two columns side by side, in proportion; the lower end of the longer one counts.
    void side_by_side(Column& column, float gap_mm, std::function<void(Column&)> const& left,
                      std::function<void(Column&)> const& right, float share = 0.5F);

    // The height that `fill` would take of a column of this width; nothing is drawn or noted.
    float height_of(float width, std::function<void(Column&)> const& fill);

    // --- The pieces these are made of.
    Painter& painter() { return painter_; }
    bool dry() const { return dry_; }
    TextBlock const& block(std::string_view words, Wording const& wording, float width);
    void note(std::string_view words, TextBlock const& block, float x, float y);
    void note_title(std::string_view words) {
        if (!dry_ && !inert_) shown_.title = words;
    }
    void draw_icon(Icon icon, Rect square);
    // Registers the widget; true while it is pressed. Its intent is emitted when it was activated.
    bool act(Widget widget, Intent const& intent);
    void note_widget(Widget widget);  // one that does nothing when touched
    void draw_link(std::string_view label, Rect place, Align align, Intent const& intent,
                   std::string id = {});
    void draw_button(Action const& action, Rect place);

    // What is drawn last stands last in reading order too, after the actions.
    void at_the_end(std::function<void()> const& draw);
    // Around the widget that the keys would use, over everything else.
    void draw_focus();

    // Drawn, but out of reach: under a panel.
    void set_inert(bool inert) { inert_ = inert; }

    Shown take_shown();
    std::vector<Intent> take_intents() { return std::move(intents_); }

  private:
    float height_of(std::vector<Action> const& row, std::vector<float> const& widths);
    std::vector<float> shares(std::vector<Action> const& row);
    Actions in_rows(Actions const& wanted) const;
    void say_across(std::string_view words, Wording const& wording);

    Toolbox tools_;
    Size window_;
    FocusMark focus_;
    std::optional<Rect> focused_;  // where that widget is
    Painter painter_;
    Column body_;
    Column aside_;
    Rect actions_;
    Shown shown_;
    Shown shown_last_;  // the actions: read after the body though placed before it
    bool placing_last_ = false;
    bool inert_ = false;
    bool dry_ = false;
    std::vector<Intent> intents_;
};

// The id under which an intent is found in the list of widgets.
std::string id_of(Intent const& intent);

}  // namespace ui
