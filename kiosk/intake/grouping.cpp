#include "kiosk/intake/grouping.hpp"

#include "kiosk/dmp/dates.hpp"
#include "kiosk/dmp/json.hpp"
#include "kiosk/dmp/message_reading.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake {
namespace {

using base::failure;
using Plain = nlohmann::ordered_json;

// What tells one person from another: the card's number, which a whole family may share, the birth
// date, and the place on the card, since twins share the other two.
struct Person {
    crypto::SecretText number;
    crypto::SecretText birth_date;
    std::string position;
};

base::Result<Person> person_of(crypto::SecretString const& card_reading) {
    auto const wrong =
        failure(base::Errc::malformed, "the card reading does not say who is enrolled");
    auto const card = dmp::Json::parse(card_reading, nullptr, false);
    if (!card.is_object()) return wrong;
    auto const number = card.find("nirOD");
    auto const enrolled = card.find("enrolled");
    auto const persons = card.find("persons");
    if (number == card.end() || !number->is_string() || enrolled == card.end() ||
        !enrolled->is_number_unsigned() || persons == card.end() || !persons->is_array())
        return wrong;
    for (auto const& person : *persons) {
        if (!person.is_object() || person.value("position", dmp::Json{}) != *enrolled) continue;
        auto const birth_date = person.find("birth_date");
        if (birth_date == person.end() || !birth_date->is_string()) return wrong;
        return Person{number->get_ref<crypto::SecretString const&>(),
                      birth_date->get_ref<crypto::SecretString const&>(),
                      std::to_string(enrolled->get<std::uint64_t>())};
    }
    return wrong;
}

// "20190618" as it is written elsewhere.
std::string dashed(std::string day) { return day.insert(6, "-").insert(4, "-"); }

// A telephone number as it is dialled at home, whatever stands between the digits.
crypto::SecretText normalised_mobile(std::string_view typed) {
    crypto::SecretString digits;
    digits.reserve(64);  // beyond what a string keeps in place
    for (char const c : typed)
        if ((c >= '0' && c <= '9') || (c == '+' && digits.empty())) digits.push_back(c);
    for (std::string_view const abroad : {"+33", "0033"})
        if (digits.starts_with(abroad)) digits.replace(0, abroad.size(), "0");
    return digits;
}

crypto::SecretText normalised_email(std::string_view typed) {
    crypto::SecretString address;
    address.reserve(typed.size() + 16);
    for (char const c : typed)
        if (c != ' ')
            address.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    return address;
}

// The list that belongs to a digest, made when it is new.
template <class List>
auto& at(List& list, std::map<crypto::Sha256, std::size_t>& places, crypto::Sha256 const& digest,
         typename List::value_type const& fresh) {
    auto const [place, is_new] = places.try_emplace(digest, list.size());
    if (is_new) list.push_back(fresh);
    return list[place->second];
}

}  // namespace

base::Result<void> Grouping::add(dmp::OpenedRequest const& request) {
    auto const consent_day = dmp::consent_day_of_message(request.message);
    if (!consent_day) return failure(base::Errc::malformed, "the message has no day of consent");
    auto const person = person_of(request.card);
    if (!person) return failure(person.error());
    auto const day = dashed(*consent_day);
    auto const digest = keyed_.of(
        {"person", day, person->number.view(), person->birth_date.view(), person->position});
    at(groups_, group_of_, digest, {day, {}})
        .requests.push_back({request.id, request.kiosk, request.created_at});

    auto const contact = dmp::contact_of_message(request.message);
    if (contact.mobile)
        note(day, "mobile", normalised_mobile(contact.mobile->view()).view(), request.id);
    if (contact.email)
        note(day, "e-mail", normalised_email(contact.email->view()).view(), request.id);
    return {};
}

base::Result<void> Grouping::add(dmp::OpenedWithdrawal const& withdrawal) {
    withdrawals_.push_back(withdrawal);
    return {};
}

bool Grouping::holds(crypto::Uuid const& request) const {
    return std::ranges::any_of(groups_, [&](Group const& group) {
        return std::ranges::find(group.requests, request, &Request::id) != group.requests.end();
    });
}

void Grouping::note(std::string const& day, std::string_view kind, std::string_view contact,
                    crypto::Uuid const& id) {
    at(contacts_, contact_of_, keyed_.of({kind, day, contact}), {day, kind, {}})
        .requests.push_back(id);
}

bool Grouping::is_marked(Contact const& contact) const {
    return contact.requests.size() > usual_requests_of_a_contact;
}

std::string Grouping::json() const {
    auto groups = Plain::array();
    for (auto const& [day, members] : groups_) {
        auto requests = Plain::array();
        for (auto const& request : members)
            requests.push_back({{"id", request.id.text()},
                                {"kiosk", request.kiosk},
                                {"created_at", dmp::iso_time(request.created_at)}});
        groups.push_back(
            {{"group", groups.size() + 1}, {"day", day}, {"requests", std::move(requests)}});
    }
    auto contacts = Plain::array();
    for (auto const& contact : contacts_) {
        if (!is_marked(contact)) continue;
        auto ids = Plain::array();
        for (auto const& id : contact.requests)
            ids.push_back(id.text());
        contacts.push_back({{"contact", contacts.size() + 1},
                            {"day", contact.day},
                            {"kind", contact.kind},
                            {"requests", std::move(ids)}});
    }
    auto withdrawals = Plain::array();
    for (auto const& withdrawal : withdrawals_)
        withdrawals.push_back({{"id", withdrawal.id.text()},
                               {"withdraws", withdrawal.withdraws.text()},
                               {"kiosk", withdrawal.kiosk},
                               {"asked_at", dmp::iso_time(withdrawal.asked_at)},
                               {"request_here", holds(withdrawal.withdraws)}});
    return Plain{{"v", 1},
                 {"groups", std::move(groups)},
                 {"contacts", std::move(contacts)},
                 {"withdrawals", std::move(withdrawals)}}
               .dump(2) +
           "\n";
}

std::string Grouping::summary() const {
    std::string repeated;
    std::size_t requests = 0;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        auto const& members = groups_[i].requests;
        requests += members.size();
        if (members.size() < 2) continue;
        repeated += fmt::format("group {}: {} requests of one person on {}, create one:", i + 1,
                                members.size(), groups_[i].day);
        for (auto const& request : members)
            repeated += fmt::format(" {}", request.id.text());
        repeated += "\n";
    }
    std::string marked;
    std::size_t number = 0;
    for (auto const& contact : contacts_)
        if (is_marked(contact))
            marked += fmt::format("contact {}: one {} on {} requests of {}, look at them\n",
                                  ++number, contact.kind, contact.requests.size(), contact.day);
    std::string withdrawn;
    for (auto const& withdrawal : withdrawals_)
        withdrawn += fmt::format("withdrawn: {}{}, do not create it\n", withdrawal.withdraws.text(),
                                 holds(withdrawal.withdraws) ? "" : " (not here)");
    return fmt::format("{} requests in {} groups\n", requests, groups_.size()) + repeated + marked +
           withdrawn;
}

}  // namespace intake
