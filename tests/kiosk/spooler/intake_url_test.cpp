#include "kiosk/spooler/intake_url.hpp"

#include "tests/catch.hpp"

using spooler::check_intake_url;

TEST_CASE("only an https address without user, query or fragment is one", "[settings]") {
    CHECK(check_intake_url("https://intake.example.org/").value() == "https://intake.example.org");
    CHECK(check_intake_url("https://10.0.0.1:8443/base").value() == "https://10.0.0.1:8443/base");
    for (auto const* url :
         {"", "intake.example.org", "http://intake.example.org", "ftp://x", "https://user@x",
          "https://user:word@x", "https://x/?a=1", "https://x/#a", "https://"})
        CHECK_FALSE(check_intake_url(url));
}
