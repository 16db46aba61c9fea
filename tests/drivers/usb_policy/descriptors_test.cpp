#include "drivers/usb_policy/descriptors.hpp"
#include "tests/catch.hpp"
#include "tests/drivers/usb_policy/fake_sysfs.hpp"

using namespace usb_policy;

namespace {

base::Bytes const reader = descriptors_of(0x08e6, 0x4433, {{0, 0, "0b/00/00"}});

// The reader's bytes with one of them changed.
base::Bytes with(std::size_t at, std::uint8_t value) {
    auto bytes = reader;
    bytes.at(at) = value;
    return bytes;
}

std::string refusal_of(base::Bytes const& bytes) {
    auto const parsed = parse_descriptors(bytes);
    return parsed ? "" : parsed.error().detail;
}

}  // namespace

TEST_CASE("a device is known by vendor, product and every interface", "[usb]") {
    auto const parsed = parse_descriptors(reader);
    REQUIRE(parsed);
    CHECK(parsed->describe() == "08e6:4433 with 0b/00/00");
    CHECK(parsed->bindable == 1);
}

TEST_CASE("alternate settings count as interfaces of the set, not as more to bind", "[usb]") {
    auto const parsed = parse_descriptors(descriptors_of(
        0x0d8c, 0x0014, {{0, 0, "01/01/00"}, {1, 0, "01/02/00"}, {1, 1, "01/02/00"}}));
    REQUIRE(parsed);
    CHECK(parsed->interfaces == std::vector<std::string>{"01/01/00", "01/02/00", "01/02/00"});
    CHECK(parsed->bindable == 2);
}

TEST_CASE("what a second configuration holds belongs to the set", "[usb]") {
    auto bytes = reader;
    auto const stick = descriptors_of(0x08e6, 0x4433, {{0, 0, "08/06/50"}});
    bytes.at(17) = 2;
    bytes.insert(bytes.end(), stick.begin() + 18, stick.end());
    auto const parsed = parse_descriptors(bytes);
    REQUIRE(parsed);
    CHECK(parsed->describe() == "08e6:4433 with 0b/00/00 08/06/50 in 2 configurations");
}

TEST_CASE("descriptors that do not follow the standard to the last byte are refused", "[usb]") {
    CHECK(refusal_of({}) == "no device descriptor");
    CHECK(refusal_of(with(0, 17)) == "no device descriptor");
    CHECK(refusal_of(with(17, 0)) == "an impossible number of configurations");
    CHECK(refusal_of(with(17, 2)) == "no configuration where one must be");
    CHECK(refusal_of(with(18 + 2, 8)) == "a configuration of an impossible length");
    CHECK(refusal_of(with(18 + 2, 200)) == "a configuration of an impossible length");
    CHECK(refusal_of(with(18 + 2, 9 + 9)) == "bytes after the last configuration");
    CHECK(refusal_of(with(18 + 4, 2)) == "another number of interfaces than it says");
    CHECK(refusal_of(with(18 + 9, 0)) == "a descriptor of an impossible length");
    CHECK(refusal_of(with(18 + 9, 200)) == "a descriptor of an impossible length");
    CHECK(refusal_of(with(18 + 9, 8)) == "an interface that is cut short");
    CHECK(refusal_of(with(18 + 9 + 9 + 1, 2)) ==
          "a device or configuration within a configuration");
    auto longer = reader;
    longer.push_back(0);
    CHECK(refusal_of(longer) == "bytes after the last configuration");
    for (std::size_t size = 0; size < reader.size(); ++size)
        CHECK_FALSE(parse_descriptors(base::ByteView{reader}.first(size)));
}

TEST_CASE("a device with more interfaces than any real one is refused", "[usb]") {
    std::vector<FakeInterface> many(65, {0, 0, "03/01/01"});
    CHECK(refusal_of(descriptors_of(1, 2, many)) == "too many interfaces");
    many.pop_back();
    CHECK(refusal_of(descriptors_of(1, 2, many)).empty());
}
