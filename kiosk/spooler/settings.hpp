// What spooler.toml says, checked whole before anything is opened.
#pragma once

#include "kiosk/carry/manifest.hpp"
#include "kiosk/config/authors.hpp"
#include "kiosk/spooler/calendar.hpp"
#include "kiosk/spooler/courier.hpp"
#include "kiosk/spooler/room.hpp"

namespace spooler {

struct Settings {
    std::filesystem::path socket;
    std::vector<uid_t> clients;  // who may connect beside this user and root
    std::filesystem::path data;
    std::string kiosk;
    std::vector<config::Author> authors;
    ClosingHour closing;
    Intake intake;
    ReceiptVerifier receipts;
    carry::Signer signer;  // of bundles: the TLS key, and its certificates
    std::optional<crypto::ClientAuthority> carriers;  // whose bundles are taken; nothing: none
    RoomLimits room;
    std::chrono::hours warn_after;
    int refuse_after_days;

    // Errors are one sentence with file, key and reason; keys and certificates are opened to see
    // that they can be used, belong together and are this kiosk's.
    static base::Result<Settings> read(std::filesystem::path const& file);
};

// The socket alone, for the commands of staff, who need not be able to read the keys.
base::Result<std::filesystem::path> read_socket_path(std::filesystem::path const& file);

// Host and port of the receiver alone, for the firewall, which reads no key either.
base::Result<std::string> read_intake_host_and_port(std::filesystem::path const& file);

}  // namespace spooler
