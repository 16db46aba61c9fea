#include "kiosk/spooler/staff.hpp"

#include "drivers/base/line_client.hpp"
#include "kiosk/spooler/cause.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spooler {
namespace {

using base::Errc;
using base::failure;
using nlohmann::json;

// A large outbox on a cold disk may take a moment to be counted.
constexpr std::chrono::seconds patience{10};

std::string duration(std::int64_t seconds) {
    if (seconds < 120) return fmt::format("{} s", seconds);
    if (seconds < 2 * 3600) return fmt::format("{} min", seconds / 60);
    if (seconds < 2 * 86400) return fmt::format("{} h", seconds / 3600);
    return fmt::format("{} days", seconds / 86400);
}

// "2026-11-21T19:00:00+01:00" as staff say it.
std::string moment(json const& text) {
    auto value = text.get<std::string>();
    value.resize(std::min<std::size_t>(value.size(), 16));
    std::replace(value.begin(), value.end(), 'T', ' ');
    return value;
}

std::string queue_sentence(json const& status) {
    auto text = fmt::format("{} waiting", status.at("waiting").get<std::int64_t>());
    if (auto const& age = status.at("oldest_seconds"); !age.is_null())
        text +=
            fmt::format(", oldest {}{}", status.at("oldest_exact").get<bool>() ? "" : "at most ",
                        duration(age.get<std::int64_t>()));
    if (!status.at("damaged_countable").get<bool>())
        text += ", some lost: a damaged file is kept in quarantine for the technician";
    else if (auto const lost = status.at("damaged").get<std::int64_t>(); lost > 0)
        text += fmt::format(", at most {} lost: the damaged file is kept in quarantine for the "
                            "technician",
                            lost);
    else
        text += ", none lost";
    return text + ".";
}

std::string acceptance_sentence(json const& status) {
    auto const& reason = status.at("reason");
    if (reason.is_null()) return {};
    if (reason == "full")
        return "Nothing new is taken: there is no room left. Bring the network back so that the "
               "queue empties, or call the technician.\n";
    if (reason == "too_old")
        return "Nothing new is taken: what waits has waited too long. Bring the network back.\n";
    return "Nothing new is taken: the disk does not work. Call the technician.\n";
}

std::string day_sentence(json const& day) {
    if (!day.at("open").get<bool>())
        return "The day is closed. Open it with: dmp-spooler open-day --as ID\n";
    return fmt::format("The day is open for {} until {}.\n", day.at("author").get<std::string>(),
                       moment(day.at("closes_at")));
}

std::string_view remedy_for(std::string_view word) {
    auto const cause = cause_named(word);
    return cause ? remedy(*cause) : "no success at the last try";
}

std::string uplink_sentence(json const& uplink) {
    auto const state = uplink.at("state").get<std::string>();
    std::string text = "Sending: ";
    auto const& cause = uplink.at("cause");
    if (state == "sending")
        text += "under way";
    else if (!cause.is_null())
        text += remedy_for(cause.get<std::string>());
    else
        text += state == "waiting" ? "no success at the last try" : "nothing to do";
    if (auto const& next = uplink.at("next_try_s"); !next.is_null())
        text += fmt::format("; next try in {}", duration(next.get<std::int64_t>()));
    if (auto const& last = uplink.at("last_success"); !last.is_null())
        text += fmt::format("; last success {}", moment(last));
    if (auto const& error = uplink.at("last_error"); !error.is_null())
        text += fmt::format("; last error: {}", error.get<std::string>());
    return text + ".\n";
}

std::string alarm_sentences(json const& status) {
    std::string text;
    if (auto const parked = status.at("parked").get<std::int64_t>(); parked > 0)
        text +=
            fmt::format("{} refused by the receiver and parked: call the technician.\n", parked);
    if (auto const conflicts = status.at("conflicts").get<std::int64_t>(); conflicts > 0)
        text += fmt::format("ALARM: for {} of these the receiver holds another body.\n", conflicts);
    if (auto const& balance = status.at("balance"); !balance.at("balanced").get<bool>())
        text += fmt::format("ALARM: of {} requests recorded some are nowhere: call the "
                            "technician.\n",
                            balance.at("recorded").get<std::int64_t>());
    if (status.at("waiting_too_long").get<bool>())
        text += "The oldest has waited longer than it should: look at the network of the site.\n";
    if (auto const used = status.at("used_percent").get<int>(); used >= 80)
        text += fmt::format("The queue is {} % full: bring the network back.\n", used);
    if (status.at("restoring").get<bool>())
        text += "The queue was damaged and is being restored; patients may go on.\n";
    return text;
}

std::string carrying_sentences(json const& status) {
    std::string text;
    if (auto const exported = status.at("exported").get<std::int64_t>(); exported > 0)
        text += fmt::format("{} of these are also on a stick: bring the receipts back with "
                            "dmp-spooler import.\n",
                            exported);
    auto const& carried = status.at("carried");
    if (auto const waiting = carried.at("waiting").get<std::int64_t>(); waiting > 0)
        text += fmt::format("{} of other kiosks wait to be sent from here.\n", waiting);
    if (auto const receipts = carried.at("to_return").get<std::int64_t>(); receipts > 0)
        text += fmt::format("{} receipts for other kiosks are to be taken back: dmp-spooler "
                            "export-receipts --to STICK\n",
                            receipts);
    if (auto const refused = carried.at("refused").get<std::int64_t>(); refused > 0)
        text += fmt::format("{} of other kiosks were refused by the receiver: tell those who "
                            "brought them.\n",
                            refused);
    return text;
}

std::string ledger_sentence(json const& ledger) {
    auto const count = [&](char const* key) { return ledger.at(key).get<std::int64_t>(); };
    return fmt::format("Today: {} started, {} recorded, {} refused, {} thinking it over, "
                       "{} timed out, {} left, {} troubled, {} interrupted, {} running.\n",
                       count("started"), count("recorded"), count("refused"),
                       count("thought_it_over"), count("timed_out"), count("left"),
                       count("troubled"), count("interrupted"), count("running"));
}

std::string dmp_sentence(json const& status) {
    std::string text;
    auto const add = [&](std::int64_t count, std::string_view words) {
        if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "DMP: " : ", ", count, words);
    };
    auto const& dmp = status.at("dmp");
    add(dmp.at("created").get<std::int64_t>(), "created");
    add(dmp.at("already_open").get<std::int64_t>(), "were open already");
    add(dmp.at("closed_earlier").get<std::int64_t>(), "had been closed earlier");
    add(dmp.at("refused").get<std::int64_t>(), "refused");
    add(status.at("outcomes_awaited").get<std::int64_t>(), "not yet known");
    return text.empty() ? text : text + ".\n";
}

