// The #include lines against the table of who may know whom.
#include "tests/catch.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;
using Folders = std::set<std::string>;

// Each folder may include itself and these.
std::map<std::string, Folders> const allowed{
    {"drivers/base", {}},
    {"drivers/iso7816", {"drivers/base"}},
    {"drivers/pcsc", {"drivers/base", "drivers/iso7816"}},
    {"drivers/vitale", {"drivers/base", "drivers/iso7816"}},
    {"drivers/simulator", {"drivers/base"}},
    {"drivers/supervisor", {"drivers/base", "firmware", "firmware/protocol"}},
    {"drivers/usb_policy", {"drivers/base"}},
    {"drivers/screen", {"drivers/base"}},
    {"drivers/input", {"drivers/base"}},
    {"firmware", {"firmware/protocol"}},  // its version
    {"firmware/protocol", {}},
    {"firmware/core", {"firmware/protocol"}},
    {"firmware/boot", {}},
    {"firmware/board", {"firmware", "firmware/boot", "firmware/core", "firmware/protocol"}},
    {"kiosk/config", {"drivers/base"}},
    {"kiosk/crypto", {"drivers/base"}},
    {"kiosk/dmp", {"drivers/base", "kiosk/config", "kiosk/crypto"}},
    {"kiosk/identity", {"drivers/base", "kiosk/config", "kiosk/crypto"}},
    {"kiosk/journey", {"drivers/base", "kiosk/crypto"}},
    {"kiosk/workers",
     {"drivers/base", "drivers/iso7816", "drivers/pcsc", "drivers/supervisor", "drivers/vitale",
      "firmware", "firmware/protocol", "kiosk/config", "kiosk/crypto", "kiosk/dmp",
      "kiosk/identity"}},
    {"kiosk/speech", {"drivers/base", "kiosk/crypto", "kiosk/workers"}},
    {"kiosk/ui", {"drivers/base", "kiosk/crypto", "kiosk/journey"}},
    {"kiosk/notice", {"drivers/base", "drivers/screen", "kiosk/ui"}},
    {"kiosk/sandbox", {"drivers/base"}},
    {"kiosk/carry", {"drivers/base", "kiosk/config", "kiosk/crypto"}},
    {"kiosk/slots", {"drivers/base", "kiosk/crypto"}},
    {"kiosk/update",
     {"drivers/base", "drivers/supervisor", "firmware/protocol", "kiosk/crypto", "kiosk/slots"}},
    {"kiosk/spooler", {"drivers/base", "kiosk/carry", "kiosk/config", "kiosk/crypto"}},
    {"kiosk/intake", {"drivers/base", "kiosk/carry", "kiosk/config", "kiosk/crypto", "kiosk/dmp"}},
    // Of the workers the mailbox alone.
    {"kiosk/machine", {"drivers/base", "kiosk/config", "kiosk/workers"}},
    // dmp-kiosk itself: everything but the network's side and PC/SC.
    {"kiosk",
     {"drivers/base", "drivers/input", "drivers/screen", "drivers/supervisor", "drivers/vitale",
      "kiosk/config", "kiosk/crypto", "kiosk/dmp", "kiosk/identity", "kiosk/journey",
      "kiosk/sandbox", "kiosk/speech", "kiosk/ui", "kiosk/workers", "kiosk/robot"}},
    {"kiosk/robot",
     {"drivers/base", "kiosk", "kiosk/journey", "kiosk/speech", "kiosk/ui", "kiosk/workers"}},
    {"kiosk/desk", {"drivers/base", "drivers/simulator", "kiosk/crypto", "kiosk/identity"}},
};

// Headers of C libraries and the only files that may include them.
std::map<std::string, Folders> const doors{
    {"winscard.h", {"drivers/pcsc"}},
    {"argon2.h", {"kiosk/identity"}},
    {"openssl/", {"kiosk/crypto", "kiosk/intake", "kiosk/spooler"}},
    {"curl/curl.h", {"kiosk/spooler"}},
    {"SQLiteCpp/", {"kiosk/spooler", "kiosk/intake"}},
    {"imgui", {"kiosk/ui", "drivers/simulator"}},
    {"SDL", {"kiosk/ui", "kiosk/speech", "drivers/simulator"}},
    {"espeak-ng/", {"kiosk/speech"}},
    {"pango/", {"kiosk/ui"}},
    {"qrencode.h", {"kiosk/ui"}},
    {"libxml/", {"kiosk/dmp"}},
    {"seccomp.h", {"kiosk/sandbox"}},
    {"xf86drm", {"drivers/screen"}},
    {"libudev.h", {"drivers/screen"}},
};

// The longest folder of the table that holds the file: drivers/simulator/panel is
// drivers/simulator.
std::string folder_of(std::string const& path) {
    std::string best;
    for (auto const& [folder, others] : allowed)
        if (path.starts_with(folder + "/") && folder.size() > best.size()) best = folder;
    return best;
}

template <class Visit>
void for_each_include(Visit visit) {
    std::regex const include{R"(^\s*#include [<"]([^>"]+)[>"])"};
    for (auto const* top : {"firmware", "drivers", "kiosk"}) {
        for (auto const& entry : fs::recursive_directory_iterator{fs::path{SOURCE_DIR} / top}) {
            auto const extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".hpp") continue;
            auto const file = fs::relative(entry.path(), SOURCE_DIR).native();
            std::ifstream content{entry.path()};
            std::smatch match;
            for (std::string line; std::getline(content, line);)
                if (std::regex_search(line, match, include)) visit(file, match[1].str());
        }
    }
}

}  // namespace

TEST_CASE("every include goes to a folder that the architecture allows") {
    int seen = 0;
    for_each_include([&](std::string const& file, std::string const& header) {
        if (folder_of(header).empty()) return;
        ++seen;
        auto const from = folder_of(file);
        auto const to = folder_of(header);
        INFO(file << " includes " << header);
        REQUIRE_FALSE(from.empty());
        CHECK((from == to || allowed.at(from).contains(to)));
    });
    CHECK(seen > 100);  // the search itself works
}

TEST_CASE("a library enters through its door alone") {
    for_each_include([&](std::string const& file, std::string const& header) {
        for (auto const& [library, folders] : doors) {
            if (!header.starts_with(library)) continue;
            INFO(file << " includes " << header);
            CHECK(folders.contains(folder_of(file)));
        }
    });
}

TEST_CASE("the top level holds what the layout names and nothing else") {
    std::set<std::string> const agreed{
        "firmware",       "kiosk",     "drivers", "assets",           "image", "tests", "build",
        "CMakeLists.txt", "README.md", "LICENSE", "CMakePresets.json"};
    for (auto const& entry : fs::directory_iterator{SOURCE_DIR}) {
        auto const name = entry.path().filename().native();
        INFO(name);
        CHECK((name.starts_with('.') || agreed.contains(name)));
    }
}
