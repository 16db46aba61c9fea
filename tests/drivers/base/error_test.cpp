#include "drivers/base/error.hpp"

#include "tests/catch.hpp"

#include <cerrno>
#include <set>

using base::Errc;

TEST_CASE("every error code has a name of its own", "[error]") {
    std::set<std::string_view> names;
    auto const last = static_cast<int>(Errc::system_failed);
    for (int code = 0; code <= last; ++code) {
        auto const name = base::name(static_cast<Errc>(code));
        CHECK(name != "unknown");
        CHECK(names.insert(name).second);
    }
    CHECK(base::name(static_cast<Errc>(last + 1)) == "unknown");
}

TEST_CASE("an error is described by its name and its detail, if any", "[error]") {
    CHECK(base::describe({Errc::card_removed, ""}) == "card_removed");
    CHECK(base::describe({Errc::configuration_invalid, "kiosk.toml: reader.name: missing"}) ==
          "configuration_invalid: kiosk.toml: reader.name: missing");
}

TEST_CASE("a system error tells what was tried and why it failed", "[error]") {
    errno = EACCES;
    auto const error = base::system_error("open /etc/x");
    CHECK(error.code == Errc::system_failed);
    CHECK(error.detail == "open /etc/x: Permission denied");
    errno = ENOSPC;
    CHECK(base::system_error("write", Errc::storage_full).code == Errc::storage_full);
}
