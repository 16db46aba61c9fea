#include "kiosk/intake/admin.hpp"

#include "drivers/base/whole_number.hpp"
#include "kiosk/config/machine_name.hpp"
#include "kiosk/crypto/base64.hpp"
#include "kiosk/intake/rules.hpp"

#include <algorithm>
#include <limits>

#include <nlohmann/json.hpp>

namespace intake {
namespace {

using base::Errc;
using base::failure;
using Json = nlohmann::ordered_json;

constexpr std::int64_t longest_page = 500;
constexpr std::int64_t largest_position = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t most_told = 30;  // so that the longest classes fit into a line of 4 KiB
constexpr std::chrono::seconds patience{10};

Json to_json(Entry const& entry) {
    return {{"position", entry.position}, {"id", entry.id.text()},
            {"kiosk", entry.kiosk},       {"sha256", base::to_hex(entry.sha256)},
            {"size", entry.size},         {"received_at", entry.received_at}};
}

// Throws what nlohmann throws; only called inside ask().
Entry entry_from(Json const& json) {
    auto const id = crypto::Uuid::parse(json.at("id").get<std::string>());
    auto const hash = base::from_hex(json.at("sha256").get<std::string>());
    Entry entry{json.at("position"), id.value_or(crypto::Uuid{}), json.at("kiosk"), {},
                json.at("size"),     json.at("received_at")};
    if (!id || !hash || hash->size() != entry.sha256.size())
        throw std::invalid_argument("id or hash");
    std::ranges::copy(*hash, entry.sha256.begin());
    return entry;
}

Json failed(base::Error const& error) {
    return {{"ok", false}, {"error", base::name(error.code)}, {"detail", error.detail}};
}

Json list_answer(StoreReader& store, Json const& asked) {
    auto const after = base::whole_number(asked, "after", largest_position, 0);
    auto const most = base::whole_number(asked, "most", largest_position, longest_page);
    if (!after || !most)
        return failed({Errc::protocol_violated, "after and most are whole numbers"});
    auto const entries =
        store.list(*after, static_cast<std::size_t>(std::min(*most, longest_page)));
    if (!entries) return failed(entries.error());
    auto listed = Json::array();
    for (auto const& entry : *entries)
        listed.push_back(to_json(entry));
    return {{"ok", true}, {"entries", std::move(listed)}};
}

Json fetch_answer(StoreReader& store, Json const& asked) {
    auto const id = crypto::Uuid::parse(asked.value("id", std::string{}));
    if (!id) return failed(id.error());
    auto const stored = store.fetch(*id);
    if (!stored) return failed(stored.error());
    return {{"ok", true},
            {"entry", to_json(stored->entry)},
            {"sealed", crypto::to_base64(stored->sealed)}};
}

Json told_answer(base::Result<Told> const& told) {
    if (!told) return failed(told.error());
    return {{"ok", true}, {"new", *told == Told::now}};
}

Json tell_answer(StoreReader& store, Json const& asked) {
    std::vector<DmpOutcome> outcomes;
    for (auto const& one : asked.at("outcomes")) {
        auto outcome =
            dmp_outcome(one.at("id").get<std::string>(), one.at("outcome").get<std::string>(),
                        one.at("class").get<std::string>());
        if (!outcome) return failed(outcome.error());
        outcomes.push_back(std::move(*outcome));
    }
    auto told = Json::array();
    for (auto const& one : store.tell(outcomes))
        told.push_back(told_answer(one));
    return {{"ok", true}, {"told", std::move(told)}};
}

Json audit_head_answer(StoreReader& store) {
    auto const head = store.audit_head();
    if (!head) return failed(head.error());
    return {{"ok", true}, {"head", *head ? Json((*head)->text()) : Json(nullptr)}};
}

base::Error error_from(Json const& answer) {
    for (auto const code : {Errc::file_missing, Errc::conflict})
        if (answer.at("error") == base::name(code)) return {code, answer.at("detail")};
    return {Errc::storage_failed, answer.at("detail")};
}

Json deposit_answer(Store& store, ReceiptSigner const& signer, Json const& asked) {
    auto const kiosk = asked.value("kiosk", std::string{});
    auto const id = crypto::Uuid::parse(asked.value("id", std::string{}));
    auto sealed = crypto::from_base64(asked.value("sealed", std::string{}));
    if (!config::is_machine_name(kiosk) || !id || !sealed || sealed->empty() ||
        sealed->size() > largest_body)
        return failed({Errc::malformed, "not a request to keep"});
    auto const deposited = deposit(store, signer, kiosk, *id, std::move(*sealed));
    if (!deposited) return failed(deposited.error());
    return {{"ok", true}, {"receipt", deposited->receipt}, {"replay", deposited->replay}};
}

// One question; `read` makes the answer a value. An answer we cannot read is a broken protocol.
template <class Read>
auto ask(base::LineClient& line, Json const& question, Read read)
    -> base::Result<decltype(read(question))> {
    auto const text = line.ask(question.dump(), patience);
    if (!text) return failure(text.error());
    try {
        auto const answer = Json::parse(*text);
        if (answer.at("ok").get<bool>()) return read(answer);
        return failure(error_from(answer));
    } catch (std::exception const&) {
        return failure(Errc::protocol_violated, "the server's answer cannot be read");
    }
}

}  // namespace

std::string answer_admin(Store& store, ReceiptSigner const& signer, std::string_view line) {
    auto const refused =
        failed({Errc::protocol_violated, "ask list, fetch, tell, audit_head or deposit"}).dump();
    try {
        auto const asked = Json::parse(line);
        auto const what = asked.at("do").get<std::string>();
        if (what == "list") return list_answer(store, asked).dump();
        if (what == "fetch") return fetch_answer(store, asked).dump();
        if (what == "tell") return tell_answer(store, asked).dump();
        if (what == "audit_head") return audit_head_answer(store).dump();
        if (what == "deposit") return deposit_answer(store, signer, asked).dump();
        return refused;
    } catch (Json::exception const&) {
        return refused;
    }
}

base::Result<std::unique_ptr<AdminClient>>
AdminClient::connect(std::filesystem::path const& socket) {
    auto line = base::LineClient::connect(socket);
    if (!line) return failure(line.error());
    return std::unique_ptr<AdminClient>{new AdminClient{std::move(*line)}};
}

base::Result<std::vector<Entry>> AdminClient::list(std::int64_t after, std::size_t most) {
    return ask(line_, {{"do", "list"}, {"after", after}, {"most", most}}, [](Json const& answer) {
        std::vector<Entry> entries;
        for (auto const& entry : answer.at("entries"))
            entries.push_back(entry_from(entry));
        return entries;
    });
}

base::Result<StoredRequest> AdminClient::fetch(crypto::Uuid const& id) {
    auto stored = ask(line_, {{"do", "fetch"}, {"id", id.text()}}, [](Json const& answer) {
        auto sealed = crypto::from_base64(answer.at("sealed").get<std::string>());
        if (!sealed) throw std::invalid_argument("sealed");
        return StoredRequest{entry_from(answer.at("entry")), std::move(*sealed)};
    });
    if (stored &&
        (stored->entry.id != id || crypto::sha256(stored->sealed) != stored->entry.sha256))
        return failure(Errc::protocol_violated, "the server answered with another request");
    return stored;
}

std::vector<base::Result<Told>> AdminClient::tell(std::span<DmpOutcome const> outcomes) {
    std::vector<base::Result<Told>> all;
    while (all.size() < outcomes.size()) {
        auto const page =
            outcomes.subspan(all.size(), std::min(most_told, outcomes.size() - all.size()));
        auto words = Json::array();
        for (auto const& one : page)
            words.push_back(
                {{"id", one.id.text()}, {"outcome", name(one.kind)}, {"class", one.refusal_class}});
        auto told =
            ask(line_, {{"do", "tell"}, {"outcomes", std::move(words)}}, [&](Json const& answer) {
                std::vector<base::Result<Told>> read;
                for (auto const& one : answer.at("told")) {
                    if (!one.at("ok").get<bool>())
                        read.push_back(failure(error_from(one)));
                    else
                        read.emplace_back(one.at("new").get<bool>() ? Told::now : Told::before);
                }
                if (read.size() != page.size()) throw std::invalid_argument("told");
                return read;
            });
        if (!told) told = std::vector<base::Result<Told>>(page.size(), failure(told.error()));
        all.insert(all.end(), told->begin(), told->end());
    }
    return all;
}

base::Result<std::optional<AuditHead>> AdminClient::audit_head() {
    return ask(line_, {{"do", "audit_head"}}, [](Json const& answer) -> std::optional<AuditHead> {
        if (answer.at("head").is_null()) return std::nullopt;
        auto const head = AuditHead::parse(answer.at("head").get<std::string>());
        if (!head) throw std::invalid_argument("head");
        return *head;
    });
}

base::Result<Deposited> AdminClient::deposit(std::string const& kiosk, crypto::Uuid const& id,
                                             base::Bytes const& sealed) {
    return ask(line_,
               {{"do", "deposit"},
                {"kiosk", kiosk},
                {"id", id.text()},
                {"sealed", crypto::to_base64(sealed)}},
               [](Json const& answer) {
                   return Deposited{answer.at("receipt"), answer.at("replay")};
               });
}

}  // namespace intake
