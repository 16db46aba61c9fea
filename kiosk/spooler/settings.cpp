#include "kiosk/spooler/settings.hpp"

#include "drivers/base/toml_file.hpp"
#include "kiosk/spooler/intake_url.hpp"

#include <pwd.h>

namespace spooler {
namespace {

using base::failure;
using base::TomlFile;

struct Limits {
    RoomLimits room;
    std::chrono::hours warn_after;
    int refuse_after_days;
};

base::Result<Intake> read_intake(TomlFile& file, std::string const& kiosk) {
    Intake intake;
    auto url = file.text("intake.url");
    if (!url) return failure(url.error());
    auto checked = check_intake_url(*url);
    if (!checked) return failure(file.error("intake.url", checked.error().detail));
    intake.url = std::move(*checked);

    struct Field {
        char const* key;
        std::filesystem::path& path;
    };
    for (auto const& field : {Field{"intake.ca_certificate", intake.ca_certificate},
                              Field{"intake.client_key", intake.client_key},
                              Field{"intake.client_certificate", intake.client_certificate}}) {
        auto path = file.path(field.key);
        if (!path) return failure(path.error());
        field.path = std::move(*path);
    }
    auto const authority = crypto::Certificate::read(intake.ca_certificate);
    if (!authority) return failure(file.error("intake.ca_certificate", authority.error().detail));
    auto const key = crypto::PrivateKey::read(intake.client_key);
    if (!key) return failure(file.error("intake.client_key", key.error().detail));
    auto const certificate = crypto::Certificate::read(intake.client_certificate);
    if (!certificate)
        return failure(file.error("intake.client_certificate", certificate.error().detail));
    if (!certificate->belongs_to(*key))
        return failure(file.error("intake.client_certificate", "does not belong to client_key"));
    if (certificate->common_name() != kiosk)
        return failure(file.error("kiosk", "the client certificate is for \"" +
                                               certificate->common_name() + "\""));
    return intake;
}

base::Result<carry::Signer> read_signer(TomlFile& file, Intake const& intake) {
    auto key = crypto::PrivateKey::read(intake.client_key);
    if (!key) return failure(file.error("intake.client_key", key.error().detail));
    auto chain = crypto::Certificate::read_all(intake.client_certificate);
    if (!chain) return failure(file.error("intake.client_certificate", chain.error().detail));
    return carry::Signer{std::move(*key), std::move(*chain)};
}

base::Result<std::optional<crypto::ClientAuthority>> read_carriers(TomlFile& file) {
    if (!file.has("carry.kiosk_ca")) return std::nullopt;
    auto const certificates = file.path("carry.kiosk_ca");
    if (!certificates) return failure(certificates.error());
    std::optional<std::filesystem::path> revoked;
    if (file.has("carry.revoked")) {
        auto path = file.path("carry.revoked");
        if (!path) return failure(path.error());
        revoked = std::move(*path);
    }
    if (auto known = crypto::Certificate::read_all(*certificates); !known)
        return failure(file.error("carry.kiosk_ca", known.error().detail));
    auto authority = crypto::ClientAuthority::read(*certificates, revoked);
    if (!authority) return failure(file.error("carry.revoked", authority.error().detail));
    return std::move(*authority);
}

base::Result<Limits> read_limits(TomlFile& file) {
    auto const quota = file.integer("limits.quota_mib", 2, 1024 * 1024, 2048);
    if (!quota) return failure(quota.error());
    auto const free = file.integer("limits.least_free_mib", 0, 1024 * 1024, 64);
    if (!free) return failure(free.error());
    auto const ballast = file.integer("limits.ballast_mib", 0, 1024, 16);
    if (!ballast) return failure(ballast.error());
    auto const warn = file.integer("limits.warn_after_hours", 1, 24 * 366, 24);
    if (!warn) return failure(warn.error());
    auto const refuse = file.integer("limits.refuse_after_days", 1, 3660, 30);
    if (!refuse) return failure(refuse.error());
    return Limits{{*quota, *free, *ballast}, std::chrono::hours{*warn}, static_cast<int>(*refuse)};
}

base::Result<std::vector<uid_t>> read_clients(TomlFile& file) {
    auto const names = file.texts("clients", {});
    if (!names) return failure(names.error());
    std::vector<uid_t> clients;
    for (auto const& name : *names) {
        auto const* const user = ::getpwnam(name.c_str());
        if (user == nullptr)
            return failure(file.error("clients", "this machine has no user \"" + name + "\""));
        clients.push_back(user->pw_uid);
    }
    return clients;
}

}  // namespace

base::Result<Settings> Settings::read(std::filesystem::path const& path) {
    auto file = TomlFile::open(path);
    if (!file) return failure(file.error());
    auto socket = file->path("socket");
    if (!socket) return failure(socket.error());
    auto clients = read_clients(*file);
    if (!clients) return failure(clients.error());
    auto data = file->path("data");
    if (!data) return failure(data.error());
    auto const kiosk = file->text("kiosk");
    if (!kiosk) return failure(kiosk.error());
    auto const authors_file = file->path("authors");
    if (!authors_file) return failure(authors_file.error());
    auto authors = config::read_authors(*authors_file);
    if (!authors) return failure(file->error("authors", authors.error().detail));
    auto const hour = file->text("closing_hour");
    if (!hour) return failure(hour.error());
    auto const closing = ClosingHour::parse(*hour);
    if (!closing) return failure(file->error("closing_hour", closing.error().detail));
    auto intake = read_intake(*file, *kiosk);
    if (!intake) return failure(intake.error());
    auto const receipt_key = file->path("intake.receipt_key");
    if (!receipt_key) return failure(receipt_key.error());
    auto receipts = ReceiptVerifier::open(*receipt_key, *kiosk);
    if (!receipts) return failure(file->error("intake.receipt_key", receipts.error().detail));
    auto signer = read_signer(*file, *intake);
    if (!signer) return failure(signer.error());
    auto carriers = read_carriers(*file);
    if (!carriers) return failure(carriers.error());
    auto const limits = read_limits(*file);
    if (!limits) return failure(limits.error());
    if (auto checked = file->no_other_keys(); !checked) return failure(checked.error());
    return Settings{std::move(*socket),
                    std::move(*clients),
                    std::move(*data),
                    *kiosk,
                    std::move(*authors),
                    *closing,
                    std::move(*intake),
                    std::move(*receipts),
                    std::move(*signer),
                    std::move(*carriers),
                    limits->room,
                    limits->warn_after,
                    limits->refuse_after_days};
}

base::Result<std::filesystem::path> read_socket_path(std::filesystem::path const& path) {
    auto file = TomlFile::open(path);
    if (!file) return failure(file.error());
    return file->path("socket");
}

base::Result<std::string> read_intake_host_and_port(std::filesystem::path const& path) {
    auto file = TomlFile::open(path);
    if (!file) return failure(file.error());
    auto const url = file->text("intake.url");
    if (!url) return failure(url.error());
    auto where = intake_host_and_port(*url);
    if (!where) return failure(file->error("intake.url", where.error().detail));
    return where;
}

}  // namespace spooler
