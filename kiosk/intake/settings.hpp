// What intake.toml says. Every error is one sentence: file, key, reason.
#pragma once

#include "drivers/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace intake {

struct Settings {
    std::filesystem::path file;
    std::string node;  // the name of this receiver in every receipt

    std::string address;
    std::uint16_t port = 0;                          // 0: any free one
    std::optional<std::filesystem::path> port_file;  // where the chosen port is written

    std::filesystem::path certificate;
    std::filesystem::path certificate_key;
    std::filesystem::path client_ca;
    std::optional<std::filesystem::path> revoked;  // a list of its authority (RFC 5280, 5), PEM
    std::filesystem::path receipt_key;

    std::filesystem::path database;
    std::filesystem::path admin_socket;
    std::int64_t quota_mib = 0;  // 0: as large as the disk allows

    std::optional<std::filesystem::path> audit_file;

    std::size_t connections = 0;
    std::chrono::seconds idle_limit{};     // a kept connection without a request
    int requests_per_minute = 0;           // of one kiosk
    std::chrono::seconds request_limit{};  // from the first byte of a request to its last
};

base::Result<Settings> read_settings(std::filesystem::path const& file);

// The same sentence for a reason found after reading: a key that does not fit, a port in use.
base::Error setting_error(Settings const& settings, std::string_view key, std::string_view reason);

}  // namespace intake
