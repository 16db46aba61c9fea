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

TEST_CASE("where an address leads is a host and a port", "[settings]") {
    using spooler::intake_host_and_port;
    CHECK(intake_host_and_port("https://intake.example.org/base").value() ==
          "intake.example.org 443");
    CHECK(intake_host_and_port("https://10.0.0.1:8443").value() == "10.0.0.1 8443");
    CHECK(intake_host_and_port("https://[2001:db8::1]:8443/").value() == "2001:db8::1 8443");
    CHECK_FALSE(intake_host_and_port("http://intake.example.org"));
}
