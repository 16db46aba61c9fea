#include "drivers/usb_policy/policy.hpp"
#include "tests/catch.hpp"
#include "tests/drivers/usb_policy/fake_sysfs.hpp"

#include <algorithm>
#include <sstream>

#include <nlohmann/json.hpp>

using namespace usb_policy;
namespace {

namespace fs = std::filesystem;

std::vector<FakeInterface> const reader{{0, 0, "0b/00/00"}};
std::vector<FakeInterface> const stick{{0, 0, "08/06/50"}};
std::vector<FakeInterface> const keyboard{{0, 0, "03/01/01"}};
std::vector<FakeInterface> const stick_that_types{{0, 0, "08/06/50"}, {1, 0, "03/01/01"}};

constexpr char const* rules = R"(
staff_ports = ["0000:00:14.0/usb2/4", "0000:00:14.0/usb2/5"]
[[devices]]
name = "card reader"
port = "0000:00:14.0/usb2/2"
vendor = "08e6"
product = "4433"
interfaces = ["0b/00/00"]
[[devices]]
name = "keypad"
port = "0000:00:14.0/usb2/3"
vendor = "046d"
product = "c31c"
interfaces = ["03/01/01"]
keypad = true
)";

// A machine whose policy is asked as udev and the units ask it: by a new process each time.
struct Machine {
    Machine() {
        sysfs.write(places.rules, rules);
        fs::create_directories(places.input_devices);
    }

    Policy policy() {
        auto opened = Policy::open(places, [this](bool warning, std::string const& sentence) {
            said += (warning ? "! " : "- ") + sentence + '\n';
        });
        REQUIRE(opened);
        return std::move(*opened);
    }

    fs::path plug(std::string const& name, std::uint16_t vendor, std::uint16_t product,
                  std::vector<FakeInterface> const& interfaces) {
        return sysfs.plug(name, descriptors_of(vendor, product, interfaces), interfaces);
    }
    // Plugged in while the machine runs.
    bool comes(std::string const& name, std::uint16_t vendor, std::uint16_t product,
               std::vector<FakeInterface> const& interfaces) {
        policy().judge(plug(name, vendor, product, interfaces));
        return sysfs.let_in(name);
    }

    bool has_said(std::string const& part) const { return said.find(part) != std::string::npos; }

    FakeSysfs sysfs;
    Places places{sysfs.root() / "usb.toml", sysfs.root() / "state", sysfs.root(),
                  sysfs.root() / "input"};
    std::string said;
};

}  // namespace

TEST_CASE("the reader is let in at its port, and gets its drivers after the look", "[usb]") {
    Machine machine;
    machine.plug("1-2", 0x08e6, 0x4433, reader);
    CHECK(machine.policy().judge_all());
    CHECK(machine.sysfs.let_in("1-2"));
    CHECK(machine.sysfs.probed() == "1-2:1.0");
    CHECK(machine.said == "- 0000:00:14.0/usb2/2: let in: card reader, 08e6:4433 with 0b/00/00\n");
    auto const bus = machine.sysfs.root() / "bus/usb/devices/usb1";
    CHECK(machine.sysfs.read(bus / "interface_authorized_default") == "0");
}

TEST_CASE("whatever no rule names stays out, with a line for staff", "[usb]") {
    Machine machine;
    CHECK(machine.policy().judge_all());
    CHECK_FALSE(machine.comes("1-9", 0x046d, 0xc31c, keyboard));  // the keypad's identity elsewhere
    CHECK_FALSE(machine.comes("1-2", 0x08e6, 0x4433, stick_that_types));
    CHECK_FALSE(machine.comes("1-7", 0x0781, 0x5567, stick));
    CHECK(machine.has_said("! 0000:00:14.0/usb2/9: refused: 046d:c31c with 03/01/01: it "
                           "calls itself the keypad but is elsewhere\n"));
    CHECK(machine.sysfs.probed().empty());

    std::istringstream told{machine.sysfs.read(machine.places.state / "refused")};
    std::string line;
    REQUIRE(std::getline(told, line));
    auto const first = nlohmann::json::parse(line);
    CHECK(first["port"] == "0000:00:14.0/usb2/9");
    CHECK(first["device"] == "046d:c31c with 03/01/01");
    CHECK(first["at"].is_number_unsigned());
}

TEST_CASE("the list of refusals does not grow for ever", "[usb]") {
    Machine machine;
    CHECK(machine.policy().judge_all());
    auto const folder = machine.plug("1-9", 0x046d, 0xc31c, keyboard);
    for (int i = 0; i < 40; ++i)
        machine.policy().judge(folder);
    auto const told = machine.sysfs.read(machine.places.state / "refused");
    CHECK(std::count(told.begin(), told.end(), '\n') == 32);
}

TEST_CASE("before the rules' disk is there nothing is judged, and then nothing forgotten",
          "[usb]") {
    Machine machine;
    CHECK_FALSE(machine.comes("1-2", 0x08e6, 0x4433, reader));
    CHECK(machine.said.empty());
    CHECK(machine.policy().judge_all());
    CHECK(machine.sysfs.let_in("1-2"));
}

