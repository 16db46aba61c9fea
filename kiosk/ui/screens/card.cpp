// While the card is read, and when it should be taken.
#include "kiosk/ui/screens/screens.hpp"

#include <cmath>

namespace ui::screens {
namespace {

void wait_with_picture(Frame& frame, std::string_view title, std::string_view lead, Icon icon) {
    frame.title(title);
    frame.lead(lead);
    frame.picture(frame.body(), icon, 96);
}

void band(Frame& frame, Column& column) {
    frame.attention(column, Icon::card_out, [&](Column& words) {
        frame.say(words, frame.text("take_card.title"), frame.plain(Type::heading));
    });
}

float height_of_band(Frame& frame, float width) {
    return frame.height_of(width, [&](Column& column) { band(frame, column); });
}

}  // namespace

void reading(Frame& frame, View const&) {
    wait_with_picture(frame, frame.text("reading.title"), frame.text("reading.lead"), Icon::card);
}

void checking_card(Frame& frame, View const&) {
    wait_with_picture(frame, frame.text("checking_card.title"), frame.text("reading.lead"),
                      Icon::card);
}

void recording(Frame& frame, View const&) {
    wait_with_picture(frame, frame.text("recording.title"), frame.text("recording.lead"),
                      Icon::lock);
}

void confirming(Frame& frame, View const&) {
    wait_with_picture(frame, frame.text("confirming.title"), frame.text("confirming.lead"),
                      Icon::clock);
}

void take_card(Frame& frame, View const&) {
    wait_with_picture(frame, frame.text("take_card.title"), frame.text("take_card.lead"),
                      Icon::card_out);
}

namespace {

// Above the actions where they stand beside the body; there are not always any.
Column& beside_the_actions(Frame& frame) {
    return frame.has_aside() && frame.aside().width > 0 ? frame.aside() : frame.body();
}

}  // namespace

void keep_room_for_your_card(Frame& frame, View const& view) {
    if (!view.card_present) return;
    auto& column = beside_the_actions(frame);
    column.bottom -= height_of_band(frame, column.width) + frame.px(mm::gap);
}

void take_your_card(Frame& frame, View const& view) {
    if (!view.card_present) return;
    auto column = beside_the_actions(frame);
    column.flows = false;
    column.y = column.bottom + frame.px(mm::gap);
    band(frame, column);
}

}  // namespace ui::screens
