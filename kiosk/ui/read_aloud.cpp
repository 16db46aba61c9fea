#include "kiosk/ui/read_aloud.hpp"

#include "kiosk/ui/confidential.hpp"
#include "kiosk/ui/focus.hpp"
#include "kiosk/ui/written.hpp"

#include <algorithm>
#include <set>

namespace ui {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string described(Widget const& widget, Texts const& texts) {
    auto const* id = "speech.button";
    if (widget.role == Role::link) id = "speech.link";
    if (widget.role == Role::key) id = "speech.key";
    if (widget.role == Role::toggle) id = *widget.checked ? "speech.on" : "speech.off";
    if (!widget.enabled) id = "speech.disabled";
    return fill(texts[id], {{"label", widget.label}});
}

// What the frame before showed; it may name the person.
class Before {
  public:
    explicit Before(std::vector<std::string> texts) : texts_(std::move(texts)) {}
    ~Before() {
        for (auto& text : texts_)
            journey::cleanse(text.data(), text.size());
    }
    Before(Before const&) = delete;
    Before& operator=(Before const&) = delete;

    bool holds(std::string const& text) const {
        return std::ranges::find(texts_, text) != texts_.end();
    }

  private:
    std::vector<std::string> texts_;
};

Phrase phrase_of(std::string_view text, Confidential const& confidential, Texts const& texts) {
    return {spoken_form(text, texts), confidential.holds(text), texts.recording(text)};
}

}  // namespace

std::string spoken_form(std::string_view text, Texts const& texts) {
    std::string result{text};
    auto const say = [&](std::string_view written, std::string_view said) {
        for (auto at = result.find(written); at != std::string::npos;
             at = result.find(written, at + said.size()))
            result.replace(at, written.size(), said);
    };
    for (auto const& [written, said] : texts.spoken())
        say(written, said);
    say("•", "");
    say("\u200E", "");  // a mark of direction
    // Groups of a number: a voice would read them as one.
    for (auto at = result.find("\u00A0"); at != std::string::npos;
         at = result.find("\u00A0", at + 2)) {
        bool const digits = at > 0 && is_digit(result[at - 1]) && at + 2 < result.size() &&
                            is_digit(result[at + 2]);
        if (digits) result.replace(at, 2, ", ");
    }
    return result;
}

Phrases ReadAloud::whole(Shown const& shown, View const& view, Texts const& texts) const {
    Confidential const confidential{view.session, view.state, texts};
    std::set<std::string_view> labels;
    // A field's label is the question above it.
    for (auto const& widget : shown.widgets)
        if (widget.role != Role::text_field) labels.insert(widget.label);
    Phrases phrases;
    // What surrounds every screen is named when the focus comes to it.
    for (auto const& text : shown.texts)
        if (!labels.contains(text)) phrases.push_back(phrase_of(text, confidential, texts));
    for (auto const& widget : shown.widgets)
        if (!surrounds_every_screen(widget.id) && widget.role != Role::key &&
            widget.role != Role::text_field)
            phrases.push_back(phrase_of(described(widget, texts), confidential, texts));
    return phrases;
}

// Help begins with where it was asked for.
Phrases ReadAloud::where(View const& view, Texts const& texts) const {
    if (!view.help || !place_) return {};
    Phrases phrases;
    if (auto const step = journey::row(view.state).step; step > 0)
        phrases.push_back({step_of(step, texts)});
    phrases.push_back({spoken_form(fill(texts["speech.where"], {{"title", place_->title}}), texts),
                       Confidential{view.session, view.state, texts}.holds(place_->title)});
    return phrases;
}

std::optional<Phrases> ReadAloud::follow(Shown const& shown, View const& view,
                                         std::uint64_t instance, std::string_view focused,
                                         Texts const& texts) {
    Place place{instance, view.session.page, shown.title, std::string{texts.deck()}};
    Before const before{std::exchange(texts_, shown.texts)};
    auto const* const widget = focused.empty() ? nullptr : shown.find(focused);
    auto of_focus = widget == nullptr ? std::string{} : described(*widget, texts);
    bool const moved =
        std::exchange(focused_, std::string{focused}) != focused || said_of_focus_ != of_focus;
    said_of_focus_ = of_focus;
    if (place != place_) {
        auto phrases = where(view, texts);
        place_ = std::move(place);
        std::ranges::move(whole(shown, view, texts), std::back_inserter(phrases));
        return phrases;
    }
    Confidential const confidential{view.session, view.state, texts};
    Phrases phrases;
    // What came to the screen since: an answer, what was typed.
    for (auto const& text : shown.texts)
        if (!before.holds(text) && text != shown.passing)
            phrases.push_back(phrase_of(text, confidential, texts));
    if (moved && widget != nullptr) phrases.push_back(phrase_of(of_focus, confidential, texts));
    if (phrases.empty()) return std::nullopt;
    return phrases;
}

void ReadAloud::forget() {
    for (auto& text : texts_)
        journey::cleanse(text.data(), text.size());
    texts_.clear();
    journey::cleanse(said_of_focus_.data(), said_of_focus_.size());
    said_of_focus_.clear();
    if (place_) journey::cleanse(place_->title.data(), place_->title.size());
    place_.reset();
}

}  // namespace ui
