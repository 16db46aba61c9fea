#include "kiosk/intake/dmp_outcome.hpp"

#include <algorithm>
#include <array>

namespace intake {
namespace {

using base::Errc;
using base::failure;
using Kind = DmpOutcome::Kind;

constexpr std::array kinds{Kind::created, Kind::already_open, Kind::closed_earlier, Kind::refused};

// No sentence fits, so that nobody can write about a person.
bool is_class(std::string_view word) {
    return word.size() <= longest_refusal_class && std::ranges::all_of(word, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
                      c == '.';
           });
}

}  // namespace

std::string_view name(Kind kind) {
    switch (kind) {
    case Kind::created: return "created";
    case Kind::already_open: return "already_open";
    case Kind::closed_earlier: return "closed_earlier";
    case Kind::refused: return "refused";
    }
    return {};
}

base::Result<DmpOutcome> dmp_outcome(std::string_view id, std::string_view kind,
                                     std::string_view refusal_class) {
    auto const parsed = crypto::Uuid::parse(id);
    if (!parsed) return failure(Errc::malformed, "id: " + parsed.error().detail);
    auto const found = std::ranges::find(kinds, kind, [](Kind one) { return name(one); });
    if (found == kinds.end())
        return failure(Errc::malformed,
                       "an outcome is created, already_open, closed_earlier or refused");
    if (!refusal_class.empty() && *found != Kind::refused)
        return failure(Errc::malformed, "only a refusal has a class");
    if (!is_class(refusal_class))
        return failure(Errc::malformed, "a class has at most 32 characters among a-z 0-9 . _ -");
    return DmpOutcome{*parsed, *found, std::string{refusal_class}};
}

std::string text_of(DmpOutcome const& outcome) {
    auto text = std::string{name(outcome.kind)};
    if (!outcome.refusal_class.empty()) text += " (" + outcome.refusal_class + ")";
    return text;
}

}  // namespace intake
