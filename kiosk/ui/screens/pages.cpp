#include "kiosk/ui/screens/screens.hpp"

#include "kiosk/ui/texts.hpp"

namespace ui::screens {

void pages(Frame& frame, View const& view, std::vector<ConsentSection> const& sections,
           Action const& leave) {
    auto leaving = leave;
    leaving.leaves = true;
    frame.actions({{leaving}});
    auto const& site = view.site;
    for (auto const& section : sections) {
        auto const paragraphs = [&](Column& column) {
            for (auto const& paragraph : section.paragraphs) {
                frame.say(
                    column,
                    fill(paragraph, {{"controller", site.controller},
                                     {"controller_address", site.controller_address},
                                     {"data_protection_contact", site.data_protection_contact}}),
                    frame.plain(Type::body));
                frame.gap(column, 5.5F);
            }
        };
        frame.new_page();
        if (frame.shows(paragraphs)) frame.title(section.title);
        paragraphs(frame.body());
    }
}

void explain_more(Frame& frame, View const& view) {
    pages(
        frame, view, frame.consent().explanation_more,
        {Action::Look::main, std::string{frame.text("explain.leave_more")}, journey::Event::back});
}

void consent_details(Frame& frame, View const& view) {
    pages(frame, view, frame.consent().details,
          {Action::Look::main, std::string{frame.text("consent.leave_details")},
           journey::Event::back});
}

}  // namespace ui::screens
