// Somebody has changed their mind, and brings the reference of their request.
#include "kiosk/ui/screens/screens.hpp"
#include "kiosk/ui/written.hpp"

namespace ui::screens {
namespace {

// All of it stays in sight: it is compared with a paper or a photograph. Where larger text has no
// room beside the actions, it is as large as fits.
void draw_reference(Frame& frame, Column& column, std::string_view label,
                    std::string const& reference) {
    auto const wished = frame.text_size();
    auto const type = frame.landscape() ? Type::heading : Type::figures;
    auto const room = column.width - frame.px(14);
    auto const fits = [&] {
        return frame.block(reference, {type, frame.palette().ink}, 2 * column.width).widest_line <=
               room;
    };
    while (!reference.empty() && !fits() && frame.text_size() != journey::TextSize::usual)
        frame.set_text_size(journey::size_before(frame.text_size()));
    frame.unmirrored([&] { draw_field(frame, column, label, reference, type); });
    frame.set_text_size(wished);
}

}  // namespace

void reference_entry(Frame& frame, View const& view) {
    auto const title = std::string{frame.text("reference_entry.title")};
    bool const unknown = view.session.reference_unknown;
    auto const gap = frame.landscape() ? 1.0F : mm::gap;
    entry(frame, view,
          {title, std::string{frame.text("reference_entry.withdraw")},
           std::string{frame.text("reference_entry.hint")}, Keyboard::reference,
           [&](Column& column) {
               draw_reference(frame, column, title, reference_in_groups(view.session.typed.view()));
           },
           [&](Column& column) {
               auto const said =
                   frame.text(unknown ? "reference_entry.unknown" : "reference_entry.lead");
               frame.say(column, said,
                         {Type::strong, unknown ? frame.palette().stop : frame.palette().ink});
               frame.gap(column, gap);
           }});
}

void withdrawing(Frame& frame, View const&) {
    frame.title(frame.text("withdrawing.title"));
    frame.lead(frame.text("recording.lead"));
    frame.picture(frame.body(), Icon::lock, 96);
}

}  // namespace ui::screens
