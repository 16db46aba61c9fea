#include "drivers/usb_policy/rules.hpp"
#include "tests/catch.hpp"
#include "tests/drivers/usb_policy/fake_sysfs.hpp"

using namespace usb_policy;
using Catch::Matchers::EndsWith;

namespace {

constexpr char const* good = R"(
staff_ports = ["0000:00:14.0/usb2/4", "0000:00:14.0/usb3/2"]
[[devices]]
name = "card reader"
port = "0000:00:14.0/usb2/2"
vendor = "08e6"
product = "4433"
interfaces = ["0b/00/00"]
[[devices]]
name = "keypad"
port = "0000:00:14.0/usb2/1.3"
vendor = "046d"
product = "c31c"
interfaces = ["03/01/01", "03/00/00"]
keypad = true
)";

std::string const reader_port = "0000:00:14.0/usb2/2";

Descriptors reader_with(std::vector<std::string> interfaces) {
    auto const bindable = interfaces.size();
    return {"08e6", "4433", 1, std::move(interfaces), bindable};
}

class RulesFile {
  public:
    explicit RulesFile(std::string const& text) { sysfs_.write(path(), text); }
    std::filesystem::path path() const { return sysfs_.root() / "usb.toml"; }
    std::string refusal() const {
        auto const rules = Rules::read(path());
        return rules ? "" : rules.error().detail;
    }

  private:
    FakeSysfs sysfs_;
};

std::string replaced(std::string const& what, std::string const& with) {
    std::string text = good;
    return text.replace(text.find(what), what.size(), with);
}

}  // namespace

TEST_CASE("only the device of a rule is let in, at its port, with its interfaces", "[usb]") {
    RulesFile const file{good};
    auto const rules = Rules::read(file.path());
    REQUIRE(rules);
    auto const reader = reader_with({"0b/00/00"});
    REQUIRE(rules->find(reader_port, reader) != nullptr);
    CHECK(rules->find(reader_port, reader)->name == "card reader");
    CHECK_FALSE(rules->find(reader_port, reader)->keypad);

    auto const refused = [&](std::string const& port, Descriptors const& device) {
        CHECK(rules->find(port, device) == nullptr);
        return rules->reason_against(port, device);
    };
    CHECK(refused("0000:00:14.0/usb2/3", reader) ==
          "it calls itself the card reader but is elsewhere");
    CHECK(refused("0000:00:15.0/usb2/2", reader) ==
          "it calls itself the card reader but is elsewhere");
    CHECK(refused(reader_port, reader_with({"0b/00/00", "03/01/01"})) ==
          "it calls itself the card reader but has other interfaces");
    CHECK(refused(reader_port, reader_with({"03/01/01"})) ==
          "it calls itself the card reader but has other interfaces");
    auto other = reader;
    other.product = "4434";
    CHECK(refused(reader_port, other) == "it is where the card reader belongs");
    CHECK(refused("0000:00:14.0/usb2/9", other) == "no rule knows it");
    auto second = reader;
    second.configurations = 2;
    CHECK(refused(reader_port, second) ==
          "it calls itself the card reader but has other interfaces");
}

TEST_CASE("the order of interfaces is part of the identity", "[usb]") {
    RulesFile const file{good};
    auto const rules = Rules::read(file.path());
    REQUIRE(rules);
    Descriptors keypad{"046d", "c31c", 1, {"03/01/01", "03/00/00"}, 2};
    CHECK(rules->find("0000:00:14.0/usb2/1.3", keypad) != nullptr);
    std::swap(keypad.interfaces[0], keypad.interfaces[1]);
    CHECK(rules->find("0000:00:14.0/usb2/1.3", keypad) == nullptr);
}

TEST_CASE("a stick is storage alone", "[usb]") {
    CHECK(is_plain_storage(reader_with({"08/06/50"})));
    CHECK_FALSE(is_plain_storage(reader_with({"08/06/62"})));
    CHECK_FALSE(is_plain_storage(reader_with({"08/06/50", "08/06/62"})));
    CHECK_FALSE(is_plain_storage(reader_with({"08/06/50", "03/01/01"})));
    CHECK_FALSE(is_plain_storage(reader_with({})));
    auto twice = reader_with({"08/06/50"});
    twice.configurations = 2;
    CHECK_FALSE(is_plain_storage(twice));
}

TEST_CASE("a rules file with any mistake is refused, and the sentence says which", "[usb]") {
    auto const refusal = [](std::string const& what, std::string const& with) {
        return RulesFile{replaced(what, with)}.refusal();
    };
    CHECK(RulesFile{good}.refusal().empty());
    CHECK_THAT(refusal("\"08e6\"", "\"08E6\""),
               EndsWith("devices.0.vendor: must be of the form 08e6"));
    CHECK_THAT(refusal("\"08e6\"", "2278"), EndsWith("devices.0.vendor: must be a text in quotes"));
    CHECK_THAT(refusal("usb2/2", "usb2/0"),
               EndsWith("devices.0.port: must be of the form 0000:00:14.0/usb2/1.2"));
    CHECK_THAT(refusal("usb2/4", "usb4/4"),
               EndsWith("staff_ports: each must be of the form 0000:00:14.0/usb2/1.2"));
    CHECK_THAT(refusal("usb2/4", "usb2/2"),
               EndsWith("devices.0.port: is a staff port, where nothing else may be"));
    CHECK_THAT(refusal("[\"0b/00/00\"]", "[]"),
               EndsWith("devices.0.interfaces: must not be empty"));
    CHECK_THAT(refusal("0b/00/00", "0b/*/*"),
               EndsWith("devices.0.interfaces: each must be of the form 0b/00/00"));
    CHECK_THAT(refusal("0b/00/00", "08/06/50"),
               EndsWith("storage is let in at a staff port alone, not by a rule"));
    CHECK_THAT(refusal("keypad = true", "keypads = true"),
               EndsWith("devices.1.keypads: unknown setting"));
    CHECK_THAT(refusal("product = \"4433\"", ""), EndsWith("devices.0.product: missing"));
    CHECK_FALSE(RulesFile{"staff_ports ="}.refusal().empty());
}

TEST_CASE("a rules file that others could have written is refused", "[usb]") {
    RulesFile const file{good};
    namespace fs = std::filesystem;
    fs::permissions(file.path(), fs::perms::group_write, fs::perm_options::add);
    CHECK_THAT(file.refusal(), EndsWith("others than root may write it"));
}
