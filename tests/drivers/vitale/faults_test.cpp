// A card that is pulled, slow, noisy or cut short at any command, on both routes: an error or the
// truth, never anything else.
#include "tests/cards/played_card.hpp"
#include "tests/drivers/vitale/support.hpp"

using namespace vitale_tests;
using simulator::Fault;

namespace {

struct Route {
    std::string_view name;
    std::string_view profile;
    bool strict;
    std::uint32_t apdus;
};

auto routes() {
    return GENERATE(Route{"short identifiers", "P05", false, 4},
                    Route{"short identifiers, strict", "P05", true, 8},
                    Route{"short identifiers, two blocks", "P06", false, 5},
                    Route{"pointer file", "P24", false, 9},
                    Route{"pointer file, strict", "P24", true, 14});
}

PlayedCard played(Route const& route) {
    auto profile = shipped_profile(route.profile);
    profile.rules.strict = route.strict;
    return PlayedCard{profile};
}

void check_same_or_without_numbers(vitale::VitaleCard const& read, vitale::VitaleCard const& good) {
    REQUIRE(read.beneficiaries.size() == good.beneficiaries.size());
    for (std::size_t i = 0; i < good.beneficiaries.size(); ++i) {
        auto const& person = read.beneficiaries[i];
        CHECK(person.family_name.raw == good.beneficiaries[i].family_name.raw);
        CHECK(person.first_name.raw == good.beneficiaries[i].first_name.raw);
        CHECK(person.birth_date == good.beneficiaries[i].birth_date);
        if (read.number_file == NumberFile::read) CHECK(person.nir == good.beneficiaries[i].nir);
        if (read.number_file != NumberFile::read) CHECK_FALSE(person.nir);
    }
}

}  // namespace

TEST_CASE("both routes cost what they are known to cost", "[vitale][fault]") {
    auto const route = routes();
    INFO(route.name);
    auto card = played(route);
    REQUIRE(read(card));
    CHECK(card.log.size() == route.apdus);
}

TEST_CASE("a card pulled at any command says card_removed", "[vitale][fault]") {
    auto const route = routes();
    for (std::uint32_t n = 0; n < route.apdus; ++n) {
        INFO(route.name << ", command " << n);
        auto card = played(route);
        card.faults.order(Fault{.kind = Fault::Kind::remove, .after_apdus = n});
        CHECK(code_of(read(card)) == Errc::card_removed);
        CHECK(card.log.size() == n + 1);  // nothing is asked of a card that is gone
    }
}

TEST_CASE("a transmission that fails at any command is handed on", "[vitale][fault]") {
    auto const route = routes();
    for (std::uint32_t n = 0; n < route.apdus; ++n) {
        INFO(route.name << ", command " << n);
        auto card = played(route);
        card.faults.order(Fault{.kind = Fault::Kind::silence, .after_apdus = n});
        CHECK(code_of(read(card)) == Errc::transmission_failed);
        CHECK(read(card));  // once more, and all is well
    }
}

TEST_CASE("a slow card is read like any other", "[vitale][fault]") {
    auto const route = routes();
    auto card = played(route);
    auto const good = read(card);
    card.faults.order(Fault{.kind = Fault::Kind::delay, .value = 3000, .times = 0});
    auto const slow = read(card);
    REQUIRE(slow);
    check_same_or_without_numbers(*slow, *good);
    CHECK(slow->number_file == NumberFile::read);
}

TEST_CASE("noise or a cut in any answer gives an error or the truth", "[vitale][fault]") {
    auto const route = routes();
    auto whole = played(route);
    auto const good = read(whole);
    REQUIRE(good);
    std::size_t errors = 0;
    auto const strike = [&](Fault const& fault) {
        auto card = played(route);
        card.faults.order(fault);
        auto const struck = read(card);
        if (struck)
            check_same_or_without_numbers(*struck, *good);
        else
            ++errors;
    };
    for (std::uint32_t n = 0; n < route.apdus; ++n) {
        INFO(route.name << ", command " << n);
        strike({.kind = Fault::Kind::garbage, .after_apdus = n});
        for (auto const size : {1U, 2U, 3U, 10U, 26U, 27U, 28U, 60U, 200U})
            strike({.kind = Fault::Kind::truncate, .after_apdus = n, .value = size});
        for (auto const status : {0x6F00U, 0x6982U, 0x6A82U, 0x6700U, 0x6B00U, 0x6100U, 0x6C00U})
            strike({.kind = Fault::Kind::status, .after_apdus = n, .value = status});
    }
    CHECK(errors > 0);
}

TEST_CASE("a card that answers one thing to everything comes to an end", "[vitale][fault]") {
    auto const route = routes();
    auto const status = GENERATE(0x9000U, 0x6282U, 0x6100U, 0x6110U, 0x6C00U, 0x6C10U, 0x6F00U,
                                 0x6A82U, 0x6982U, 0x6B00U);
    auto card = played(route);
    card.faults.order(Fault{.kind = Fault::Kind::status, .value = status, .times = 0});
    CHECK_FALSE(read(card));
    CHECK(card.log.size() < 100);
}
