#include "tests/kiosk/test_settings.hpp"

#include "drivers/base/process.hpp"

#include <cstdlib>
#include <stdexcept>

namespace app_tests {

std::filesystem::path const& keys() {
    static auto const folder = [] {
        std::string pattern = std::filesystem::temp_directory_path() / "dmp-app-XXXXXX";
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"no folder for keys"};
        auto process = base::Process::start({{MAKE_KEYS, pattern, "borne-essai"}, {}, "/dev/null"});
        if (!process || process->wait(std::chrono::seconds{30}) != 0)
            throw std::runtime_error{"the keys of the test cannot be made"};
        return std::filesystem::path{pattern};
    }();
    return folder;
}

kiosk::Settings settings() {
    kiosk::Settings settings;
    settings.id = "borne-essai";
    settings.software = {"1.2.250.1.999.1.1.1", "BORNE"};
    settings.site.places["fr"] = {"guichet 3", "au guichet"};
    settings.authors = {{author_id, "TEST", "AGENT", "10B0000000", "STRUCTURE DE TEST"}};
    return settings;
}

kiosk::Settings loop_settings() {
    ::setenv("SDL_VIDEODRIVER", "dummy", 1);
    ::setenv("PCSCLITE_CSOCK_NAME", pcscd_socket().c_str(), 1);
    auto made = settings();
    made.reader_pattern = "*Ingenico*";
    made.signing_key = keys() / "kiosk-signing.key";
    made.signing_certificate = keys() / "kiosk-signing.pem";
    made.receiver_certificate = keys() / "receiver.pem";
    made.spooler_socket = keys() / "no-spooler";
    made.assets = KIOSK_ASSETS;
    // The same layout in a quarter of the pixels, which are drawn by the processor.
    made.width = 540;
    made.height = 960;
    made.mm_per_pixel = 0.36;
    return made;
}

std::filesystem::path const& pcscd_socket() {
    static auto const path = keys() / "pcscd";
    return path;
}

}  // namespace app_tests
