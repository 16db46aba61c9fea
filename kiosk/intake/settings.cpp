#include "kiosk/intake/settings.hpp"

#include "drivers/base/toml_file.hpp"
#include "kiosk/config/machine_name.hpp"

namespace intake {
namespace {

using base::failure;

// Reads one key after the other and keeps the first error.
class Reading {
  public:
    explicit Reading(base::TomlFile& toml) : toml_(toml) {}

    template <class T, class U>
    void take(T& target, base::Result<U> value) {
        if (!value && !error_) error_ = value.error();
        if (value) target = static_cast<T>(std::move(*value));
    }
    void path(std::filesystem::path& target, std::string_view key) {
        take(target, toml_.path(key));
    }
    void seconds(std::chrono::seconds& target, std::string_view key, std::int64_t otherwise) {
        std::int64_t count = 0;
        take(count, toml_.integer(key, 1, 3600, otherwise));
        target = std::chrono::seconds{count};
    }

    std::optional<base::Error> const& error() const { return error_; }

  private:
    base::TomlFile& toml_;
    std::optional<base::Error> error_;
};

}  // namespace

base::Result<Settings> read_settings(std::filesystem::path const& file) {
    Settings settings;
    // Relative paths inside are taken from its folder, which must have a name for that.
    settings.file = std::filesystem::absolute(file);
    auto toml = base::TomlFile::open(settings.file);
    if (!toml) return failure(toml.error());
    Reading reading{*toml};
    reading.take(settings.node, toml->text("node"));
    reading.take(settings.address, toml->text("listen.address"));
    reading.take(settings.port, toml->integer("listen.port", 0, 65535));
    if (toml->has("listen.port_file"))
        reading.path(settings.port_file.emplace(), "listen.port_file");
    reading.path(settings.certificate, "tls.certificate");
    reading.path(settings.certificate_key, "tls.key");
    reading.path(settings.client_ca, "tls.client_ca");
    if (toml->has("tls.revoked")) reading.path(settings.revoked.emplace(), "tls.revoked");
    reading.path(settings.receipt_key, "receipts.key");
    reading.path(settings.database, "store.database");
    reading.path(settings.admin_socket, "store.admin_socket");
    reading.take(settings.quota_mib, toml->integer("store.quota_mib", 0, 1 << 24, 0));
    if (toml->has("audit.file")) reading.path(settings.audit_file.emplace(), "audit.file");
    reading.take(settings.connections, toml->integer("limits.connections", 1, 60000, 512));
    reading.take(settings.requests_per_minute,
                 toml->integer("limits.requests_per_minute", 1, 1'000'000, 6000));
    reading.seconds(settings.idle_limit, "limits.idle_seconds", 300);
    reading.seconds(settings.request_limit, "limits.request_seconds", 15);
    if (reading.error()) return failure(*reading.error());
    if (auto known = toml->no_other_keys(); !known) return failure(known.error());
    if (!config::is_machine_name(settings.node))
        return failure(setting_error(settings, "node", config::machine_name_rule));
    return settings;
}

base::Error setting_error(Settings const& settings, std::string_view key, std::string_view reason) {
    return {base::Errc::configuration_invalid,
            settings.file.native() + ": " + std::string{key} + ": " + std::string{reason}};
}

}  // namespace intake
