#include "tests/kiosk/workers/reader_scene.hpp"

namespace worker_tests {

using namespace std::chrono_literals;
using namespace workers;

namespace {

struct Describe {
    std::string operator()(ReaderReady const&) const { return "ready"; }
    std::string operator()(ReaderLost const& fact) const {
        return "lost " + std::string{base::name(fact.error.code)};
    }
    std::string operator()(CardInserted const& fact) const {
        return "inserted " + std::to_string(fact.card);
    }
    std::string operator()(CardRemoved const& fact) const {
        return "removed " + std::to_string(fact.card);
    }
    std::string operator()(CardRead const& fact) const {
        auto words = "read " + std::to_string(fact.card);
        for (auto const& person : fact.content.beneficiaries)
            words += " " + person.first_name.utf8 + " " + person.nir.value_or("-");
        return words;
    }
    std::string operator()(CardFailed const& fact) const {
        return "failed " + std::to_string(fact.card) + " " +
               std::string{base::name(fact.error.code)};
    }
    std::string operator()(OtherReaderUsed const& fact) const { return "other " + fact.reader; }
    template <class Other>
    std::string operator()(Other const&) const {
        return "a fact that is not the reader's";
    }
};

}  // namespace

std::string text(Fact const& fact) { return std::visit(Describe{}, fact); }

ReaderScene::ReaderScene()
    : facts_(new Facts, [this](Facts* facts) {
          delete facts;
          std::lock_guard const lock{mutex_};
          ended_ = true;
          changed_.notify_all();
      }) {
    pcsc->plug(ours);
    pcsc->otherwise = [this] { return stand() == Step::look; };
}

ReaderScene::~ReaderScene() { end(); }

Texts ReaderScene::start() {
    worker_ = CardWorker::start({"*Ingenico*", {}}, facts_);
    return settle();
}

Texts ReaderScene::look() { return step(Step::look); }
Texts ReaderScene::slice_ends() { return step(Step::slice_ends); }
void ReaderScene::hang() { stand(); }

void ReaderScene::with_luc() {
    REQUIRE(start() == Texts{"ready"});
    put_in(luc());
    REQUIRE(look() == Texts{"inserted 1", "read 1 LUC 178057599990175"});
}

void ReaderScene::put_in(test_cards::ModelCard card, std::string const& reader) {
    auto const model = std::make_shared<test_cards::ModelCard>(std::move(card));
    pcsc->insert(
        reader, {model->atr, [model](base::ByteView command) { return model->exchange(command); }});
}

// Its last owner lets go of the mailbox when the thread has left PC/SC for good.
void ReaderScene::end() {
    if (!facts_) return;
    worker_.reset();
    {
        std::lock_guard const lock{mutex_};
        ending_ = true;
    }
    changed_.notify_all();
    facts_.reset();
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return ended_; });
}

Texts ReaderScene::step(Step step) {
    {
        std::lock_guard const lock{mutex_};
        next_ = step;
    }
    changed_.notify_all();
    return settle();
}

Texts ReaderScene::settle() {
    std::unique_lock lock{mutex_};
    bool const stands = changed_.wait_for(lock, 20s, [this] { return standing_ && !next_; });
    if (!stands) FAIL("the worker does not wait for a change");
    Texts texts;
    for (auto const& fact : facts_->take())
        texts.push_back(text(fact));
    return texts;
}

ReaderScene::Step ReaderScene::stand() {
    std::unique_lock lock{mutex_};
    standing_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return next_ || ending_; });
    standing_ = false;
    return std::exchange(next_, std::nullopt).value_or(Step::slice_ends);
}

test_cards::ModelCard luc() {
    auto card = test_cards::luc_exemple();
    card.strict_t0 = true;
    return card;
}

test_cards::ModelCard anne() {
    auto card = test_cards::vitale_2(
        test_cards::padded(test_cards::identity("AUTRE", "ANNE", "19830911"), 64),
        test_cards::padded(test_cards::number("283094499690687"), 64));
    card.strict_t0 = true;
    return card;
}

}  // namespace worker_tests