TEST_CASE("without rules, or with wrong ones, everything is refused", "[usb]") {
    Machine machine;
    machine.plug("1-2", 0x08e6, 0x4433, reader);
    SECTION("none") { fs::remove(machine.places.rules); }
    SECTION("wrong") {
        machine.sysfs.write(machine.places.rules, std::string{rules} + "typo = 1\n");
    }
    CHECK_FALSE(machine.policy().judge_all());
    CHECK_FALSE(machine.sysfs.let_in("1-2"));
    CHECK(machine.has_said("! every USB device is refused: "));
    CHECK_FALSE(machine.comes("1-3", 0x046d, 0xc31c, keyboard));
}

TEST_CASE("what the kernel had let in by itself is judged like the rest", "[usb]") {
    Machine machine;
    auto const known = machine.plug("1-2", 0x08e6, 0x4433, reader);
    auto const unknown = machine.plug("1-9", 0x046d, 0xc31c, keyboard);
    for (auto const& folder : {known, unknown})
        machine.sysfs.write(folder / "authorized", "1\n");
    CHECK(machine.policy().judge_all());
    CHECK(machine.sysfs.let_in("1-2"));
    CHECK(machine.sysfs.probed() == "1-2:1.0");
    CHECK_FALSE(machine.sysfs.let_in("1-9"));
}

TEST_CASE("a device that was let in is left alone when all are judged again", "[usb]") {
    Machine machine;
    machine.plug("1-2", 0x08e6, 0x4433, reader);
    CHECK(machine.policy().judge_all());
    machine.sysfs.write(machine.sysfs.root() / "bus/usb/drivers_probe", "");
    CHECK(machine.policy().judge_all());
    CHECK(machine.sysfs.probed().empty());
    // Another one at its place is not taken for it.
    machine.sysfs.unplug("1-2");
    CHECK(machine.comes("1-2", 0x08e6, 0x4433, reader));
    CHECK(machine.sysfs.probed() == "1-2:1.0");
    // And it is put out when the site no longer names it.
    machine.sysfs.write(machine.places.rules, "");
    CHECK(machine.policy().judge_all());
    CHECK_FALSE(machine.sysfs.let_in("1-2"));
}

TEST_CASE("a device whose descriptors the kernel reads otherwise stays out", "[usb]") {
    Machine machine;
    CHECK(machine.policy().judge_all());
    auto const bytes = descriptors_of(0x08e6, 0x4433, reader);
    auto const kernel = GENERATE(std::vector<FakeInterface>{{0, 0, "03/01/01"}},
                                 std::vector<FakeInterface>{{0, 0, "0b/00/00"}, {1, 0, "0b/00/00"}},
                                 std::vector<FakeInterface>{});
    machine.policy().judge(machine.sysfs.plug("1-2", bytes, kernel));
    CHECK_FALSE(machine.sysfs.let_in("1-2"));
    CHECK(machine.sysfs.probed().empty());
    CHECK(machine.has_said("the kernel reads its descriptors otherwise"));
}

TEST_CASE("a keypad whose keys cannot be limited stays out", "[usb]") {
    Machine machine;
    CHECK(machine.policy().judge_all());
    auto const folder = machine.plug("1-3", 0x046d, 0xc31c, keyboard);
    auto const hid = folder / "1-3:1.0/0003:046D:C31C.0001";
    SECTION("a driver of its own") {
        fs::create_directories(hid / "input/input5/event5");
        fs::create_directory_symlink("/drivers/logitech", hid / "driver");
    }
    SECTION("no driver yet") { fs::create_directories(hid); }
    SECTION("no such input device") {
        fs::create_directories(hid / "input/input5/event5");
        fs::create_directory_symlink("/drivers/hid-generic", hid / "driver");
    }
    machine.policy().judge(folder);
    CHECK_FALSE(machine.sysfs.let_in("1-3"));
}

TEST_CASE("a stick is let in at the staff port while it is open, and only then", "[usb]") {
    Machine machine;
    CHECK(machine.policy().judge_all());
    CHECK_FALSE(machine.comes("1-4", 0x0781, 0x5567, stick));
    CHECK(machine.has_said("nothing is to be carried now"));
    CHECK(machine.policy().open_staff_port());
    CHECK(machine.sysfs.let_in("1-4"));
    SECTION("closing shuts it out") {}
    SECTION("also when the rules are gone meanwhile") { fs::remove(machine.places.rules); }
    CHECK(machine.policy().close_staff_port());
    CHECK_FALSE(machine.sysfs.let_in("1-4"));
    machine.sysfs.unplug("1-4");
    CHECK_FALSE(machine.comes("1-4", 0x0781, 0x5567, stick));
}

TEST_CASE("at the open staff port nothing passes but one plain stick", "[usb]") {
    Machine machine;
    CHECK(machine.policy().judge_all());
    CHECK(machine.policy().open_staff_port());
    CHECK_FALSE(machine.comes("1-7", 0x0781, 0x5567, stick));  // another port
    CHECK_FALSE(machine.comes("1-4", 0x0781, 0x5567, stick_that_types));
    machine.sysfs.unplug("1-4");
    CHECK_FALSE(machine.comes("1-4", 0x08e6, 0x4433, reader));
    machine.sysfs.unplug("1-4");
    CHECK(machine.comes("1-4", 0x0781, 0x5567, stick));
    CHECK_FALSE(machine.comes("1-5", 0x0781, 0x5567, stick));
    CHECK(machine.has_said("another stick is in use"));
    // The first one is pulled out: the next may come.
    machine.sysfs.unplug("1-4");
    CHECK(machine.comes("1-4", 0x0781, 0x5568, stick));
}
