#include "kiosk/spooler/cause.hpp"

#include <algorithm>
#include <array>

namespace spooler {
namespace {

constexpr std::array causes{
    Cause::no_link,  Cause::name_not_found, Cause::no_answer, Cause::clock,    Cause::certificate,
    Cause::stranger, Cause::refused,        Cause::busy,      Cause::rejected, Cause::broken};

}  // namespace

std::string_view name(Cause cause) {
    switch (cause) {
    case Cause::no_link: return "no_link";
    case Cause::name_not_found: return "name_not_found";
    case Cause::no_answer: return "no_answer";
    case Cause::clock: return "clock";
    case Cause::certificate: return "certificate";
    case Cause::stranger: return "stranger";
    case Cause::refused: return "refused";
    case Cause::busy: return "busy";
    case Cause::rejected: return "rejected";
    case Cause::broken: return "broken";
    }
    return "broken";
}

std::optional<Cause> cause_named(std::string_view word) {
    auto const found = std::ranges::find(causes, word, [](Cause cause) { return name(cause); });
    return found == causes.end() ? std::nullopt : std::optional{*found};
}

std::string_view remedy(Cause cause) {
    switch (cause) {
    case Cause::no_link: return "this machine has no network. Look at its cable or its modem";
    case Cause::name_not_found:
        return "the network does not know the receiver's name. Call who looks after the network";
    case Cause::no_answer:
        return "the receiver does not answer. Look at the network of the site, and wait";
    case Cause::clock:
        return "a certificate is not valid at the time this machine shows. Compare its clock with "
               "yours; if it is right, call the technician";
    case Cause::certificate:
        return "this kiosk's own certificate or its key cannot be used. Call the technician";
    case Cause::stranger:
        return "something other than the receiver answers. Look at the network of the site: it may "
               "ask for a login";
    case Cause::refused: return "the receiver does not accept this kiosk. Call the technician";
    case Cause::busy: return "the receiver is busy and asks to come later. Nothing to do";
    case Cause::rejected: return "the receiver refused a request. Call the technician";
    case Cause::broken: return "the receiver has a fault. Nothing to do here";
    }
    return "";
}

}  // namespace spooler
