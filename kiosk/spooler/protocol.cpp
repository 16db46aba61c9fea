#include "kiosk/spooler/protocol.hpp"

#include "drivers/base/whole_number.hpp"
#include "kiosk/crypto/base64.hpp"
#include "kiosk/spooler/protocol_carry.hpp"
#include "kiosk/spooler/protocol_json.hpp"

#include <unistd.h>

namespace spooler {
namespace {

using nlohmann::json;

bool is_kind(std::string const& kind) {
    return !kind.empty() && kind.size() <= 32 &&
           kind.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
}

// The request, or what is wrong with it.
tl::expected<SealedRequest, std::string> sealed_request(json const& object) {
    auto const wrong = [](char const* what) { return tl::unexpected<std::string>(what); };
    auto const id = id_in(object);
    if (!id) return wrong("id: must be a UUID in lower case");
    auto kind = text(object, "kind");
    if (!kind || !is_kind(*kind)) return wrong("kind: must be a word such as creation");
    auto const key_id = base::from_hex(text(object, "key_id").value_or(""));
    if (!key_id || key_id->empty() || key_id->size() > 64)
        return wrong("key_id: must be 1 to 64 bytes in hexadecimal");
    auto const hash = base::from_hex(text(object, "sha256").value_or(""));
    if (!hash || hash->size() != 32) return wrong("sha256: must be 32 bytes in hexadecimal");
    auto sealed = crypto::from_base64(text(object, "sealed").value_or(""));
    if (!sealed || sealed->empty() || sealed->size() > Outbox::largest_body)
        return wrong("sealed: must be 1 to 65536 bytes in base64");
    auto const computed = crypto::sha256(*sealed);
    if (!std::equal(computed.begin(), computed.end(), hash->begin()))
        return wrong("sha256: is not the hash of sealed");
    return SealedRequest{*id, std::move(*kind), *key_id, computed, std::move(*sealed)};
}

json day_json(std::optional<OpenDay> const& day) {
    if (!day)
        return {
            {"open", false}, {"author", nullptr}, {"opened_at", nullptr}, {"closes_at", nullptr}};
    return {{"open", true},
            {"author", day->author},
            {"opened_at", timestamp(day->opened_at)},
            {"closes_at", timestamp(day->closes_at)}};
}

json reason_json(std::optional<Availability::Reason> reason) {
    if (!reason) return nullptr;
    switch (*reason) {
    case Availability::Reason::full: return "full";
    case Availability::Reason::too_old: return "too_old";
    case Availability::Reason::damaged: return "damaged";
    }
    return nullptr;
}

json ledger_json(std::string const& day, DayLedger const& of_day) {
    json ledger{{"day", day}, {"started", of_day.started}, {"running", of_day.running}};
    for (auto outcome : outcomes)
        ledger[std::string{name(outcome)}] = of_day.count(outcome);
    return ledger;
}

json dmp_json(DmpCounts const& counts) {
    json told;
    for (auto outcome : dmp_outcomes)
        told[std::string{name(outcome)}] = counts.count(outcome);
    return told;
}

json counts_json(Counts const& counts) {
    return {{"recorded", counts.all()},      {"waiting", counts.ready},
            {"receipted", counts.receipted}, {"parked", counts.parked},
            {"exported", counts.exported},   {"cancelled", counts.cancelled}};
}

json balance_json(Balance const& balance) {
    return {{"recorded", balance.recorded},
            {"purged", balance.purged},
            {"damaged", balance.damaged},
            {"balanced", balance.balanced()}};
}

json uplink_json(Status const& status) {
    json uplink{
        {"state", name(status.uplink)}, {"last_success", nullptr}, {"next_try_s", nullptr},
        {"last_error", nullptr},        {"cause", nullptr},        {"unproven", status.unproven}};
    if (status.last_success) uplink["last_success"] = timestamp(*status.last_success);
    if (status.next_try)
        uplink["next_try_s"] = std::chrono::ceil<std::chrono::seconds>(*status.next_try).count();
    if (!status.last_error.empty()) uplink["last_error"] = status.last_error;
    if (status.cause) uplink["cause"] = name(*status.cause);
    return uplink;
}

json status_json(Status const& status) {
    auto const& oldest = status.waiting.oldest;
    return {{"ok", true},
            {"waiting", status.waiting.count},
            {"oldest_seconds", oldest ? json(oldest->age.count()) : json(nullptr)},
            {"oldest_exact", oldest ? json(oldest->exact) : json(nullptr)},
            {"oldest_day", oldest ? json(oldest->day) : json(nullptr)},
            {"waiting_too_long", status.waiting_too_long},
            {"parked", status.counts.parked},
            {"conflicts", status.conflicts},
            {"exported", status.counts.exported},
            {"cancelled", status.counts.cancelled},
            {"receipted", status.counts.receipted},
            {"receipted_today", status.receipted_today},
            {"damaged", status.losses.lost},
            {"damaged_countable", status.losses.countable},
            {"restoring", status.salvaging},
            {"used_percent", status.percent_used},
            {"accepts", !status.availability.reason},
            {"reason", reason_json(status.availability.reason)},
            {"day", day_json(status.availability.day)},
            {"balance", balance_json(status.balance)},
            {"uplink", uplink_json(status)},
            {"ledger", ledger_json(status.today, status.ledger)},
            {"requests_today", counts_json(status.requests_of_today)},
            {"dmp", dmp_json(status.dmp)},
            {"outcomes_awaited", status.outcomes_awaited},
            {"carried",
             {{"waiting", status.carried.waiting},
              {"to_return", status.carried.to_return},
              {"refused", status.carried.refused}}}};
}

json do_enqueue(Spooler& spooler, json const& object) {
    auto const request = sealed_request(object);
    if (!request) return bad_request(request.error());
    auto const enqueued = spooler.enqueue(*request);
    if (!enqueued) return refusal(enqueued.error());
    return {{"ok", true}, {"state", "recorded"}, {"replay", *enqueued == Outbox::Enqueued::before}};
}

json do_ask(Spooler& spooler, json const& object) {
    auto const id = id_in(object);
    if (!id) return bad_request("id: must be a UUID in lower case");
    auto const state = spooler.find(*id);
    if (!state) return refusal(state.error());
    return {{"ok", true}, {"state", *state ? name(**state) : "unknown"}};
}

json do_withdraw(Spooler& spooler, json const& object) {
    auto const reference = text(object, "reference");
    if (!reference) return bad_request("reference: must be a text");
    auto const withdrawn = spooler.withdraw(*reference);
    if (!withdrawn) return refusal(withdrawn.error());
    switch (withdrawn->result) {
    case Withdrawal::Result::cancelled: return {{"ok", true}, {"state", "cancelled"}};
    case Withdrawal::Result::unknown: return {{"ok", true}, {"state", "unknown"}};
    case Withdrawal::Result::may_have_left: break;
    }
    return {{"ok", true}, {"state", "left"}, {"id", withdrawn->id->text()}};
}

json do_session_started(Spooler& spooler, base::Result<base::Peer> const& peer) {
    auto const session = spooler.session_started(peer ? peer->process : 0);
    if (!session) return refusal(session.error());
    return {{"ok", true}, {"session", *session}};
}

json do_session_ended(Spooler& spooler, json const& object) {
    auto const session = object.find("session");
    if (session == object.end() || !session->is_number_integer())
        return bad_request("session: must be a whole number");
    auto const outcome = outcome_named(text(object, "outcome").value_or(""));
    // Interrupted is what is found out, not what is told.
    if (!outcome || *outcome == Outcome::interrupted) return bad_request("outcome: unknown");
    auto const ended = spooler.session_ended(session->get<std::int64_t>(), *outcome);
    return ended ? ok() : refusal(ended.error());
}

json do_status(Spooler& spooler) {
    auto const status = spooler.status();
    return status ? status_json(*status) : refusal(status.error());
}

json do_open_day(Spooler& spooler, json const& object) {
    auto const author = text(object, "as");
    if (!author) return bad_request("as: must be the id of an author");
    auto const day = spooler.open_day(*author);
    if (!day) return refusal(day.error());
    return {{"ok", true}, {"day", day_json(*day)}};
}

json do_close_day(Spooler& spooler) {
    auto const closed = spooler.close_day();
    return closed ? ok() : refusal(closed.error());
}

json do_ledger(Spooler& spooler, json const& object) {
    auto const days = base::whole_number(object, "days", 366, 0);
    if (!days || *days == 0) return bad_request("days: must be a whole number from 1 to 366");
    auto const ledgers = spooler.ledgers(static_cast<int>(*days));
    if (!ledgers) return refusal(ledgers.error());
    auto answer = ok();
    for (auto const& [day, ledger, dmp] : *ledgers) {
        answer["days"].push_back(ledger_json(day, ledger));
        answer["days"].back()["dmp"] = dmp_json(dmp);
    }
    return answer;
}

bool is_staff(base::Result<base::Peer> const& peer) {
    return peer && (peer->user == ::geteuid() || peer->user == 0);
}

json answer_to(Spooler& spooler, json const& object, base::Result<base::Peer> const& peer) {
    auto const wanted = text(object, "do").value_or("");
    if (wanted == "enqueue") return do_enqueue(spooler, object);
    if (wanted == "ask") return do_ask(spooler, object);
    if (wanted == "withdraw") return do_withdraw(spooler, object);
    if (wanted == "session_started") return do_session_started(spooler, peer);
    if (wanted == "session_ended") return do_session_ended(spooler, object);
    if (wanted == "status" || wanted == "watch") return do_status(spooler);
    if (wanted == "open_day" || wanted == "close_day" || wanted == "retry_now" ||
        wanted == "ledger") {
        if (!is_staff(peer)) return refusal({Refusal::refused, "only for this user and root"});
        if (wanted == "open_day") return do_open_day(spooler, object);
        if (wanted == "close_day") return do_close_day(spooler);
        if (wanted == "ledger") return do_ledger(spooler, object);
        spooler.retry_now();
        return ok();
    }
    if (is_about_carrying(wanted)) {
        if (!is_staff(peer)) return refusal({Refusal::refused, "only for this user and root"});
        return answer_about_carrying(spooler, wanted, object);
    }
    return bad_request("do: unknown");
}

std::string line_of(json const& answer) {
    return answer.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

Reply reply_to(Spooler& spooler, std::string_view line, base::Result<base::Peer> const& peer) {
    auto const object = json::parse(line, nullptr, false);
    if (!object.is_object()) return {line_of(bad_request("not a JSON object"))};
    return {line_of(answer_to(spooler, object, peer)), text(object, "do") == "watch"};
}

std::string event_line(Availability const& availability) {
    return line_of({{"event", "status"},
                    {"accepts", !availability.reason},
                    {"reason", reason_json(availability.reason)},
                    {"day", day_json(availability.day)}});
}

}  // namespace spooler
