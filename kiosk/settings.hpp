// What dmp-kiosk is told by its configuration file.
#pragma once

#include "drivers/screen/placement.hpp"
#include "drivers/vitale/configuration.hpp"
#include "kiosk/config/authors.hpp"
#include "kiosk/dmp/codes.hpp"
#include "kiosk/dmp/creation_request.hpp"

#include "kiosk/ui/theme.hpp"
#include "kiosk/ui/view.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

// What shows the screens: a window on a desk, or the panel of an appliance without a window system.
enum class ScreenKind : std::uint8_t { desktop, panel };

struct Settings {
    std::string id;  // the kiosk's name; also the common name of its certificates
    dmp::Environment environment = dmp::Environment::test;
    dmp::Software software;
    std::vector<std::string> test_numbers;  // refused in production: 13 digits and key
    int majority = 18;
    // Offered to a representative, in this order; each id has its text.
    std::vector<dmp::NamedRelationship> relationships = dmp::default_relationships();

    std::string reader_pattern;             // glob over PC/SC reader names
    std::filesystem::path restart_request;  // none: nobody can restart pcscd for the kiosk
    vitale::Configuration vitale;
    std::filesystem::path supervisor_port;  // none: a site without a supervision board

    std::filesystem::path signing_key;
    std::filesystem::path signing_certificate;
    std::filesystem::path receiver_certificate;
    std::filesystem::path spooler_socket;
    std::filesystem::path assets;
    std::vector<config::Author> authors;

    // Whether an author looks at the person's identity document; otherwise the card only. Then at
    // least one author has a pin_hash, and `state` is a folder of ours that nobody else may enter.
    bool identity_seen = false;
    std::filesystem::path state = "/var/lib/dmp-kiosk";

    // Of the picture, in pixels as the reader sees it. A panel's own size where these are absent.
    std::optional<int> width;
    std::optional<int> height;
    ScreenKind screen = ScreenKind::desktop;
    screen::Rotation rotation = screen::Rotation::none;  // of the picture on a panel
    double mm_per_pixel = 0.18;
    std::filesystem::path input_devices = "/dev/input";
    bool sound_signals = true;  // chimes, and the voice that says the card is still in the reader
    std::string sound_device;   // as SDL's driver names it; empty: the system's usual one
    double viewing_distance_mm = ui::usual_distance_mm;
    std::filesystem::path proof;  // of the command line; none: nobody wants one (self_proof.hpp)
    std::optional<int> x;  // of the window on a desk; the display chooses otherwise
    std::optional<int> y;
    ui::Site site;

    // Errors are one sentence naming file, key and reason.
    static base::Result<Settings> read(std::filesystem::path const& file);
};

}  // namespace kiosk
