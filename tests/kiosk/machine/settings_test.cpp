#include "kiosk/machine/settings.hpp"

#include "tests/catch.hpp"
#include "tests/drivers/base/temporary_folder.hpp"

#include <fstream>
#include <sstream>

using machine::Settings;

namespace {

std::string installed() {
    std::ostringstream text;
    text << std::ifstream{MACHINE_SETTINGS}.rdbuf();
    return text.str();
}

// This machine need not have the kiosk's user.
std::string for_here() {
    auto text = installed();
    auto const at = text.find("\"dmp-kiosk\"");
    REQUIRE(at != std::string::npos);
    return text.replace(at, 11, "\"nobody\"");
}

base::Result<Settings> read(std::string const& text) {
    TemporaryFolder const folder;
    std::ofstream{folder / "machine.toml"} << text;
    return Settings::read(folder / "machine.toml");
}

}  // namespace

TEST_CASE("the settings of the image are read", "[machine]") {
    auto const settings = read(for_here());
    INFO((settings ? "" : settings.error().detail));
    REQUIRE(settings);
    CHECK(settings->kiosk_user == 65534);
    CHECK(settings->spooler == "/run/dmp-spooler/socket");
    CHECK(settings->programs.systemctl == "/usr/bin/systemctl");
}

TEST_CASE("a mistake in the settings is one sentence", "[machine]") {
    auto const unknown = read(for_here() + "colour = \"red\"\n");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().detail.ends_with("machine.toml: programs.colour: unknown setting"));
    CHECK(read("kiosk_user = \"no such user\"\n")
              .error()
              .detail.ends_with("kiosk_user: this machine has no user \"no such user\""));
    CHECK_FALSE(read("kiosk_user = \"nobody\"\n"));
}
