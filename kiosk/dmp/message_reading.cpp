#include "kiosk/dmp/message_reading.hpp"

#include "drivers/base/bytes.hpp"
#include "kiosk/dmp/xml.hpp"

#include <algorithm>

namespace dmp {
namespace {

constexpr std::string_view telephone = "tel:";
constexpr std::string_view mail = "mailto:";

// RFC 3986, 2.1; a percent sign that begins no such code stays.
crypto::SecretText percent_decoded(std::string_view uri) {
    crypto::SecretString text;
    text.reserve(uri.size() + 16);  // beyond what a string keeps in place
    for (std::size_t i = 0; i < uri.size(); ++i) {
        auto const byte = uri[i] == '%' && i + 2 < uri.size()
                              ? base::from_hex(uri.substr(i + 1, 2)).value_or(base::Bytes{})
                              : base::Bytes{};
        if (byte.size() == 1) i += 2;
        text.push_back(byte.size() == 1 ? static_cast<char>(byte.front()) : uri[i]);
    }
    return text;
}

}  // namespace

std::optional<std::string> consent_day_of_message(std::string_view xml) {
    auto const days = attributes_below_root(xml, "effectiveTime", "value");
    if (days.size() != 1) return std::nullopt;
    std::string day{days.front().view()};
    auto const digits = std::ranges::all_of(day, [](char c) { return c >= '0' && c <= '9'; });
    if (day.size() != 8 || !digits) return std::nullopt;
    return day;
}

Contact contact_of_message(std::string_view xml) {
    Contact contact;
    for (auto const& uri : attributes_below_root(xml, "telecom", "value")) {
        auto const text = uri.view();
        if (text.starts_with(telephone)) contact.mobile = text.substr(telephone.size());
        if (text.starts_with(mail)) contact.email = percent_decoded(text.substr(mail.size()));
    }
    return contact;
}

}  // namespace dmp
