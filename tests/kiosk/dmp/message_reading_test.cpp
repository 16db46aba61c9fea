#include "kiosk/dmp/message_reading.hpp"

#include "kiosk/dmp/hl7_message.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/dmp/example.hpp"

namespace {

dmp::Contact contact_through_message(dmp::CreationRequest const& request) {
    return dmp::contact_of_message(dmp::to_hl7(request));
}

}  // namespace

TEST_CASE("the day and the contact read from a message are those it was made of", "[hl7]") {
    for (auto const& [name, request] : example::kinds()) {
        INFO(name);
        CHECK(dmp::consent_day_of_message(dmp::to_hl7(request)) == "20190618");
        auto const contact = contact_through_message(request);
        CHECK(contact.mobile == request.contact.mobile);
        CHECK(contact.email == request.contact.email);
    }
}

TEST_CASE("an address with special characters is read as it was typed", "[hl7]") {
    auto request = example::request();
    for (auto const* typed : {"o'brien+dmp&\"x\"<y>?z%@example.invalid", "a%41@example.invalid",
                              "%@example.invalid", "a@example.invalid%"}) {
        request.contact.email = std::string_view{typed};
        CHECK(contact_through_message(request).email->view() == typed);
    }
}

TEST_CASE("a message without contact has none, and what is no message has neither", "[hl7]") {
    auto request = example::request();
    request.contact = {};
    auto const none = contact_through_message(request);
    CHECK_FALSE(none.mobile);
    CHECK_FALSE(none.email);
    for (auto const* wrong :
         {"", "<a>", "<a><effectiveTime value='2019061'/></a>",
          "<a><effectiveTime value='2019061x'/></a>",
          "<a><effectiveTime value='20190618'/><effectiveTime value='20190619'/></a>",
          "<!DOCTYPE a [<!ENTITY e 'x'>]><a><effectiveTime value='20190618'/></a>"}) {
        INFO(wrong);
        CHECK_FALSE(dmp::consent_day_of_message(wrong));
    }
    // The control of those above.
    CHECK(dmp::consent_day_of_message("<a><b/><c><effectiveTime value='20190618'/></c></a>"));
}
