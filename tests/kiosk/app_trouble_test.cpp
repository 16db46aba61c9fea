// What stops the kiosk, which of several causes is named, and when a person is told.
#include "kiosk/app.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/app_fixture.hpp"

#include <vector>

using namespace app_tests;
using journey::Event;
using journey::State;
using journey::Trouble;

namespace {

// The causes in the order of their priority: a person at the kiosk needs a reader first.
enum class Cause : std::uint8_t { reader, certificate, store, day };

struct CauseBench {
    kiosk::Settings settings = app_tests::settings();
    NotingHands hands;
    kiosk::App app;

    explicit CauseBench(bool certificate)
        : app(settings, consents(), certificate ? std::optional{sealer()} : std::nullopt, hands) {}
};

// The state with these causes there at once, told in this order.
std::pair<State, std::optional<Trouble>> with(std::vector<Cause> const& causes) {
    auto const there = [&](Cause cause) {
        return std::ranges::find(causes, cause) != causes.end();
    };
    CauseBench bench{!there(Cause::certificate)};
    bench.app.take(workers::StoreLevel{.accepts = !there(Cause::store),
                                       .full = there(Cause::store),
                                       .day_open = !there(Cause::day),
                                       .author_id = author_id});
    if (there(Cause::reader))
        bench.app.take(workers::ReaderLost{{base::Errc::reader_missing, ""}});
    else
        bench.app.take(workers::ReaderReady{});
    return {bench.app.journey().state(), bench.app.session().trouble};
}

}  // namespace

TEST_CASE("of several causes the kiosk names the one that comes first") {
    using enum Cause;
    using Expected = std::pair<State, std::optional<Trouble>>;
    Expected const reader_first{State::reader_trouble, Trouble::reader_missing};
    Expected const certificate_first{State::cannot_record, Trouble::certificate_missing};
    Expected const store_first{State::cannot_record, Trouble::store_full};
    CHECK(with({}).first == State::attract);
    CHECK(with({reader}) == reader_first);
    CHECK(with({certificate}) == certificate_first);
    CHECK(with({store}) == store_first);
    CHECK(with({day}).first == State::not_open);
    for (auto const second : {certificate, store, day})
        CHECK(with({reader, second}) == reader_first);
    for (auto const second : {store, day})
        CHECK(with({certificate, second}) == certificate_first);
    CHECK(with({store, day}) == store_first);
    CHECK(with({reader, certificate, store, day}) == reader_first);
}

TEST_CASE("when the first cause ends the next one is named, until the kiosk is open") {
    CauseBench bench{false};
    auto& app = bench.app;
    app.take(workers::ReaderLost{{base::Errc::reader_hung, ""}});
    app.take(workers::StoreLevel{.accepts = false, .day_open = false});
    CHECK(app.session().trouble == Trouble::reader_hung);
    app.take(workers::ReaderReady{});
    CHECK(app.session().trouble == Trouble::certificate_missing);
    app.use(sealer());
    CHECK(app.session().trouble == Trouble::store_unreachable);
    app.take(workers::StoreLevel{.accepts = true, .day_open = false});
    CHECK(app.journey().state() == State::not_open);
    app.take(open_level());
    CHECK(app.journey().state() == State::attract);
}

TEST_CASE("a person is told before the consent that nothing can be recorded") {
    Bench bench;
    bench.insert(luc());
    REQUIRE(bench.state() == State::explain);
    SECTION("while reading what a DMP is") {
        bench.app.take(workers::StoreLost{});
        CHECK(bench.state() == State::explain);  // it may be back in a second
        bench.press(Event::next);
    }
    SECTION("while deciding") {
        bench.press(Event::next);
        bench.app.take(workers::StoreLost{});
        CHECK(bench.state() == State::consent);
        bench.press(Event::accept);
    }
    CHECK(bench.state() == State::cannot_record);
    CHECK(bench.app.session().trouble == Trouble::store_unreachable);
    CHECK(bench.app.session().persons.empty());
    CHECK(bench.hands.outcomes == std::vector<std::string>{"troubled"});
    // The card is still in: the session begins again by itself.
    bench.app.take(open_level());
    CHECK(bench.state() == State::reading);
}

TEST_CASE("a store that is back before the answer stops nobody") {
    Bench bench;
    bench.insert(luc());
    bench.app.take(workers::StoreLost{});
    bench.app.take(open_level());
    bench.press(Event::next);
    bench.press(Event::accept);
    CHECK(bench.state() == State::birth_name);
}

TEST_CASE("a card pulled out before the end is named and nothing is kept") {
    Bench bench;
    bench.insert(luc());
    bench.app.take(workers::CardRemoved{bench.card});
    CHECK(bench.state() == State::card_taken);
    CHECK(bench.app.session().trouble == Trouble::card_removed);
    CHECK(bench.app.session().persons.empty());
}
