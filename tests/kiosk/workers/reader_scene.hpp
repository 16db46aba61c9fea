// A card worker over the fake PC/SC, a step at a time: between two steps its thread stands inside
// SCardGetStatusChange, and the test may change the world.
#pragma once

#include "kiosk/workers/card_worker.hpp"
#include "tests/cards/vitale_cards.hpp"
#include "tests/catch.hpp"
#include "tests/fakes/pcsc/fake_pcsc.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace worker_tests {

inline constexpr auto ours = "Ingenico HCR 331 [CCID Interface] (0001) 00 00";
inline constexpr auto another = "Other Reader 01 00";

using Texts = std::vector<std::string>;

// A fact in a few words: "inserted 1", "read 1 LUC".
std::string text(workers::Fact const& fact);

class ReaderScene {
  public:
    // With our reader there and nothing in it.
    ReaderScene();
    ~ReaderScene();

    // Each of these runs the worker until it stands inside PC/SC again, and returns what it posted.
    Texts start();
    Texts look();        // the call that waits looks at the world again
    Texts slice_ends();  // it returns without a change
    // For what happens inside another call: the worker stands there until the next step.
    void hang();

    // Starts the worker and puts Luc's card in.
    void with_luc();

    void put_in(test_cards::ModelCard card, std::string const& reader = ours);
    void take_out() { pcsc->remove(ours); }
    // Out and in again between two looks, or the next card instead.
    void bounce(test_cards::ModelCard card) {
        take_out();
        put_in(std::move(card));
    }

    workers::CardWorker& worker() { return *worker_; }
    // The worker's owner lets go of it; returns when the thread has ended.
    void end();

    fake_pcsc::Fresh pcsc;

  private:
    using Facts = workers::Mailbox<workers::Fact>;
    enum class Step : std::uint8_t { look, slice_ends };

    Texts step(Step step);
    Texts settle();
    // In the worker's thread: until the test takes the next step.
    Step stand();

    std::mutex mutex_;
    std::condition_variable changed_;
    bool standing_ = false;
    bool ending_ = false;
    bool ended_ = false;
    std::optional<Step> next_;

    std::shared_ptr<Facts> facts_;
    std::unique_ptr<workers::CardWorker> worker_;
};

test_cards::ModelCard luc();   // eight APDUs
test_cards::ModelCard anne();  // the same, another person

}  // namespace worker_tests
