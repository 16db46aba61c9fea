// Attract, learn and starting: nobody's card is in.
#include "kiosk/ui/screens/screens.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

// The card goes into the slot in a dozen frames, stays, and is back: 13 frames in 16 s are 49 a
// minute, one below what the display may cost.
constexpr unsigned slide_frames = 12;
constexpr unsigned loop_frames = slide_frames + 1;
constexpr std::chrono::milliseconds slide_step{50};
constexpr std::chrono::milliseconds in_the_slot{3000};
constexpr std::chrono::milliseconds above_the_slot{16000 - 3000 - 50 * (slide_frames - 1)};

// How far the card is in, from 0 to 1, softly begun and ended.
float progress(unsigned motion) {
    auto const part = static_cast<float>(motion % loop_frames) / static_cast<float>(slide_frames);
    return part * part * (3 - 2 * part);
}

constexpr float least_invitation_mm = 105;

// The slot is seen from the front: what of the card is below its edge is hidden.
void draw_slot(Frame& frame, Rect panel, unsigned motion) {
    auto const slot_height = frame.px(6);
    auto const way_down = frame.px(15);  // from the card at rest to the slot
    auto const side = std::min(frame.px(88), panel.height - slot_height - way_down);
    auto const slot_width = std::round(side * 0.8F);
    Rect const slot{std::round(panel.centre_x() - slot_width / 2), panel.bottom() - slot_height,
                    slot_width, slot_height};
    auto const edge = std::round(slot.centre_y());
    // The drawing leaves 7 % free below the card.
    auto const rest = slot.y - way_down - side * 0.93F;
    auto const way = way_down + side * 0.62F;
    auto const arrow = frame.px(11);
    frame.painter().fill(slot, frame.palette().ink, slot_height / 2);
    if (motion % loop_frames == 0)
        frame.draw_icon(Icon::arrow_down,
                        {panel.centre_x() - arrow / 2, slot.y - frame.px(13), arrow, arrow});
    frame.painter().clipped({panel.x, panel.y, panel.width, edge - panel.y}, [&] {
        frame.draw_icon(Icon::card,
                        {panel.centre_x() - side / 2, rest + way * progress(motion), side, side});
    });
    // The front lip of the slot, over the card.
    frame.painter().clipped({slot.x, edge, slot.width, slot.height}, [&] {
        frame.painter().fill(slot, frame.palette().ink, slot_height / 2);
    });
}

void draw_invitation(Frame& frame, View const& view, Column& column) {
    Rect panel = column.rest();
    panel.height = std::max(panel.height, frame.px(least_invitation_mm));
    column.y = panel.bottom();
    frame.painter().fill(panel, frame.palette().main_tint, frame.px(8));
    auto const words = frame.text("attract.insert");
    Wording const wording{Type::heading, frame.palette().ink, Align::centre};
    auto const& what = frame.block(words, wording, panel.width - frame.px(16));
    auto const y = panel.bottom() - frame.px(9) - what.height;
    frame.painter().words(what, panel.x + frame.px(8), y);
    frame.note(words, what, panel.x + frame.px(8), y);
    Rect const picture{panel.x, panel.y + frame.px(6), panel.width,
                       y - frame.px(7) - panel.y - frame.px(6)};
    draw_slot(frame, picture, view.motion);
}

}  // namespace

std::optional<std::chrono::milliseconds> next_frame_in(View const& view) {
    if (view.state != journey::State::attract || view.help) return std::nullopt;
    auto const frame = view.motion % loop_frames;
    if (frame == 0) return above_the_slot;
    if (frame == slide_frames) return in_the_slot;
    return slide_step;
}

namespace screens {

void starting(Frame& frame, View const&) {
    frame.title(frame.text("starting.title"));
    frame.lead(frame.text("starting.lead"));
}

void attract(Frame& frame, View const& view) {
    Action const learn{Action::Look::other, std::string{frame.text("attract.learn")},
                       journey::Event::learn};
    Action const withdraw{Action::Look::link, std::string{frame.text("attract.withdraw")},
                          journey::Event::withdraw};
    auto& body = frame.body();
    frame.keep_whole();
    frame.note_title(frame.text("attract.title"));
    auto const words = [&](Column& column, Type title = Type::hero) {
        frame.say(column, frame.text("attract.title"), frame.plain(title));
        frame.gap(column, 7);
        frame.say(column, frame.text("attract.lead"), frame.plain(Type::lead));
    };
    if (frame.landscape()) {
        frame.side_by_side(
            body, mm::margin,
            [&](Column& left) {
                auto const ways = frame.px(mm::other_action) + frame.px(mm::least_gap) +
                                  frame.px(mm::link_action);
                bool const low = frame.height_of(left.width, [&](Column& column) {
                    words(column);
                }) > left.left() - ways - frame.px(mm::gap);
                words(left, low ? Type::title : Type::hero);
                left.y = std::max(left.y + frame.px(mm::gap), left.bottom - ways);
                frame.button(left, learn.label, learn.intent);
                left.y += frame.px(mm::least_gap);
                frame.link(left, withdraw.label, withdraw.intent);
            },
            [&](Column& right) { draw_invitation(frame, view, right); });
        return;
    }
    frame.actions({{learn}, {withdraw}});
    words(body);
    frame.gap(body, 9);
    frame.piece(body, [&](Column& column) { draw_invitation(frame, view, column); });
}

void learn(Frame& frame, View const& view) {
    std::vector<ConsentSection> sections;
    sections.push_back({frame.consent().explanation_title, frame.consent().of(false).explanation});
    sections.insert(sections.end(), frame.consent().explanation_more.begin(),
                    frame.consent().explanation_more.end());
    sections.push_back(
        {std::string{frame.text("learn.start")},
         {std::string{frame.text("learn.card")}, std::string{frame.text("learn.time")}}});
    pages(frame, view, sections,
          {Action::Look::main, std::string{frame.text("action.done")}, journey::Event::done});
}

}  // namespace screens
}  // namespace ui