base::Result<json> parsed(std::string const& answer) {
    auto object = json::parse(answer, nullptr, false);
    if (!object.is_object()) return failure(Errc::protocol_violated, "the answer is not JSON");
    return object;
}

base::Error not_understood(json::exception const& problem) {
    return {Errc::protocol_violated, problem.what()};
}

}  // namespace

base::Result<std::string> ask_spooler(std::filesystem::path const& socket,
                                      std::string const& line) {
    auto client = base::LineClient::connect(socket);
    if (!client)
        return failure(client.error().code, client.error().detail + " (is dmp-spooler running?)");
    auto answer = client->ask(line, patience);
    if (!answer) return failure(answer.error());
    auto const object = parsed(*answer);
    if (!object) return failure(object.error());
    if (object->value("ok", false)) return answer;
    return failure(Errc::refused,
                   object->value("error", "failed") + ": " + object->value("detail", ""));
}

base::Result<std::string> status_sentences(std::string const& answer) {
    auto const object = parsed(answer);
    if (!object) return failure(object.error());
    try {
        return queue_sentence(*object) + "\n" + acceptance_sentence(*object) +
               alarm_sentences(*object) + carrying_sentences(*object) +
               day_sentence(object->at("day")) + uplink_sentence(object->at("uplink")) +
               ledger_sentence(object->at("ledger")) + dmp_sentence(*object);
    } catch (json::exception const& problem) {
        return failure(not_understood(problem));
    }
}

base::Result<std::string> opened_sentence(std::string const& answer) {
    auto const object = parsed(answer);
    if (!object) return failure(object.error());
    try {
        return day_sentence(object->at("day"));
    } catch (json::exception const& problem) {
        return failure(not_understood(problem));
    }
}

std::string open_day_line(std::string const& author) {
    return json{{"do", "open_day"}, {"as", author}}.dump(-1, ' ', false,
                                                         json::error_handler_t::replace);
}

base::Result<std::string> withdrawn_sentence(std::string const& answer) {
    auto const object = parsed(answer);
    if (!object) return failure(object.error());
    auto const state = object->value("state", "");
    if (state == "cancelled") return "The request is erased. It had not left this kiosk.\n";
    if (state == "left")
        return "The request may have left this kiosk: it is not erased here. The person can close "
               "the record at www.dmp.fr or with a health professional.\n";
    return "No request of this kiosk has this reference. Compare each character: there is no 0, 1, "
           "I, L or O in it.\n";
}

std::string withdraw_line(std::string const& reference) {
    std::string plain;
    for (auto const byte : reference)
        if (byte != ' ' && byte != '\n' && byte != '\r' && byte != '\t')
            plain += byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
    return json{{"do", "withdraw"}, {"reference", plain}}.dump(-1, ' ', false,
                                                               json::error_handler_t::replace);
}

}  // namespace spooler
