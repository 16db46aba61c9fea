#include "kiosk/ui/qr_code.hpp"

#include "drivers/base/process.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/ui/pixels.hpp"
#include "tests/kiosk/ui/samples.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace {

using journey::State;

struct Folder {
    std::filesystem::path path;
    Folder() {
        char name[] = "/tmp/ui-qr-XXXXXX";
        REQUIRE(mkdtemp(name) != nullptr);
        path = name;
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    ~Folder() { std::filesystem::remove_all(path); }
};

// What a camera program reads on the screen.
std::string read_codes(samples::Stage& stage) {
    Folder const folder;
    auto const picture = folder.path / "screen.png";
    auto const output = folder.path / "codes";
    REQUIRE(stage.window().save_png(picture).has_value());
    auto process =
        base::Process::start({{"zbarimg", "--quiet", "--raw", picture.native()}, {}, output});
    REQUIRE(process.has_value());
    REQUIRE(process->wait(std::chrono::seconds{20}).value_or(-1) == 0);
    std::ifstream stream{output};
    std::stringstream all;
    all << stream.rdbuf();
    return all.str();
}

// The black modules of the only code on the screen, one text for each row of pixels.
std::vector<std::string> code_on(std::string_view language) {
    auto stage = samples::Stage::open(samples::in(language, samples::portrait));
    REQUIRE(stage.has_value());
    auto const site = samples::site();
    journey::Session session;
    static_cast<void>((*stage)->draw({State::thinking, session, site, true}));
    samples::Pixels const pixels{(*stage)->window()};
    int left = pixels.width();
    int right = 0;
    std::vector<std::string> rows;
    for (int pass = 0; pass < 2; ++pass)
        for (int y = 0; y < pixels.height(); ++y) {
            std::string row;
            for (int x = pass == 0 ? 0 : left; x < (pass == 0 ? pixels.width() : right + 1); ++x) {
                bool const black = pixels.at(x, y) == 0;
                if (pass == 0 && black) left = std::min(left, x);
                if (pass == 0 && black) right = std::max(right, x);
                if (pass == 1) row += black ? '#' : ' ';
            }
            if (row.find('#') != std::string::npos) rows.push_back(row);
        }
    return rows;
}

}  // namespace

// zbarimg reads mirror images too; many telephones do not.
TEST_CASE("in a language written from the right the code is the same, not its mirror image",
          "[ui]") {
    auto const code = code_on("fr");
    REQUIRE(code.size() > 100);
    CHECK(code_on("ar") == code);
}

TEST_CASE("the codes on the receipt lead to the two addresses", "[ui]") {
    auto const site = samples::site();
    auto const session = samples::in_state(samples::one_adult(), State::recorded);
    for (bool const landscape : {false, true}) {
        auto stage = samples::Stage::open(landscape ? samples::landscape : samples::portrait);
        REQUIRE(stage.has_value());
        static_cast<void>((*stage)->draw({State::recorded, session, site, true}));
        auto const codes = read_codes(**stage);
        CHECK(codes.find(site.dmp_url + "\n") != std::string::npos);
        CHECK(codes.find(site.app_url + "\n") != std::string::npos);
    }
}

TEST_CASE("the code to think it over with leads to the site", "[ui]") {
    auto const site = samples::site();
    journey::Session const session;
    auto stage = samples::Stage::open(samples::portrait);
    REQUIRE(stage.has_value());
    for (auto const state : {State::thinking, State::refused}) {
        static_cast<void>((*stage)->draw({state, session, site, true}));
        CHECK(read_codes(**stage).find(site.dmp_url + "\n") != std::string::npos);
    }
}

TEST_CASE("a text that no code can hold is an error", "[ui]") {
    CHECK_FALSE(ui::QrCode::encode(std::string(4000, 'x')).has_value());
    CHECK_FALSE(ui::QrCode::encode("").has_value());
    CHECK(ui::QrCode::encode("https://www.dmp.fr").has_value());
}
