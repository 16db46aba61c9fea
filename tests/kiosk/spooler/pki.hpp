// Keys and certificates made on the spot: an authority, a receiver, a kiosk, and strangers.
#pragma once

#include <filesystem>

namespace spooler_test {

inline constexpr auto kiosk_name = "kiosk-0001";
inline constexpr auto second_kiosk_name = "kiosk-0002";

// Made once for the whole run; all files are PEM.
struct Pki {
    std::filesystem::path authority, foreign_authority;
    std::filesystem::path server_key, server_certificate;  // for 127.0.0.1
    std::filesystem::path expired_server_key, expired_server_certificate;
    std::filesystem::path future_server_key, future_server_certificate;
    std::filesystem::path expired_client_key, expired_client_certificate;
    std::filesystem::path foreign_server_key, foreign_server_certificate;
    std::filesystem::path client_key, client_certificate;                // for kiosk_name
    std::filesystem::path second_client_key, second_client_certificate;  // for second_kiosk_name
    std::filesystem::path other_client_key, other_client_certificate;    // another kiosk's
    std::filesystem::path receipt_key, receipt_public;
    std::filesystem::path foreign_receipt_key;
    std::filesystem::path rsa_public;
};

Pki const& pki();

}  // namespace spooler_test
