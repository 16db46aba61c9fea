#include "kiosk/intake/reading.hpp"

#include "kiosk/intake/admin.hpp"
#include "kiosk/intake/sqlite_store.hpp"

namespace intake {
namespace {

constexpr std::size_t page = 500;

}  // namespace

base::Result<std::unique_ptr<StoreReader>> open_reader(Settings const& settings) {
    if (auto client = AdminClient::connect(settings.admin_socket))
        return std::unique_ptr<StoreReader>{std::move(*client)};
    std::error_code code;
    if (!std::filesystem::exists(settings.database, code)) {
        auto const reason = code ? code.message() : "no such file";
        return base::failure(
            setting_error(settings, "store.database", settings.database.native() + ": " + reason));
    }
    auto store = SqliteStore::open(settings.database, settings.quota_mib);
    if (!store)
        return base::failure(setting_error(settings, "store.database", store.error().detail));
    return std::unique_ptr<StoreReader>{std::move(*store)};
}

base::Result<std::vector<Entry>> list_all(StoreReader& store) {
    std::vector<Entry> all;
    for (;;) {
        auto entries = store.list(all.empty() ? 0 : all.back().position, page);
        if (!entries) return entries;
        if (entries->empty()) return all;
        all.insert(all.end(), entries->begin(), entries->end());
    }
}

base::Result<std::vector<crypto::Uuid>> ids_to_read(StoreReader& store,
                                                    std::optional<std::string> const& id) {
    if (id) {
        auto const parsed = crypto::Uuid::parse(*id);
        if (!parsed) return base::failure(base::Errc::malformed, "--id: " + parsed.error().detail);
        return std::vector{*parsed};
    }
    auto const entries = list_all(store);
    if (!entries) return base::failure(entries.error());
    std::vector<crypto::Uuid> ids;
    for (auto const& entry : *entries)
        ids.push_back(entry.id);
    return ids;
}

}  // namespace intake
