#include "kiosk/notice/bitmap.hpp"
#include "kiosk/notice/picture.hpp"
#include "kiosk/notice/turn.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

namespace {

using notice::Page;

constexpr std::uint32_t paper = 0xf7f5f0;
constexpr std::uint32_t ink = 0x14233b;

struct Folder {
    std::filesystem::path path;
    Folder() {
        char name[] = "/tmp/notice-XXXXXX";
        REQUIRE(::mkdtemp(name) != nullptr);
        path = name;
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    ~Folder() { std::filesystem::remove_all(path); }

    std::filesystem::path file(std::string const& content) const {
        auto const file = path / "kiosk.toml";
        std::ofstream{file} << content;
        return file;
    }
};

notice::Picture drawn(Page page, screen::Size size, notice::Site const& site = {}) {
    auto picture = notice::draw(page, site, size, KIOSK_ASSETS);
    if (!picture) FAIL(base::describe(picture.error()));
    return std::move(*picture);
}

std::uint32_t pixel(notice::Picture const& picture, int x, int y) {
    return picture
               .pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.size.width) +
                       static_cast<std::size_t>(x)] &
           0xFFFFFFU;
}

notice::Site in(std::string place) {
    notice::Site site;
    site.help_place = std::move(place);
    return site;
}

// Nothing reaches the edge of the picture: no word is cut.
bool has_clear_edge(notice::Picture const& picture, int edge) {
    auto const [width, height] = picture.size;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            bool const inside = x >= edge && y >= edge && x < width - edge && y < height - edge;
            if (!inside && pixel(picture, x, y) != paper) return false;
        }
    return true;
}

std::ptrdiff_t count(notice::Picture const& picture, std::uint32_t colour) {
    return std::ranges::count_if(
        picture.pixels, [&](std::uint32_t pixel) { return (pixel & 0xFFFFFFU) == colour; });
}

std::string content(std::filesystem::path const& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

TEST_CASE("every page has its name, and no other name is one") {
    std::set<std::string_view> names;
    for (auto const page : notice::pages) {
        CHECK(notice::page_named(notice::name(page)) == page);
        names.insert(notice::name(page));
    }
    CHECK(names.size() == notice::pages.size());
    CHECK_FALSE(notice::page_named("Splash"));
    CHECK_FALSE(notice::page_named(""));
}

TEST_CASE("every page is drawn whole, on a tall panel and on a small wide one") {
    for (auto const size : {screen::Size{1080, 1920}, {1024, 600}}) {
        std::set<std::vector<std::uint32_t>> different;
        for (auto const page : notice::pages) {
            auto picture = drawn(page, size, in("guichet 3, à votre gauche"));
            INFO(notice::name(page) << " on " << size.width << "x" << size.height);
            CHECK(has_clear_edge(picture, 8));
            CHECK(count(picture, ink) > 1000);
            different.insert(std::move(picture.pixels));
        }
        CHECK(different.size() == notice::pages.size());
    }
}

TEST_CASE("a kiosk out of service says where to tell it, where the site gave a place") {
    constexpr screen::Size size{1080, 1920};
    auto const words = [&](Page page, std::string place) {
        return count(drawn(page, size, in(std::move(place))), ink);
    };
    CHECK(words(Page::out_of_service, "guichet 3") > words(Page::out_of_service, ""));
    CHECK(words(Page::splash, "guichet 3") == words(Page::splash, ""));
}

TEST_CASE("even a panel far too small for the words gets a picture") {
    CHECK(drawn(Page::out_of_service, {160, 120}).pixels.size() == std::size_t{160} * 120);
}

TEST_CASE("what the configuration says of the panel is taken, and a mistake in it is not") {
    Folder const folder;
    CHECK(notice::read_site(folder.path / "none.toml") == notice::Site{});
    CHECK(notice::read_site(folder.file("[screen\n")) == notice::Site{});
    auto const site = notice::read_site(
        folder.file("[screen]\nrotation = 90\nwidth = 800\nheight = 1280\nmm_per_pixel = 0.2\n"
                    "viewing_distance_mm = 350\n[site]\nhelp_place = \"guichet 3\"\n"));
    CHECK(site.rotation == screen::Rotation::quarter);
    CHECK(site.size == screen::Size{800, 1280});
    CHECK(site.mm_per_pixel == 0.2);
    CHECK(site.viewing_distance_mm == 350);
    CHECK(site.help_place == "guichet 3");
    auto const wrong = notice::read_site(
        folder.file("[screen]\nrotation = 45\nwidth = 800\nmm_per_pixel = \"small\"\n[site]\n"
                    "help_place = \"guichet 3\"\n"));
    CHECK(wrong == in("guichet 3"));
    CHECK(notice::read_site(EXAMPLE).help_place == "guichet 3, à votre gauche");
}

TEST_CASE("a picture is saved as the boot stub reads it") {
    Folder const folder;
    // An odd width: each row is filled up to four bytes.
    notice::Picture const picture{{3, 2}, {0x010203, 4, 5, 6, 7, 0x0A0B0C}};
    auto const file = folder.path / "splash.bmp";
    REQUIRE(notice::save(picture, file));
    auto const bytes = content(file);
    REQUIRE(bytes.size() == 54 + 2 * 12);
    CHECK(bytes.starts_with("BM"));
    CHECK(bytes[10] == 54);
    CHECK(bytes[18] == 3);
    CHECK(bytes[22] == 2);
    CHECK(bytes[28] == 24);
    // From the bottom up, blue first.
    CHECK(bytes.substr(54, 3) == std::string("\x06\0\0", 3));
    CHECK(bytes.substr(54 + 6, 3) == "\x0C\x0B\x0A");
    CHECK(bytes.substr(54 + 12, 3) == "\x03\x02\x01");
}

TEST_CASE("a picture is saved as PNG, and as nothing else") {
    Folder const folder;
    notice::Picture const picture{{2, 1}, {1, 2}};
    REQUIRE(notice::save(picture, folder.path / "splash.png"));
    CHECK(content(folder.path / "splash.png").starts_with("\x89PNG"));
    CHECK_FALSE(notice::save(picture, folder.path / "splash.jpeg"));
    CHECK_FALSE(notice::save(picture, "/nowhere/splash.bmp"));
    CHECK_FALSE(notice::save(picture, "/nowhere/splash.png"));
}

TEST_CASE("the newest page that lives has its turn") {
    Folder const folder;
    notice::Turn const turn{folder.path / "turn"};
    CHECK_FALSE(turn.is_another());
    turn.take();
    CHECK_FALSE(turn.is_another());
    // Another program takes it, lives, and ends.
    int said[2], ended[2];
    REQUIRE((::pipe(said) == 0 && ::pipe(ended) == 0));
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        char byte = 0;
        turn.take();
        ::close(ended[1]);
        ::_exit(::write(said[1], "x", 1) == 1 && ::read(ended[0], &byte, 1) == 0 ? 0 : 1);
    }
    char byte = 0;
    REQUIRE(::read(said[0], &byte, 1) == 1);
    CHECK(turn.is_another());
    ::close(ended[1]);
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    CHECK_FALSE(turn.is_another());
    for (int const end : {said[0], said[1], ended[0]})
        ::close(end);
    notice::Turn const nowhere{"/nowhere/turn"};
    nowhere.take();
    CHECK_FALSE(nowhere.is_another());
}
