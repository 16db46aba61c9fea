#include "kiosk/spooler/protocol_carry.hpp"

#include "drivers/base/whole_number.hpp"
#include "kiosk/carry/receipts.hpp"
#include "kiosk/crypto/base64.hpp"
#include "kiosk/spooler/protocol_json.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace spooler {
namespace {

using nlohmann::json;

constexpr std::size_t most_receipts_at_once = 24;
constexpr std::size_t most_numbers_at_once = 1024;

std::optional<std::int64_t> number(json const& value) {
    return base::whole_number(value, std::numeric_limits<std::int64_t>::max());
}

std::optional<std::int64_t> number_in(json const& object, char const* key) {
    auto const found = object.find(key);
    return found == object.end() ? std::nullopt : number(*found);
}

// Each member of an array through `read`; nothing unless all are of its kind and there are from 1
// to `most`.
template <class Read>
auto list_in(json const& object, char const* key, std::size_t most, Read const& read)
    -> std::optional<std::vector<typename decltype(read(object))::value_type>> {
    std::vector<typename decltype(read(object))::value_type> list;
    auto const found = object.find(key);
    if (found == object.end() || !found->is_array() || found->empty() || found->size() > most)
        return std::nullopt;
    for (auto const& member : *found) {
        auto value = read(member);
        if (!value) return std::nullopt;
        list.push_back(std::move(*value));
    }
    return list;
}

std::optional<std::string> a_text(json const& value) {
    if (!value.is_string()) return std::nullopt;
    return value.get<std::string>();
}

std::optional<crypto::Uuid> an_id(json const& value) {
    auto const text = a_text(value);
    auto const id = crypto::Uuid::parse(text.value_or(""));
    if (!id) return std::nullopt;
    return *id;
}

auto ids_in(json const& object) { return list_in(object, "ids", carry::most_requests, an_id); }

json wrong_ids() { return bad_request("ids: must be 1 to 256 UUIDs in lower case"); }

json do_begin(Spooler& spooler, json const& /*object*/) {
    return {{"ok", true}, {"kiosk", spooler.kiosk()}};
}

json do_export_next(Spooler& spooler, json const& object) {
    auto const after = number_in(object, "after");
    if (!after) return bad_request("after: must be a whole number");
    auto const parked = object.find("parked");
    if (parked != object.end() && !parked->is_boolean())
        return bad_request("parked: must be true or false");
    auto const next = spooler.export_next(*after, parked != object.end() && parked->get<bool>()
                                                      ? Exports::Wanted::parked_too
                                                      : Exports::Wanted::waiting);
    if (!next) return refusal(next.error());
    if (!*next) return {{"ok", true}, {"seq", nullptr}};
    auto const& parcel = **next;
    return {{"ok", true},
            {"seq", parcel.seq},
            {"id", parcel.id.text()},
            {"sealed", crypto::to_base64(parcel.sealed)}};
}

json do_export_sign(Spooler& spooler, json const& object) {
    auto const ids = ids_in(object);
    if (!ids) return wrong_ids();
    auto const bundle = spooler.export_sign(*ids);
    if (!bundle) return refusal(bundle.error());
    if (!*bundle) return {{"ok", true}, {"bundle", nullptr}};
    return {{"ok", true},
            {"bundle", (*bundle)->number},
            {"requests", (*bundle)->requests},
            {"manifest", (*bundle)->manifest}};
}

json do_export_done(Spooler& spooler, json const& object) {
    auto const ids = ids_in(object);
    if (!ids) return wrong_ids();
    auto const done = spooler.export_done(*ids);
    return done ? ok() : refusal(done.error());
}

json do_import_receipts(Spooler& spooler, json const& object) {
    auto const receipts = list_in(object, "receipts", most_receipts_at_once, a_text);
    if (!receipts) return bad_request("receipts: must be 1 to 24 texts");
    auto const imported = spooler.import_receipts(*receipts);
    if (!imported) return refusal(imported.error());
    return {{"ok", true},
            {"settled", imported->settled},
            {"before", imported->before},
            {"unknown", imported->unknown},
            {"refused", imported->refused}};
}

json do_import_bundle(Spooler& spooler, json const& object) {
    auto const manifest = text(object, "manifest");
    if (!manifest) return bad_request("manifest: must be a text");
    auto const bundle = spooler.import_bundle(*manifest);
    if (!bundle) return refusal(bundle.error());
    auto requests = json::array();
    for (auto const& request : (*bundle)->requests)
        requests.push_back({{"id", request.id.text()},
                            {"sha256", base::to_hex(request.sha256)},
                            {"size", request.size}});
    return {{"ok", true},
            {"kiosk", (*bundle)->kiosk},
            {"bundle", (*bundle)->bundle},
            {"requests", std::move(requests)}};
}

json do_import_request(Spooler& spooler, json const& object) {
    auto const kiosk = text(object, "kiosk");
    auto const bundle = number_in(object, "bundle");
    auto const id = id_in(object);
    auto const sealed = crypto::from_base64(text(object, "sealed").value_or(""));
    if (!kiosk || !bundle || !id || !sealed)
        return bad_request("kiosk, bundle, id and sealed: must be those of a bundle");
    auto const taken = spooler.import_request(*kiosk, *bundle, *id, *sealed);
    if (!taken) return refusal(taken.error());
    return {{"ok", true}, {"replay", *taken == Carried::Taken::before}};
}

json do_returns_next(Spooler& spooler, json const& object) {
    auto const after = number_in(object, "after");
    if (!after) return bad_request("after: must be a whole number");
    auto const next = spooler.returns_next(*after);
    if (!next) return refusal(next.error());
    if (!*next) return {{"ok", true}, {"number", nullptr}};
    auto const& found = **next;
    return {{"ok", true},
            {"number", found.number},
            {"kiosk", found.kiosk},
            {"bundle", found.bundle},
            {"receipt", found.receipt}};
}

json do_returns_done(Spooler& spooler, json const& object) {
    auto const numbers = list_in(object, "numbers", most_numbers_at_once, number);
    if (!numbers) return bad_request("numbers: must be 1 to 1024 whole numbers");
    auto const done = spooler.returns_done(*numbers);
    return done ? ok() : refusal(done.error());
}

struct Question {
    std::string_view word;
    json (*answer)(Spooler&, json const&);
};
constexpr std::array questions{
    Question{"carry_begin", do_begin},
    Question{"export_next", do_export_next},
    Question{"export_sign", do_export_sign},
    Question{"export_done", do_export_done},
    Question{"import_receipts", do_import_receipts},
    Question{"import_bundle", do_import_bundle},
    Question{"import_request", do_import_request},
    Question{"returns_next", do_returns_next},
    Question{"returns_done", do_returns_done},
};

}  // namespace

bool is_about_carrying(std::string_view wanted) {
    return std::ranges::find(questions, wanted, &Question::word) != questions.end();
}

json answer_about_carrying(Spooler& spooler, std::string_view wanted, json const& object) {
    auto const found = std::ranges::find(questions, wanted, &Question::word);
    return found == questions.end() ? bad_request("do: unknown") : found->answer(spooler, object);
}

}  // namespace spooler
