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
    bool flows = false;  // what does not fit goes on on the next page

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
    bool leaves = false;  // offered on every page, as a link where it is not the way on
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
    float real_px(double millimetres) const { return tools_.theme.real_px(millimetres); }
    Size window() const { return window_; }
    bool landscape() const { return window_.width > window_.height; }
    // Something may stand above the actions, which are beside the body. Larger text has no room
    // there.
    bool has_aside() const { return landscape() && size_ == journey::TextSize::usual; }
    // A landscape panel on which a keyboard takes the whole width.
    bool flat() const {
        return landscape() && tools_.theme.millimetres(window_.height) < mm::flat_panel;
    }
    // Nothing above this is to be touched; 0 when all of the window may be.
    void set_reach(float line) { reach_ = line; }
    float top_margin() const { return px(landscape() ? mm::flat_header_top : mm::header_top); }
    float header_top() const;  // of what can be touched in it
    float comfort_strip_top() const;
    journey::TextSize text_size() const { return size_; }
    // For what surrounds the screens, which does not grow.
    void set_text_size(journey::TextSize size) { size_ = size; }

    Wording plain(Type type) const { return {type, palette().ink}; }
    Wording soft(Type type) const { return {type, palette().soft_ink}; }

    // --- Regions. The actions come first, though they are read last: the body is what they leave.
    Column& body() { return body_; }
    void actions(Actions const& rows);
    // The space above the actions, where it has_aside().
    Column& aside() { return aside_; }

    // --- Pages. What a screen puts into its body one under the other are its pieces: where they
    // do not all fit, each page shows the title, as many as fit and the way to the next page; what
    // decides stands on the last one.
    // Draws the screen; `page` counts from 0, beyond the last one it is the last. With a
    // place (Shown::before_page) it is the page that holds it.
    void lay_out(std::size_t page, std::optional<std::size_t> place,
                 std::function<void()> const& screen);
    // Something of the body that stays on one page. `touched`: it or part of it can be. It counts
    // for so many pieces when a place is found again in larger text.
    void piece(Column& column, std::function<void(Column&)> const& draw, bool touched = false,
               std::size_t sentences = 1);
    void new_page() { breaks_.push_back(next_piece_); }
    // Whether any of what `fill` would put into the body next is on this page.
    bool shows(std::function<void(Column&)> const& fill);
    // What follows began on a page before.
    bool continued() const { return page_.begin > next_piece_; }
    // A screen that cannot be parted: its text is as large as lets all of it fit.
    void keep_whole() { whole_ = true; }

    // --- Filling a column.
    void gap(Column& column, float millimetres);
    void say(Column& column, std::string_view words, Wording const& wording);
    // What is copied by hand stays in one line, in smaller letters where the column is narrow.
    void say_whole(Column& column, std::string_view words, Wording const& wording);
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
    // What is written from left to right in every language.
    void unmirrored(std::function<void()> const& draw);
    TextBlock const& block(std::string_view words, Wording const& wording, float width);
    void note(std::string_view words, TextBlock const& block, float x, float y);
    void note_title(std::string_view words) {
        if (!dry_ && !inert_) shown_.title = words;
    }
    // A text that changes with the time is said with the screen, not each time it changes.
    void note_passing(std::string_view words) {
        if (!dry_ && !inert_) shown_.passing = words;
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
    struct Range {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    void begin_body();  // below the header
    void shrink_to_page(Column const& column, std::function<void(Column&)> const& draw);
    bool fits(std::function<void()> const& screen, Range pieces);
    std::vector<std::size_t> cut(std::function<void()> const& screen);
    void measure(std::function<void()> const& draw);
    bool on_page(std::size_t piece) const { return piece >= page_.begin && piece < page_.end; }
    bool last_page() const { return page_.end >= pieces_; }
    Actions of_this_page(Actions const& rows) const;
    float height_of(std::vector<Action> const& row, std::vector<float> const& widths);
    std::vector<float> shares(std::vector<Action> const& row, float room);
    Actions in_rows(Actions const& wanted, float room);
    float height_of(Actions const& rows, float room);
    std::vector<std::string_view> parts_of(std::string_view words, Wording const& wording) const;
    std::size_t sentences_in_each(std::vector<std::string_view> const& parts) const;
    void say_across(Column& column, std::string_view words, Wording const& wording);
    void say_piece(Column& column, std::string_view words, Wording const& wording,
                   std::size_t sentences);
    void note_surface(Rect const& place);
    float card_height(Column const& column, std::function<void(Column&)> const& fill);

    Toolbox tools_;
    Size window_;
    FocusMark focus_;
    float reach_ = 0;
    journey::TextSize size_ = journey::TextSize::usual;
    std::optional<Rect> focused_;  // where that widget is
    Painter painter_;
    Column body_;
    Column aside_;
    Column counter_;      // where the pages are counted
    float body_end_ = 0;  // below the last piece
    Range page_;
    bool paged_ = false;  // not all of it fits as it is: cut, perhaps into one page
    bool whole_ = false;
    std::size_t next_piece_ = 0;
    std::size_t pieces_ = 0;
    std::size_t sentences_ = 0;        // before the next piece
    std::vector<std::size_t> before_;  // each piece
    bool touched_ = false;             // some piece since this was last put to false
    std::vector<std::size_t> breaks_;
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
