#include "kiosk/carry/receipts.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

using namespace carry;

namespace {

struct Stick {
    pki::TemporaryFolder place;
    Folder folder = Folder::open(place.path()).value();

    std::vector<std::string> read() const {
        return read_receipts(folder, receipts_name("kiosk-1", 7)).value();
    }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("receipts join those that are there already", "[receipts]") {
    Stick const stick;
    REQUIRE(write_receipts(stick.folder, "kiosk-1", 7, {"a", "b"}));
    REQUIRE(write_receipts(stick.folder, "kiosk-1", 7, {"b", "c"}));
    CHECK(stick.read() == Texts{"a", "b", "c"});
    CHECK(stick.folder.names(9).value() == Texts{"receipts-kiosk-1-7"});
}

TEST_CASE("a file of receipts that is none gives way and one that is endless is refused",
          "[receipts]") {
    Stick const stick;
    std::filesystem::create_symlink("/etc/hostname", stick.place / "receipts-kiosk-1-7");
    CHECK_FALSE(read_receipts(stick.folder, "receipts-kiosk-1-7"));
    REQUIRE(write_receipts(stick.folder, "kiosk-1", 7, {"a"}));
    CHECK(stick.read() == Texts{"a"});
    std::string too_long(longest_receipt + 1, 'x');
    too_long += "\n\nb\nc";
    stick.place.write("receipts-kiosk-1-7", too_long);
    CHECK(stick.read() == Texts{"b", "c"});
    std::string many;
    for (std::size_t i = 0; i < most_receipts + 5; ++i)
        many += "r" + std::to_string(i) + "\n";
    stick.place.write("receipts-kiosk-1-7", many);
    CHECK(stick.read().size() == most_receipts);
    REQUIRE(write_receipts(stick.folder, "kiosk-1", 7, {"newest"}));
    CHECK(stick.read().size() == most_receipts);
    CHECK(stick.read().back() == "newest");
    stick.place.write("receipts-kiosk-1-7", std::string(5 * 1024 * 1024, 'x'));
    CHECK_FALSE(read_receipts(stick.folder, "receipts-kiosk-1-7"));
}
