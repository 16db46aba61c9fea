#include "drivers/vitale/configuration.hpp"

#include "tests/catch.hpp"

using vitale::check;
using vitale::Configuration;

TEST_CASE("the configuration we ship is valid", "[vitale]") { CHECK(check({})); }

TEST_CASE("a configuration that no card could follow is refused with its reason", "[vitale]") {
    auto const refused = [](auto change) {
        Configuration configuration;
        change(configuration);
        auto const result = check(configuration);
        REQUIRE_FALSE(result);
        CHECK(result.error().code == base::Errc::configuration_invalid);
        CHECK_FALSE(result.error().detail.empty());
    };
    refused([](Configuration& c) { c.application_aid.resize(4); });
    refused([](Configuration& c) { c.root_aid.resize(17); });
    refused([](Configuration& c) { c.identity_sfi = 0; });
    refused([](Configuration& c) { c.number_sfi = 31; });
    refused([](Configuration& c) { c.limits.block = 0; });
    refused([](Configuration& c) { c.limits.block = 257; });
    refused([](Configuration& c) { c.limits.file = 255; });
    refused([](Configuration& c) { c.limits.file = 32768; });
    refused([](Configuration& c) { c.select_by_aid.clear(); });
    refused([](Configuration& c) { c.select_by_file.clear(); });
    refused([](Configuration& c) { c.root_selection.clear(); });
    refused([](Configuration& c) { c.length_forms.clear(); });
    refused([](Configuration& c) { c.select_listed_file.clear(); });
    refused([](Configuration& c) { c.pointers.most_files = 0; });
    refused([](Configuration& c) { c.pointers.most_applications = 0; });
    refused([](Configuration& c) { c.pointers.file_tag = c.pointers.applications_tag; });
    refused([](Configuration& c) { c.tags.first_name = c.tags.family_name; });
}
