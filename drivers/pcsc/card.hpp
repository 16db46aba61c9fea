// A card we are connected to, and the only way to speak to it: within a transaction.
#pragma once

#include "drivers/iso7816/apdu.hpp"

#include <utility>

namespace pcsc {

// A failed exchange is repeated so many times: contacts glitch. Repeating is harmless because all
// we ever send selects or reads.
inline constexpr int transmit_retries = 4;

// No other program reaches the card while this lives. It must not outlive its Card.
class Transaction {
  public:
    Transaction(Transaction&& other) noexcept
        : card_(std::exchange(other.card_, 0)), protocol_(other.protocol_) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    // Errc::card_removed, card_reset and the like when that is why no answer came, and
    // transmission_failed when the card is there (it was reset) but this command did not get
    // through.
    base::Result<iso7816::ResponseApdu> transmit(iso7816::CommandApdu const& command) const;

    // Usable as long as the transaction lives.
    iso7816::Transmit as_transmit() const&;
    iso7816::Transmit as_transmit() const&& = delete;

  private:
    friend class Card;
    Transaction(long card, unsigned long protocol) : card_(card), protocol_(protocol) {}

    long card_;
    unsigned long protocol_;
};

// Resets the card when it ends, so that nobody finds our files selected. It must not outlive the
// Readers it came from.
class Card {
  public:
    Card(Card&& other) noexcept
        : handle_(std::exchange(other.handle_, 0)), protocol_(other.protocol_),
          atr_(std::move(other.atr_)) {}
    Card& operator=(Card&&) = delete;
    ~Card();

    // Of this very card; the one of an earlier CardInserted may be another's.
    base::Bytes const& atr() const { return atr_; }

    // Waits, without limit, while another program has its own transaction with this card.
    base::Result<Transaction> transaction() const;

  private:
    friend class Readers;
    Card(long handle, unsigned long protocol) : handle_(handle), protocol_(protocol) {}

    static base::Result<Card> connect(long context, std::string const& reader);

    long handle_;
    unsigned long protocol_;
    base::Bytes atr_;
};

}  // namespace pcsc
