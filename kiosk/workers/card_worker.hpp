// The thread that owns the reader. It takes no commands but one: the card is the button. A card
// that is put in is read at once; what it holds and what goes wrong become facts.
#pragma once

#include "drivers/vitale/configuration.hpp"
#include "kiosk/workers/facts.hpp"
#include "kiosk/workers/mailbox.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

namespace workers {

class CardWorker {
  public:
    struct Options {
        std::string reader_pattern;
        vitale::Configuration vitale;
    };

    // The thread is never joined: when pcscd hangs, no call of PC/SC can be interrupted, and the
    // program must still be able to end.
    static std::unique_ptr<CardWorker> start(Options options, std::shared_ptr<Mailbox<Fact>> facts);
    ~CardWorker();

    // Reads the card that is in once more; answered like an insertion by CardRead or CardFailed,
    // with the same card number. Taken up within a quarter of a second.
    void read_again();

    // The thread gives a sign of life each time PC/SC returns, at least once a second. Without one
    // until this moment it hangs.
    Instant lost_after() const;

    // It was declared lost: what it still posts about this time is not posted, and when it comes
    // back it reports reader and card anew.
    void disown();

  private:
    struct Shared;
    static void run(Options const& options, std::shared_ptr<Shared> const& shared);

    explicit CardWorker(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
    std::shared_ptr<Shared> shared_;
};

}  // namespace workers
