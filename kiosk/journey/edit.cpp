#include "kiosk/journey/edit.hpp"

#include <algorithm>
#include <array>

namespace journey {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_mobile(std::string_view typed) {
    return typed.size() == 10 && std::ranges::all_of(typed, is_digit) &&
           (typed.starts_with("06") || typed.starts_with("07"));
}

// What every mail server accepts, and no more: a person checks the address on the next screen.
bool is_email(std::string_view typed) {
    auto const at = typed.find('@');
    if (typed.size() > 254 || at == std::string_view::npos || at == 0 || at > 64 ||
        typed.rfind('@') != at)
        return false;
    auto const domain = typed.substr(at + 1);
    auto const dot = domain.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || domain.size() - dot < 3) return false;
    if (domain.find("..") != std::string_view::npos || domain.front() == '-') return false;
    return std::ranges::all_of(typed, [](char c) { return c > ' ' && c < 0x7F && c != ','; });
}

// A family name or a first name; the longest registered ones stay well below.
constexpr std::size_t longest_name = 80;

std::size_t longest_typed(State state) {
    if (state == State::mobile_entry) return 10;
    if (state == State::email_entry) return 254;
    if (state == State::identity_pin) return longest_pin;
    if (state == State::reference_entry) return reference_length;
    return longest_name;
}

bool is_name_entry(State state) {
    return state == State::birth_name_entry || state == State::representative_family_name ||
           state == State::representative_first_name;
}

bool is_pin(std::string_view typed) {
    return typed.size() >= shortest_pin && typed.size() <= longest_pin &&
           std::ranges::all_of(typed, is_digit);
}

constexpr std::array<std::string_view, 4> separators{" ", "-", "'", "’"};

bool ends_with_separator(std::string_view text) {
    return std::ranges::any_of(separators, [&](auto each) { return text.ends_with(each); });
}

// A name begins and ends with a letter: an invisible blank would be another name to the receiver.
bool is_name(std::string_view typed) { return !typed.empty() && !ends_with_separator(typed); }

void type(Session& session, State state, std::string_view text) {
    auto const typed = session.typed.view();
    if (typed.size() + text.size() > longest_typed(state)) return;
    // No field begins with a separator, and no name has two in a row.
    bool const separator = std::ranges::find(separators, text) != separators.end();
    if (separator && typed.empty()) return;
    if (separator && is_name_entry(state) && ends_with_separator(typed)) return;
    if (text.starts_with('@') && session.typed.view().find('@') != std::string_view::npos) return;
    session.typed.append(text);
}

}  // namespace

bool is_entry(State state) {
    return is_name_entry(state) || state == State::mobile_entry || state == State::email_entry ||
           state == State::identity_pin || state == State::reference_entry;
}

bool offers(State state, Pick::Of of) {
    switch (of) {
    case Pick::Of::person: return state == State::choose_person;
    case Pick::Of::century: return state == State::birth_century;
    case Pick::Of::representative: return state == State::representative;
    case Pick::Of::relationship: return state == State::relationship;
    case Pick::Of::author: return state == State::identity_author;
    }
    return false;
}

bool offers(State state, Edit::Kind kind) {
    using enum Edit::Kind;
    switch (kind) {
    case toggle_samu:
    case toggle_professional: return state == State::emergency;
    case next_page:
    case previous_page: return true;
    case show_number: return state == State::review;
    case type:
    case erase:
    case symbols: return is_entry(state);
    case remove_mobile:
    case remove_email: return state == State::contact;
    }
    return false;
}

void apply(Session& session, State state, Edit const& edit) {
    using enum Edit::Kind;
    if (!offers(state, edit.kind)) return;
    switch (edit.kind) {
    case toggle_samu: session.emergency.samu = !session.emergency.samu; return;
    case toggle_professional:
        session.emergency.professional = !session.emergency.professional;
        return;
    case next_page: ++session.page; return;
    case previous_page:
        if (session.page > 0) --session.page;
        return;
    case show_number: session.number_shown = !session.number_shown; return;
    case type: journey::type(session, state, edit.text); return;
    case erase: session.typed.erase_last(); return;
    case symbols: session.symbols = !session.symbols; return;
    case remove_mobile: session.mobile.clear(); return;
    case remove_email: session.email.clear(); return;
    }
}

bool acceptable(State state, std::string_view typed) {
    if (state == State::mobile_entry) return is_mobile(typed);
    if (state == State::email_entry) return is_email(typed);
    if (state == State::identity_pin) return is_pin(typed);
    if (state == State::reference_entry) return typed.size() == reference_length;
    return is_name_entry(state) && is_name(typed);
}

}  // namespace journey
