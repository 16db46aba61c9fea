// What the card's content means for the journey: who is on it, and whether this kiosk may go on.
#pragma once

#include "drivers/vitale/card.hpp"
#include "kiosk/journey/event.hpp"
#include "kiosk/journey/session.hpp"
#include "kiosk/settings.hpp"

#include <chrono>
#include <optional>

namespace kiosk {

// The day on which the journey takes place, and whether it may be believed.
struct Today {
    std::chrono::year_month_day day;
    bool trusted;
};

// Everyone on the card and the insured person's number, for the session.
void fill_session(journey::Session& session, vitale::VitaleCard const& card);

// Why nobody on this card can be enrolled here; nothing if somebody can.
std::optional<journey::Trouble> trouble_of_card(vitale::VitaleCard const& card,
                                                Settings const& settings);

// Which of the card's states of things comes next, and why where it is the desk.
struct Verdict {
    journey::Event event;
    std::optional<journey::Trouble> trouble = std::nullopt;
};

// The card just read: one single person is chosen at once, several are asked.
Verdict judge(journey::Session& session, vitale::VitaleCard const& card, Settings const& settings,
              Today const& today);

// The record of this person of the card is wanted: the session is about that person from here on.
// The quality (insured adult, another adult, a minor) follows from the position and the age.
Verdict judge_person(journey::Session& session, std::size_t index, Settings const& settings,
                     Today const& today);

// The enrolled person's six-digit birth date is of the 1900s (0) or the 2000s (1).
Verdict judge_century(journey::Session& session, std::size_t century, Settings const& settings,
                      Today const& today);

// Whether the card read again is the one the session began with: every byte of every person.
bool same_card(journey::Session const& session, vitale::VitaleCard const& card);

}  // namespace kiosk
