#include "kiosk/slots/boot_entry.hpp"

#include "tests/catch.hpp"

#include <vector>

using namespace slots;

namespace {

BootEntry entry(std::string const& file, std::string const& sort_key = "500000") {
    auto const name = parse_entry_name(file).value();
    auto made = read_entry(file, name, entry_content(name.slot, "1.0", sort_key));
    made.has_kernel = true;
    return made;
}

std::string boots(std::vector<BootEntry> const& entries) {
    auto const* const first = what_boots(entries);
    return first == nullptr ? "nothing" : first->file;
}

}  // namespace

TEST_CASE("the names of boot assessment are understood as systemd-boot does", "[slots]") {
    struct Example {
        char const* file;
        Slot slot;
        std::optional<unsigned> left;
        unsigned done;
    };
    for (auto const& example : {Example{"kiosk-a.conf", Slot::a, std::nullopt, 0},
                                Example{"kiosk-b+3.conf", Slot::b, 3, 0},
                                Example{"kiosk-b+3-0.conf", Slot::b, 3, 0},
                                Example{"kiosk-b+2-1.conf", Slot::b, 2, 1},
                                Example{"kiosk-a+0-3.conf", Slot::a, 0, 3},
                                Example{"KIOSK-A+10-12.CONF", Slot::a, 10, 12}}) {
        CAPTURE(example.file);
        auto const name = parse_entry_name(example.file);
        REQUIRE(name);
        CHECK(name->slot == example.slot);
        CHECK(name->tries_left == example.left);
        CHECK(name->tries_done == example.done);
    }
}

TEST_CASE("other files are none of ours", "[slots]") {
    for (auto const* file :
         {"", "kiosk-a", ".conf", "kiosk-.conf", "kiosk-c.conf", "kiosk-ab.conf", "kiosk-a+.conf",
          "kiosk-a+x.conf", "kiosk-a+3-.conf", "kiosk-a+3-x.conf", "kiosk-a+3-1-1.conf",
          "kiosk-a+-1.conf", "kiosk-a+99999999999.conf", "kiosk-a.conf.new", "xkiosk-a.conf",
          "kiosk-a+ 3.conf"}) {
        CAPTURE(file);
        CHECK_FALSE(parse_entry_name(file));
    }
}

TEST_CASE("a name that is written is read as the same", "[slots]") {
    for (auto const* file : {"kiosk-a.conf", "kiosk-b+3.conf", "kiosk-b+2-1.conf"})
        CHECK(to_file_name(*parse_entry_name(file)) == file);
}

TEST_CASE("an entry that is written is whole, and no shorter part of it is", "[slots]") {
    auto const content = entry_content(Slot::b, "1.2", "499999");
    auto const read = [](std::string_view text) { return read_entry("f", {Slot::b, 3, 0}, text); };
    CHECK(read(content).is_whole);
    CHECK(read(content).sort_key == "499999");
    CHECK(read(content).version == "1.2");
    for (std::size_t size = 0; size + 1 < content.size(); ++size)
        CHECK_FALSE(read(content.substr(0, size)).is_whole);
    CHECK(read(content.substr(0, content.size() - 1)).is_whole);  // without its line's end
    CHECK_FALSE(read_entry("f", {Slot::a, 3, 0}, content).is_whole);  // another slot's
    CHECK_FALSE(read(std::string(content.size(), '\0')).is_whole);
}

TEST_CASE("the lowest sort key boots, and without tries only when nothing else does", "[slots]") {
    CHECK(boots({}) == "nothing");
    CHECK(boots({entry("kiosk-a.conf", "500000"), entry("kiosk-b+3.conf", "499999")}) ==
          "kiosk-b+3.conf");
    CHECK(boots({entry("kiosk-a.conf", "500000"), entry("kiosk-b+0-3.conf", "499999")}) ==
          "kiosk-a.conf");
    CHECK(boots({entry("kiosk-b+0-3.conf", "499999")}) == "kiosk-b+0-3.conf");
    CHECK(boots({entry("kiosk-a+3.conf", "500000"), entry("kiosk-b.conf", "499999")}) ==
          "kiosk-b.conf");
    CHECK(boots({entry("kiosk-a.conf", ""), entry("kiosk-b+1.conf", "500000")}) ==
          "kiosk-b+1.conf");
}

TEST_CASE("what systemd-boot skips does not boot", "[slots]") {
    auto without_kernel = entry("kiosk-b+3.conf", "499999");
    without_kernel.has_kernel = false;
    auto torn = entry("kiosk-b+3.conf", "499999");
    torn.is_whole = false;
    CHECK(boots({without_kernel}) == "nothing");
    CHECK(boots({torn}) == "nothing");
    CHECK(boots({torn, without_kernel, entry("kiosk-a.conf")}) == "kiosk-a.conf");
}

TEST_CASE("a slot is what its first entry says", "[slots]") {
    auto const state = [](std::vector<BootEntry> const& entries) {
        return state_of(Slot::b, entries);
    };
    CHECK(state({}) == SlotState::bad);
    CHECK(state({entry("kiosk-a.conf")}) == SlotState::bad);
    CHECK(state({entry("kiosk-b.conf")}) == SlotState::good);
    CHECK(state({entry("kiosk-b+1-2.conf")}) == SlotState::on_trial);
    CHECK(state({entry("kiosk-b+0-3.conf")}) == SlotState::bad);
    // What a cut leaves while an entry replaces another.
    CHECK(state({entry("kiosk-b+2-1.conf", "499997"), entry("kiosk-b.conf", "499997")}) ==
          SlotState::good);
    CHECK(state({entry("kiosk-b.conf", "499999"), entry("kiosk-b+3.conf", "499997")}) ==
          SlotState::on_trial);
}

TEST_CASE("the next sort key comes before all that can be booted", "[slots]") {
    CHECK(next_sort_key({}) == "500000");
    std::vector all{entry("kiosk-a.conf", "500000"), entry("kiosk-b.conf", "499990")};
    CHECK(next_sort_key(all) == "499989");
    all.push_back(entry("kiosk-b+3.conf", "000001"));
    CHECK(next_sort_key(all) == "000000");
    all.push_back(entry("kiosk-a+3.conf", "000000"));
    CHECK_FALSE(next_sort_key(all));
}

TEST_CASE("a sort key that cannot be passed by counting is not passed", "[slots]") {
    for (auto const* key : {"0", "1", "12345", "1234567", "!"}) {
        CAPTURE(key);
        std::vector const all{entry("kiosk-a.conf", key)};
        CHECK_FALSE(next_sort_key(all));
    }
    std::vector const letters{entry("kiosk-a.conf", "debian")};
    CHECK(next_sort_key(letters) == "500000");
}
