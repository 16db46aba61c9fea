#include "drivers/simulator/control.hpp"

#include "drivers/base/whole_number.hpp"

#include <limits>

#include <nlohmann/json.hpp>

namespace simulator {
namespace {

using nlohmann::json;

json refusal(std::string_view error, std::string detail) {
    return {{"ok", false}, {"error", error}, {"detail", std::move(detail)}};
}

json bad_request(std::string detail) { return refusal("bad_request", std::move(detail)); }

std::string text_of(json const& request, char const* key) {
    auto const found = request.find(key);
    return found != request.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::optional<std::uint32_t> number_of(json const& request, char const* key, std::uint32_t absent) {
    auto const number =
        base::whole_number(request, key, std::numeric_limits<std::int32_t>::max(), absent);
    return number ? std::optional{static_cast<std::uint32_t>(*number)} : std::nullopt;
}

std::optional<std::uint32_t> fault_value(json const& request, Fault::Kind kind) {
    switch (kind) {
    case Fault::Kind::status: {
        auto const bytes = base::from_hex(text_of(request, "value"));
        if (!bytes || bytes->size() != 2) return std::nullopt;
        return static_cast<std::uint32_t>((*bytes)[0] << 8 | (*bytes)[1]);
    }
    case Fault::Kind::truncate: return number_of(request, "value", 1);
    case Fault::Kind::remove:
    case Fault::Kind::delay:
    case Fault::Kind::silence:
    case Fault::Kind::garbage: return number_of(request, "value", 0);
    }
    return std::nullopt;
}

json order_fault(Slot& slot, json const& request) {
    auto const name = text_of(request, "kind");
    if (name == "none") {
        slot.order(std::nullopt);
        return {{"ok", true}};
    }
    auto const kind = fault_kind(name);
    if (!kind)
        return bad_request("kind: one of remove, status, delay, silence, garbage, truncate, none");
    auto const after = number_of(request, "after_apdus", 0);
    auto const times = number_of(request, "times", 1);
    auto const value = fault_value(request, *kind);
    if (!after) return bad_request("after_apdus: a whole number, 0 or more");
    if (!times) return bad_request("times: a whole number, 0 or more");
    if (!value)
        return bad_request(*kind == Fault::Kind::status ? "value: a status word, as \"6F00\""
                                                        : "value: a whole number, 0 or more");
    slot.order(Fault{*kind, *after, *value, *times});
    return {{"ok", true}};
}

json describe(Slot::State const& state) {
    return {{"ok", true},
            {"inserted", state.inserted},
            {"profile", state.profile},
            {"turned", state.turned},
            {"connected", state.connected},
            {"apdus", state.apdus},
            {"resets", state.resets}};
}

std::string_view name(Kind kind) {
    switch (kind) {
    case Kind::vitale_2: return "vitale_2";
    case Kind::vitale_1: return "vitale_1";
    case Kind::other: return "other";
    }
    return "";
}

json list(std::vector<Profile> const& profiles) {
    json entries = json::array();
    for (auto const& profile : profiles)
        entries.push_back({{"id", profile.id},
                           {"title", profile.title},
                           {"tests", profile.tests},
                           {"kind", name(profile.kind)}});
    return {{"ok", true}, {"profiles", entries}};
}

json put_in(Slot& slot, Catalogue const& catalogue, json const& request, bool swap,
            Slot::Clock::time_point now) {
    auto const id = text_of(request, "profile");
    auto const profile = catalogue.find(id);
    if (!profile && profile.error().code == base::Errc::file_missing)
        return refusal("unknown_profile", id);
    if (!profile) return refusal("bad_profile", profile.error().detail);
    if (!swap && slot.inserted())
        return refusal("card_inserted", "swap replaces the card, remove takes it out");
    if (swap && !slot.inserted()) return refusal("no_card", "insert puts one in");
    slot.insert(*profile, now);
    return {{"ok", true}};
}

json set_today(Catalogue& catalogue, json const& request) {
    if (!request.contains("date")) {
        catalogue.set_today(std::nullopt);
        return {{"ok", true}};
    }
    auto const day = parse_day(text_of(request, "date"));
    if (!day) return bad_request("date: a day, as \"2019-06-17\"; absent: the local day");
    catalogue.set_today(day);
    return {{"ok", true}};
}

json perform(Slot& slot, Catalogue& catalogue, json const& request, Slot::Clock::time_point now) {
    if (!request.is_object()) return bad_request("one JSON object a line");
    auto const what = text_of(request, "do");
    if (what == "insert" || what == "swap")
        return put_in(slot, catalogue, request, what == "swap", now);
    if (what == "remove" || what == "turn") {
        if (!slot.inserted()) return refusal("no_card", "no card is in the slot");
        if (what == "turn")
            slot.turn(now);
        else
            slot.remove(now);
        return {{"ok", true}};
    }
    if (what == "fault") return order_fault(slot, request);
    if (what == "today") return set_today(catalogue, request);
    if (what == "state") return describe(slot.state());
    if (what == "profiles") return list(catalogue.profiles());
    return bad_request("do: one of insert, remove, swap, turn, fault, today, state, profiles");
}

}  // namespace

std::string Control::answer(std::string_view line, Slot::Clock::time_point now) {
    auto const request = json::parse(line, nullptr, false);
    auto const reply = perform(slot_, catalogue_, request, now);
    // What a client wrote may come back in a detail, so it may be no UTF-8.
    return reply.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace simulator
