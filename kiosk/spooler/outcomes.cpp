#include "kiosk/spooler/outcomes.hpp"

#include <nlohmann/json.hpp>

namespace spooler {
namespace {

using base::Errc;
using base::failure;
using nlohmann::json;

constexpr std::size_t longest_class = 32;
// In the ledger, beside how sessions ended: an older program passes over names it does not know.
constexpr std::string_view ledger_prefix = "dmp_";
constexpr std::string_view position_name = "outcomes";

base::Result<OutcomePage::Told> told_from(json const& one) {
    auto const id = crypto::Uuid::parse(one.at("id").get<std::string>());
    auto const outcome = dmp_outcome_named(one.at("outcome").get<std::string>());
    auto const refusal_class = one.value("class", std::string{});
    if (!id || !outcome || refusal_class.size() > longest_class)
        return failure(Errc::malformed, "outcomes: one of them is unknown");
    return OutcomePage::Told{*id, *outcome, refusal_class};
}

std::string ledger_name(DmpOutcome outcome) {
    return std::string{ledger_prefix} + std::string{name(outcome)};
}

void add(DmpCounts& counts, Row const& row) {
    auto const kind = row.text(0);
    if (!kind.starts_with(ledger_prefix)) return;
    if (auto const outcome = dmp_outcome_named(kind.substr(ledger_prefix.size())))
        counts.told[static_cast<std::size_t>(*outcome)] += row.integer(1);
}

}  // namespace

std::string_view name(DmpOutcome outcome) {
    switch (outcome) {
    case DmpOutcome::created: return "created";
    case DmpOutcome::already_open: return "already_open";
    case DmpOutcome::closed_earlier: return "closed_earlier";
    case DmpOutcome::refused: return "refused";
    }
    return "unknown";
}

std::optional<DmpOutcome> dmp_outcome_named(std::string_view wanted) {
    for (auto outcome : dmp_outcomes)
        if (name(outcome) == wanted) return outcome;
    return std::nullopt;
}

base::Result<OutcomePage> outcome_page(std::string_view payload, std::string_view kiosk,
                                       std::int64_t after) {
    auto const wrong = [](std::string_view what) {
        return failure(Errc::not_authentic, "outcomes: " + std::string{what});
    };
    auto const content = json::parse(payload, nullptr, false);
    try {
        if (!content.is_object() || content.value("typ", json{}) != "outcomes")
            return wrong("a signed word of another kind");
        if (content.at("v") != 1) return wrong("unknown version");
        if (content.at("kiosk") != kiosk) return wrong("of another kiosk");
        if (content.at("after") != after) return wrong("an answer to another question");
        OutcomePage page{content.at("next"), content.at("more"), {}};
        for (auto const& one : content.at("outcomes")) {
            auto told = told_from(one);
            if (!told) return failure(told.error());
            page.told.push_back(std::move(*told));
        }
        // Asking for more from the same place would go on for ever.
        if (page.next < after || (page.more && page.next == after))
            return wrong("the position does not advance");
        return page;
    } catch (json::exception const&) {
        return wrong("incomplete");
    }
}

base::Result<std::int64_t> Outcomes::position() {
    auto const value =
        database_->number("SELECT value FROM counter WHERE name = ?", {position_name});
    if (!value) return failure(value.error());
    return value->value_or(0);
}

base::Result<void> Outcomes::keep(OutcomePage const& page) {
    return database_->transaction([&]() -> base::Result<void> {
        for (auto const& [id, outcome, refusal_class] : page.told) {
            auto words = std::string{name(outcome)};
            if (!refusal_class.empty()) words += " (" + refusal_class + ")";
            std::string day;
            auto const noted = database_->each(
                "UPDATE outbox SET outcome = ? WHERE id = ? AND outcome IS NULL "
                "RETURNING day",
                {std::string_view{words}, id.bytes()}, [&](Row const& row) { day = row.text(0); });
            if (!noted) return noted;
            if (day.empty()) continue;  // counted before, or purged
            auto const counted =
                database_->run("INSERT INTO ledger (day, outcome, count) VALUES (?, ?, 1) "
                               "ON CONFLICT (day, outcome) DO UPDATE SET count = count + 1",
                               {std::string_view{day}, std::string_view{ledger_name(outcome)}});
            if (!counted) return failure(counted.error());
        }
        auto const moved = database_->run("INSERT INTO counter (name, value) VALUES (?1, ?2) "
                                          "ON CONFLICT (name) DO UPDATE SET value = ?2",
                                          {position_name, page.next});
        if (!moved) return failure(moved.error());
        return {};
    });
}

base::Result<std::int64_t> Outcomes::awaited() {
    auto const count =
        database_->number("SELECT count(*) FROM outbox WHERE state = 1 AND outcome IS NULL");
    if (!count) return failure(count.error());
    return count->value_or(0);
}

base::Result<DmpCounts> Outcomes::of(std::string_view day) {
    DmpCounts counts;
    auto read = database_->each("SELECT outcome, count FROM ledger WHERE day = ?", {day},
                                [&](Row const& row) { add(counts, row); });
    if (!read) return failure(read.error());
    return counts;
}

base::Result<DmpCounts> Outcomes::of_all_days() {
    DmpCounts counts;
    auto read = database_->each("SELECT outcome, sum(count) FROM ledger GROUP BY outcome", {},
                                [&](Row const& row) { add(counts, row); });
    if (!read) return failure(read.error());
    return counts;
}

}  // namespace spooler
