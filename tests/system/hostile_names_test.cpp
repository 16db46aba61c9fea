// Names made to attack whoever prints, lays out, parses or stores them.
#include "tests/system/player.hpp"
#include "tests/system/request_xml.hpp"
#include "tests/system/traces.hpp"

#include <algorithm>
#include <array>
#include <set>

using namespace system_tests;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

// As they must arrive; U+FFFD is what stands for a control character.
struct Attack {
    std::string_view profile;
    std::string_view family;
    std::string_view given;
};
constexpr std::array attacks{
    Attack{"P48", "DU�[2J�PONT�31m", "JEAN��RECEIPT���"},
    Attack{"P49", "%n%s%1$p'; DROP TABLE outbox;--", "\"<b>&amp;]]></b>$(id)`id`\\{}{0:>99}"},
    Attack{"P50", "EXEMPLEâ�®TRA", "â��LUCIEâ�§"}};

// Of each name something that stands nowhere else, as on the card or as shown, and too long to be
// found by chance in what is sealed.
Words const pieces{
    "\x1B[2J\x07PONT", "\uFFFD[2J\uFFFDPONT",   "RECEIPT",       "DROP TABLE",       "amp;]]></b>",
    "\xE2\x80\xAETRA", "\u00E2\uFFFD\u00AETRA", "LUCIE\xE2\x81", "LUCIE\u00E2\uFFFD"};

// Other than the line ends of our own texts.
bool has_control(std::string_view text) {
    return std::ranges::any_of(
        text, [](unsigned char byte) { return (byte < 0x20 && byte != '\n') || byte == 0x7F; });
}

std::string all_texts(json const& screen) {
    std::string all;
    for (auto const& text : screen.at("texts"))
        all += text.get<std::string>();
    return all;
}

}  // namespace

TEST_CASE("names made to attack are shown and sent as letters, and written down nowhere else") {
    auto desk = start_desk(sanitized());
    std::set<std::pair<std::string, std::string>> expected;
    for (auto const& attack : attacks) {
        CAPTURE(attack.profile);
        walk_to(*desk, "review", attack.profile);
        auto const shown = all_texts(screen(*desk));
        CHECK(shown.find(attack.family) != std::string::npos);
        CHECK(shown.find(attack.given) != std::string::npos);
        CHECK_FALSE(has_control(shown));
        if (shows(screen(*desk), "next_page")) tap(*desk, "next_page");
        walk(*desk, {{"send", "recorded"}});
        leave(*desk);
        expected.emplace(attack.family, attack.given);
    }
    must(desk->wait_until_sent(30s));
    CHECK(files_with(desk->folder(), pieces) == std::vector<fs::path>{});
    std::set<std::pair<std::string, std::string>> received;
    for (auto const& request : open_requests(*desk)) {
        check_schema(request / "request.xml");
        Message const message{request / "request.xml"};
        std::string const name = "//h:patientPerson/h:name";
        received.emplace(message[name + "/h:family"], message[name + "/h:given"]);
    }
    CHECK(received == expected);
}

TEST_CASE("a name longer than any card holds is refused before it is shown") {
    auto desk = start_desk(sanitized());
    insert(*desk, "P47");
    wait_for(*desk, "desk");
    CHECK(all_texts(screen(*desk)).find("AAAA") == std::string::npos);
    leave(*desk);
}
