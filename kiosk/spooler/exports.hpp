// What leaves the outbox by hand: rows are read for a bundle, listed in its manifest, and noted as
// exported once it is whole on a stick. They stay, and are sent as before, until a receipt comes.
#pragma once

#include "kiosk/carry/manifest.hpp"
#include "kiosk/spooler/calendar.hpp"
#include "kiosk/spooler/database.hpp"

#include <optional>

namespace spooler {

class Exports {
  public:
    // The tables are laid out. Both must outlive it.
    Exports(Database& database, Clock const& clock) : database_(&database), clock_(&clock) {}

    struct Parcel {
        std::int64_t seq;
        crypto::Uuid id;
        base::Bytes sealed;
    };
    // Parked ones are left out of what is carried to be delivered, for the receiver would refuse
    // them again; a machine that is given up leaves none behind.
    enum class Wanted : std::uint8_t { waiting, parked_too };
    // The first after `seq` that waits for a receipt; nothing at the end. It is marked as one that
    // may have left before this returns: a stick that is never heard of again may be anywhere.
    base::Result<std::optional<Parcel>> next(std::int64_t after, Wanted wanted = Wanted::waiting);

    // Of those that still have no receipt, under a number never given before; nothing when none
    // does.
    base::Result<std::optional<carry::Manifest>> manifest(std::string const& kiosk,
                                                          std::vector<crypto::Uuid> const& ids);

    // Their bundle is whole; how many had not been in one before.
    base::Result<int> exported(std::vector<crypto::Uuid> const& ids);

    // The hash that was recorded with this id.
    base::Result<std::optional<crypto::Sha256>> hash_of(crypto::Uuid const& id);

  private:
    base::Result<std::int64_t> next_number();

    Database* database_;
    Clock const* clock_;
};

}  // namespace spooler
