#include "kiosk/update/verdict.hpp"

#include "drivers/base/whole_number.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace update {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::int64_t longest_answer = 3'600'000;  // milliseconds

json object_in(std::string_view text) {
    auto parsed = json::parse(text, nullptr, false);
    return parsed.is_object() ? parsed : json::object();
}

json const& member(json const& object, char const* key) {
    static json const nothing;
    auto const found = object.find(key);
    return found == object.end() ? nothing : *found;
}

// The network of the site, and not what this machine makes of it.
bool is_of_the_network(std::string_view cause) {
    return cause == "no_link" || cause == "name_not_found" || cause == "no_answer" ||
           cause == "busy";
}

Verdict failed(std::string reason) { return {std::move(reason), true}; }
Verdict disturbed(std::string reason) { return {std::move(reason), false}; }

std::optional<Verdict> judge_answers(Proof const& proof, Limits const& limits) {
    if (proof.answers.size() < limits.answers)
        return failed("it answered itself " + std::to_string(proof.answers.size()) + " times of " +
                      std::to_string(limits.answers));
    auto const slowest = std::ranges::max(proof.answers);
    if (slowest <= limits.slowest_answer) return std::nullopt;
    return failed("the screen took " + std::to_string(slowest.count()) + " ms to answer, more than " +
                  std::to_string(limits.slowest_answer.count()) + " ms");
}

bool is_of_the_reader(std::string_view code) {
    return code == "C10" || code == "C11" || code == "C12";
}

// A kiosk may be closed for reasons that are no version's: nobody opened the day, a full queue, an
// open cabinet, or what closed it before too.
std::optional<Verdict> judge_closed(Proof const& proof, SpoolerAnswer const& spooler,
                                    std::optional<Surroundings> const& before) {
    auto const& code = proof.closed_for;
    if (proof.drew_attract || (before && !code.empty() && before->closed_for == code))
        return std::nullopt;
    bool const explained = (code == "S05" && !spooler.day_is_open) ||
                           (code == "S02" && !spooler.trouble.empty()) || code == "B01";
    if (explained) return std::nullopt;
    if (is_of_the_reader(code)) {
        if (before && !before->has_reader) return std::nullopt;
        return disturbed("it is out of service for want of its card reader: " + code);
    }
    return failed("it never drew its first screen" + (code.empty() ? "" : ": " + code));
}

std::optional<Verdict> judge_uplink(SpoolerAnswer const& now, Surroundings const& before) {
    if (now.reaches_intake || now.uplink_cause.empty()) return std::nullopt;  // or nothing to send
    if (!before.reaches_intake && now.uplink_cause == before.uplink_cause) return std::nullopt;
    if (!is_of_the_network(now.uplink_cause))
        return failed("the receiver is not reached: " + now.uplink_cause);
    if (!before.reaches_intake) return std::nullopt;  // off the network as before, if otherwise
    return disturbed("the receiver, which was reached before, is not: " + now.uplink_cause);
}

}  // namespace

std::optional<Proof> parse_proof(std::string_view text) {
    auto const object = object_in(text);
    auto const& attract = member(object, "attract");
    auto const& reader = member(object, "reader");
    auto const& closed_for = member(object, "closed_for");
    auto const& answers = member(object, "answers_ms");
    if (member(object, "version") != 1 || !attract.is_boolean() || !reader.is_string() ||
        !answers.is_array())
        return std::nullopt;
    Proof proof{{}, reader == "present", attract.get<bool>(),
                closed_for.is_string() ? closed_for.get<std::string>() : ""};
    for (auto const& answer : answers) {
        auto const taken = base::whole_number(answer, longest_answer);
        if (!taken) return std::nullopt;
        proof.answers.push_back(milliseconds{*taken});
    }
    return proof;
}

std::optional<SpoolerAnswer> parse_status(std::string_view text) {
    auto const object = object_in(text);
    if (member(object, "ok") != true) return std::nullopt;
    auto const& uplink = member(object, "uplink");
    auto const& trouble = member(object, "reason");
    if (!uplink.is_object()) return std::nullopt;
    auto const& cause = member(uplink, "cause");
    return SpoolerAnswer{trouble.is_string() ? trouble.get<std::string>() : "",
                         member(member(object, "day"), "open") == true,
                         member(member(object, "balance"), "balanced") == true,
                         member(uplink, "last_success").is_string() && cause.is_null(),
                         cause.is_string() ? cause.get<std::string>() : ""};
}

Verdict judge(Evidence const& evidence, std::optional<Surroundings> const& before,
              Limits const& limits) {
    if (!evidence.proof) return failed("it did not prove in time that its screen works");
    if (auto const slow = judge_answers(*evidence.proof, limits)) return *slow;
    if (!evidence.spooler) return failed("dmp-spooler did not answer");
    // A queue that is full, or waits for too long, is no version's fault.
    if (evidence.spooler->trouble == "damaged")
        return failed("the queue cannot be opened or written");
    if (auto const closed = judge_closed(*evidence.proof, *evidence.spooler, before)) return *closed;
    if (!before) return {};
    if (before->balance_holds && !evidence.spooler->balance_holds)
        return failed("of the requests that were in the queue some are not there");
    if (before->has_reader && !evidence.proof->has_reader)
        return disturbed("the card reader, which was there before, is not");
    if (auto const wrong = judge_uplink(*evidence.spooler, *before)) return *wrong;
    return {};
}

Surroundings surroundings_of(Evidence const& evidence) {
    Surroundings found;
    if (evidence.proof) {
        found.has_reader = evidence.proof->has_reader;
        found.closed_for = evidence.proof->drew_attract ? "" : evidence.proof->closed_for;
    }
    if (evidence.spooler) {
        found.reaches_intake = evidence.spooler->reaches_intake;
        found.uplink_cause = evidence.spooler->uplink_cause;
        found.balance_holds = evidence.spooler->balance_holds;
    }
    return found;
}

}  // namespace update
