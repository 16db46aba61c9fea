#include "kiosk/workers/card_worker.hpp"

#include "drivers/pcsc/readers.hpp"
#include "drivers/vitale/read_card.hpp"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace workers {

using base::Errc;
using namespace std::chrono_literals;

namespace {

// A trembling contact passes; then the whole is read anew over a new connection.
constexpr int most_readings = 3;

bool may_pass(base::Error const& error) {
    return error.code == base::Errc::transmission_failed || error.code == base::Errc::card_reset;
}

constexpr auto slice_without_card = 1000ms;
// With a card in, a second reading must not wait for a whole second.
constexpr auto slice_with_card = 250ms;
constexpr auto reopen_after = 1000ms;
constexpr auto silence_that_means_lost = 5s;

std::int64_t ticks(Instant instant) { return instant.time_since_epoch().count(); }

}  // namespace

// What the thread and its owner share; kept alive by whoever lives longer.
struct CardWorker::Shared {
    explicit Shared(std::shared_ptr<Mailbox<Fact>> mailbox) : facts(std::move(mailbox)) {}

    std::shared_ptr<Mailbox<Fact>> facts;
    std::atomic<bool> stop = false;
    std::atomic<bool> read_again = false;
    std::atomic<std::uint64_t> generation = 0;  // grows when the thread is declared lost
    std::atomic<std::int64_t> last_sign = ticks(std::chrono::steady_clock::now());
};

namespace {

// From one opening of the readers to the error that ends it, or to being disowned.
template <class Shared>
class Watch {
  public:
    Watch(CardWorker::Options const& options, Shared& shared, CardNumber& last_card)
        : options_(options), shared_(shared), last_card_(last_card),
          generation_(shared.generation) {}

    // Returns what ended it; nothing when the thread should stop or was disowned.
    std::optional<base::Error> run() {
        auto readers = pcsc::Readers::open(options_.reader_pattern);
        alive();
        if (!readers) return readers.error();
        while (ours()) {
            auto changes = next_changes(*readers);
            auto const returned_at = std::chrono::steady_clock::now();
            if (!changes) return changes.error();
            looked_ = true;
            for (auto const& change : *changes) {
                std::visit([&](auto const& happened) { take(happened, *readers, returned_at); },
                           change);
            }
            // Not before what the last reading's look saw is taken.
            if (!seen_ && shared_.read_again.exchange(false) && card_) read(*readers, returned_at);
        }
        return std::nullopt;
    }

    // Whether the readers ever said what is there.
    bool looked() const { return looked_; }
    bool ours() const { return !shared_.stop && shared_.generation == generation_; }

    // Whether anybody still hears it.
    bool tell(Fact fact) {
        if (!ours()) return false;
        shared_.facts->post(std::move(fact));
        return true;
    }

  private:
    using Changes = std::vector<pcsc::Change>;

    void alive() { shared_.last_sign = ticks(std::chrono::steady_clock::now()); }

    base::Result<Changes> next_changes(pcsc::Readers& readers) {
        if (seen_) return *std::exchange(seen_, std::nullopt);
        return look(readers, card_ ? slice_with_card : slice_without_card);
    }

    base::Result<Changes> look(pcsc::Readers& readers, std::chrono::milliseconds slice) {
        auto changes = readers.wait_for_change(slice);
        alive();
        return changes;
    }

    void take(pcsc::ReaderPresent const&, pcsc::Readers const&, Instant) { tell(ReaderReady{}); }

    void take(pcsc::ReaderAbsent const& absent, pcsc::Readers const&, Instant) {
        card_.reset();
        tell(ReaderLost{{Errc::reader_missing,
                         absent.reader.empty() ? options_.reader_pattern : absent.reader}});
    }

    void take(pcsc::CardInserted const& inserted, pcsc::Readers& readers, Instant at) {
        card_ = ++last_card_;
        mute_ = inserted.mute;
        tell(CardInserted{*card_});
        shared_.read_again = false;
        read(readers, at);
    }

    void take(pcsc::CardRemoved const&, pcsc::Readers const&, Instant) {
        if (card_) tell(CardRemoved{*card_});
        card_.reset();
    }

    void take(pcsc::ForeignCard const& foreign, pcsc::Readers const&, Instant) {
        if (foreign.present) tell(OtherReaderUsed{foreign.reader});
    }

    void read(pcsc::Readers& readers, Instant event_at) {
        ReadingCost cost{event_at};
        auto content = content_of(readers, cost);
        for (int i = 1; i < most_readings && !content && may_pass(content.error()); ++i)
            content = content_of(readers, cost);
        // Between the last look and the connection the card may have been swapped: only what is
        // still in after the reading was read under its number.
        seen_ = look(readers, 0ms);
        bool const still_in = *seen_ && std::ranges::none_of(**seen_, [](auto const& change) {
            return std::holds_alternative<pcsc::CardRemoved>(change);
        });
        if (!still_in) return;
        // A card pulled while it was read: its removal is the next change and says enough.
        if (!content && content.error().code == Errc::card_removed) return;
        if (content)
            tell(CardRead{*card_, std::move(*content), cost});
        else
            tell(CardFailed{*card_, content.error()});
    }

    base::Result<vitale::VitaleCard> content_of(pcsc::Readers const& readers, ReadingCost& cost) {
        if (mute_) return base::failure(Errc::card_mute);
        auto const begun = std::chrono::steady_clock::now();
        auto card = readers.connect();
        alive();
        if (!card) return base::failure(card.error());
        auto transaction = card->transaction();
        alive();
        if (!transaction) return base::failure(transaction.error());
        auto const transmit = [&](iso7816::CommandApdu const& command) {
            ++cost.apdus;
            auto response = transaction->transmit(command);
            alive();
            return response;
        };
        auto content = vitale::read_card(transmit, options_.vitale, card->atr());
        cost.card_time = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - begun);
        return content;
    }

    CardWorker::Options const& options_;
    Shared& shared_;
    CardNumber& last_card_;
    std::uint64_t generation_;
    std::optional<CardNumber> card_;
    bool mute_ = false;
    bool looked_ = false;
    std::optional<base::Result<Changes>> seen_;  // by the look after a reading, not yet taken
};

}  // namespace

std::unique_ptr<CardWorker> CardWorker::start(Options options,
                                              std::shared_ptr<Mailbox<Fact>> facts) {
    auto shared = std::make_shared<Shared>(std::move(facts));
    std::thread{[options = std::move(options), shared] { run(options, shared); }}.detach();
    return std::unique_ptr<CardWorker>{new CardWorker{std::move(shared)}};
}

CardWorker::~CardWorker() { shared_->stop = true; }

void CardWorker::read_again() { shared_->read_again = true; }

Instant CardWorker::lost_after() const {
    return Instant{Instant::duration{shared_->last_sign.load()}} + silence_that_means_lost;
}

void CardWorker::disown() { ++shared_->generation; }

void CardWorker::run(Options const& options, std::shared_ptr<Shared> const& shared) {
    CardNumber last_card = 0;
    std::string told;  // the trouble last reported
    while (!shared->stop) {
        Watch watch{options, *shared, last_card};
        auto const error = watch.run();
        if (!error || watch.looked() || !watch.ours()) told.clear();
        if (!error) continue;
        // The same trouble again and again is told once.
        auto const trouble = base::describe(*error);
        if (told != trouble && watch.tell(ReaderLost{*error})) told = trouble;
        std::this_thread::sleep_for(reopen_after);
        shared->last_sign = ticks(std::chrono::steady_clock::now());
    }
}

}  // namespace workers
