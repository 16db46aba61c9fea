#include "kiosk/intake/reading.hpp"

#include "kiosk/intake/admin.hpp"
#include "kiosk/intake/audited_store.hpp"
#include "kiosk/intake/sqlite_store.hpp"

namespace intake {
namespace {

constexpr std::size_t page = 500;

// Looking must not make one.
base::Result<void> database_exists(Settings const& settings) {
    std::error_code code;
    if (std::filesystem::exists(settings.database, code)) return {};
    auto const reason = code ? code.message() : "no such file";
    return base::failure(
        setting_error(settings, "store.database", settings.database.native() + ": " + reason));
}

}  // namespace

base::Result<std::unique_ptr<Store>> open_store(Settings const& settings) {
    auto store = SqliteStore::open(settings.database, settings.quota_mib);
    if (!store)
        return base::failure(setting_error(settings, "store.database", store.error().detail));
    if (!settings.audit_file) return std::unique_ptr<Store>{std::move(*store)};
    auto const kept = (*store)->audit_head();
    if (!kept) return base::failure(setting_error(settings, "store.database", kept.error().detail));
    auto log = AuditLog::open(*settings.audit_file, *kept);
    if (!log) return base::failure(setting_error(settings, "audit.file", log.error().detail));
    return std::unique_ptr<Store>{
        std::make_unique<AuditedStore>(std::move(*store), std::move(*log))};
}

base::Result<std::unique_ptr<StoreReader>> open_reader(Settings const& settings) {
    if (auto client = AdminClient::connect(settings.admin_socket))
        return std::unique_ptr<StoreReader>{std::move(*client)};
    if (auto exists = database_exists(settings); !exists) return base::failure(exists.error());
    auto store = open_store(settings);
    if (!store) return base::failure(store.error());
    return std::unique_ptr<StoreReader>{std::move(*store)};
}

base::Result<std::optional<AuditHead>> kept_audit_head(Settings const& settings) {
    if (auto client = AdminClient::connect(settings.admin_socket)) return (*client)->audit_head();
    if (auto exists = database_exists(settings); !exists) return base::failure(exists.error());
    auto store = SqliteStore::open(settings.database, settings.quota_mib);
    if (!store)
        return base::failure(setting_error(settings, "store.database", store.error().detail));
    return (*store)->audit_head();
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
