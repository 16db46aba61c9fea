#include "kiosk/intake/commands.hpp"
#include "kiosk/intake/reading.hpp"

#include <fstream>

#include <fmt/core.h>

namespace intake {
namespace {

int fail(base::Error const& error) {
    fmt::print(stderr, "dmp-intake: {}\n", error.detail);
    return 1;
}

base::Result<Settings> settings_with_log(std::filesystem::path const& config) {
    auto settings = read_settings(config);
    if (settings && !settings->audit_file)
        return base::failure(setting_error(*settings, "audit.file", "not set: no log is kept"));
    return settings;
}

// What the log must hold: the head that the store keeps, unless the operator has one.
base::Result<std::optional<AuditHead>> head_to_find(AuditCheck const& check,
                                                    std::optional<Settings> const& settings) {
    if (check.head) {
        auto const head = AuditHead::parse(*check.head);
        if (!head) return base::failure(head.error().code, "--head: " + head.error().detail);
        return *head;
    }
    if (!settings) return std::nullopt;
    return kept_audit_head(*settings);
}

}  // namespace

int verify_audit(AuditCheck const& check) {
    std::optional<Settings> settings;
    if (check.config) {
        auto read = settings_with_log(*check.config);
        if (!read) return fail(read.error());
        settings = std::move(*read);
    }
    auto const file = settings ? *settings->audit_file : check.file.value_or("");
    auto const kept = head_to_find(check, settings);
    if (!kept) return fail(kept.error());
    std::ifstream log{file, std::ios::binary};
    if (!log) return fail(base::system_error(file.native(), base::Errc::file_missing));
    auto const found = check_audit(log, *kept);
    if (found.fault)
        return fail({base::Errc::storage_damaged, file.native() + ": " + *found.fault});
    if (found.first == 0)
        return fail({base::Errc::storage_damaged, file.native() + ": holds no line"});
    fmt::print("lines {} to {} are unbroken{}\nhead {}\n", found.first, found.head.seq,
               found.first > 1 ? "; they go on another file, to be verified too" : "",
               found.head.text());
    if (*kept)
        fmt::print("line {} is the one that was kept as head{}\n", (*kept)->seq,
                   check.head ? "" : " in the store");
    else
        fmt::print("no head was kept: whether lines were cut off at the end cannot be told\n");
    return 0;
}

int print_audit_head(std::filesystem::path const& config) {
    auto const settings = settings_with_log(config);
    if (!settings) return fail(settings.error());
    auto const head = kept_audit_head(*settings);
    if (!head) return fail(head.error());
    if (!*head) return fail({base::Errc::file_missing, "nothing was logged yet"});
    fmt::print("{}\n", (*head)->text());
    return 0;
}

}  // namespace intake
