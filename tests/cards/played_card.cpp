#include "tests/cards/played_card.hpp"

#include <algorithm>
#include <stdexcept>

namespace test_cards {
namespace {

using base::Errc;
using simulator::Fault;

simulator::Day const today = simulator::parse_day("2019-06-17").value();

}  // namespace

simulator::Profile shipped_profile(std::string_view id) {
    auto const file = std::filesystem::path{SIMULATOR_PROFILES} / (std::string{id} + ".toml");
    auto profile = simulator::read_profile(file, today);
    if (!profile) throw std::invalid_argument{base::describe(profile.error())};
    return *profile;
}

std::vector<simulator::Profile> shipped_profiles() {
    auto profiles = simulator::read_profiles(SIMULATOR_PROFILES, today);
    if (!profiles) throw std::invalid_argument{base::describe(profiles.error())};
    return *profiles;
}

PlayedCard::PlayedCard(simulator::Profile const& profile)
    : atr(profile.atr), faults(profile.faults), card_(profile) {}

iso7816::Transmit PlayedCard::transmit() {
    return [this](iso7816::CommandApdu const& command) -> base::Result<iso7816::ResponseApdu> {
        auto const answer = exchange(command.bytes());
        if (!answer) return base::failure(answer.error());
        return iso7816::ResponseApdu::parse(*answer);
    };
}

base::Result<base::Bytes> PlayedCard::exchange(base::Bytes const& command) {
    if (removed_) return base::failure(Errc::card_removed);
    log.push_back(command);
    auto const fault = faults.strike();
    if (!fault) return card_.answer(command).bytes();
    switch (fault->kind) {
    case Fault::Kind::remove: removed_ = true; return base::failure(Errc::card_removed);
    case Fault::Kind::silence: return base::failure(Errc::transmission_failed);
    case Fault::Kind::status:
        return simulator::Response{{}, static_cast<simulator::Status>(fault->value)}.bytes();
    case Fault::Kind::delay: break;
    case Fault::Kind::garbage: return simulator::garbled(card_.answer(command).bytes());
    case Fault::Kind::truncate: {
        auto answer = card_.answer(command).bytes();
        answer.resize(std::clamp<std::size_t>(fault->value, 1, answer.size()));
        return answer;
    }
    }
    return card_.answer(command).bytes();
}

}  // namespace test_cards
