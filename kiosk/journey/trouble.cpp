#include "kiosk/journey/trouble.hpp"

namespace journey {
namespace {

constexpr bool rows_stand_at_their_index() {
    for (std::size_t i = 0; i < trouble_count; ++i)
        if (troubles[i].trouble != static_cast<Trouble>(i)) return false;
    return true;
}
static_assert(rows_stand_at_their_index());

}  // namespace

Trouble trouble_of(base::Errc code) {
    using base::Errc;
    switch (code) {
    case Errc::card_mute: return Trouble::card_mute;
    case Errc::card_vitale_1: return Trouble::card_vitale_1;
    case Errc::card_professional: return Trouble::card_professional;
    case Errc::card_unknown: return Trouble::card_unknown;
    case Errc::malformed: return Trouble::card_damaged;
    case Errc::file_missing: return Trouble::number_missing;
    case Errc::access_denied: return Trouble::number_refused;
    case Errc::no_service:
    case Errc::context_lost:
    case Errc::reader_failed: return Trouble::reader_resting;
    case Errc::reader_hung: return Trouble::reader_hung;
    case Errc::reader_missing: return Trouble::reader_missing;
    case Errc::card_removed: return Trouble::card_removed;
    case Errc::card_reset:
    case Errc::card_busy:
    case Errc::transmission_failed:
    case Errc::timed_out: return Trouble::card_unreadable;
    case Errc::storage_full: return Trouble::store_full;
    // None of these comes from reading a card; said all the same, so that no error is without
    // words.
    case Errc::configuration_invalid:
    case Errc::file_unreadable:
    case Errc::permissions_unsafe:
    case Errc::key_unusable:
    case Errc::crypto_failed:
    case Errc::not_authentic:
    case Errc::connection_lost:
    case Errc::protocol_violated:
    case Errc::conflict:
    case Errc::refused:
    case Errc::storage_damaged:
    case Errc::storage_failed:
    case Errc::system_failed: return Trouble::not_saved;
    }
    return Trouble::not_saved;
}

}  // namespace journey
