#include "kiosk/intake/admin.hpp"

#include "kiosk/crypto/base64.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace intake {
namespace {

using base::Errc;
using base::failure;
using Json = nlohmann::ordered_json;

constexpr std::size_t longest_page = 500;
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
    auto const after = asked.value("after", std::int64_t{0});
    auto const most = std::min(asked.value("most", longest_page), longest_page);
    auto const entries = store.list(after, most);
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

// One question; `read` makes the answer a value. An answer we cannot read is a broken protocol.
template <class Read>
auto ask(base::LineClient& line, Json const& question, Read read)
    -> base::Result<decltype(read(question))> {
    auto const text = line.ask(question.dump(), patience);
    if (!text) return failure(text.error());
    try {
        auto const answer = Json::parse(*text);
        if (answer.at("ok").get<bool>()) return read(answer);
        auto const missing = answer.at("error") == base::name(Errc::file_missing);
        return failure(missing ? Errc::file_missing : Errc::storage_failed, answer.at("detail"));
    } catch (std::exception const&) {
        return failure(Errc::protocol_violated, "the server's answer cannot be read");
    }
}

}  // namespace

std::string answer_admin(StoreReader& store, std::string_view line) {
    auto const refused = failed({Errc::protocol_violated, "ask list or fetch"}).dump();
    try {
        auto const asked = Json::parse(line);
        auto const what = asked.at("do").get<std::string>();
        if (what == "list") return list_answer(store, asked).dump();
        if (what == "fetch") return fetch_answer(store, asked).dump();
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

}  // namespace intake
