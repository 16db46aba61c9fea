// Sealed requests of other kiosks, brought by hand to be sent from here, and the receipts for them
// until somebody takes those back. They stand apart from this kiosk's own: its balance, its ages
// and its alarms never count them. Lost with a damaged file they are not lost: the kiosk that
// exported them keeps each until it sees the receipt.
#pragma once

#include "kiosk/carry/manifest.hpp"
#include "kiosk/spooler/outbox.hpp"

namespace spooler {

struct CarriedCounts {
    std::int64_t waiting = 0;
    std::int64_t to_return = 0;  // receipts that nobody has taken back yet
    std::int64_t refused = 0;    // by the receiver; the kiosk they are from will hear it itself
};

class Carried {
  public:
    static constexpr std::int64_t most_waiting = 2048;

    static constexpr std::string_view table = R"(
CREATE TABLE IF NOT EXISTS carried (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  kiosk TEXT NOT NULL,
  bundle INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
  turn INTEGER NOT NULL DEFAULT 0,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  settled_day TEXT,
  refusal INTEGER,
  returned INTEGER NOT NULL DEFAULT 0,
  receipt TEXT,
  sealed BLOB,
  CHECK ((sealed IS NULL) = (state <> 0)),
  CHECK (state <> 1 OR receipt IS NOT NULL)
) STRICT)";

    // The tables are laid out. Both must outlive it.
    Carried(Database& database, Clock const& clock) : database_(&database), clock_(&clock) {}

    enum class Taken : std::uint8_t { now, before };
    // `body` is what the manifest lists. One that came before is not taken twice; its receipt, if
    // it has one, is to be returned again. Errc::conflict for an id of this kiosk or of another
    // body, storage_full when enough wait.
    base::Result<Taken> take(carry::Manifest const& manifest, carry::ListedRequest const& listed,
                             base::ByteView body);

    // As Outbox's, for the uplink: none of these was promised to anybody here.
    base::Result<std::vector<Parcel>> next(std::size_t most);
    base::Result<void> receipted(Receipted const& receipt);
    base::Result<void> refused(crypto::Uuid const& id, int status);
    base::Result<void> postpone(crypto::Uuid const& id);

    struct Return {
        std::int64_t number;
        std::string kiosk;
        std::int64_t bundle;
        std::string receipt;
    };
    // The first after `number` whose receipt is to be taken back; nothing at the end.
    base::Result<std::optional<Return>> next_return(std::int64_t after);
    // Their receipts are on a stick.
    base::Result<void> returned(std::vector<std::int64_t> const& numbers);

    // Forgets what was settled as long ago as Outbox forgets; how many rows.
    base::Result<int> purge();

    base::Result<CarriedCounts> counts();

  private:
    Database* database_;
    Clock const* clock_;
};

}  // namespace spooler
