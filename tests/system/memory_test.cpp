#include "tests/system/fixture.hpp"

#include <fstream>
#include <sstream>

using namespace system_tests;

namespace {

// How often the words stand in the writable memory of a process.
int found_in(pid_t process, std::initializer_list<std::string_view> words) {
    auto const folder = std::filesystem::path{"/proc"} / std::to_string(process);
    std::ifstream maps{folder / "maps"};
    std::ifstream memory{folder / "mem", std::ios::binary};
    REQUIRE(memory);
    int count = 0;
    for (std::string line; std::getline(maps, line);) {
        std::istringstream fields{line};
        std::uintptr_t begin = 0;
        std::uintptr_t end = 0;
        char dash = 0;
        std::string rights;
        fields >> std::hex >> begin >> dash >> end >> rights;
        if (rights.find('w') == std::string::npos) continue;
        std::string content(end - begin, '\0');
        memory.clear();
        memory.seekg(static_cast<std::streamoff>(begin));
        memory.read(content.data(), static_cast<std::streamsize>(content.size()));
        for (auto const word : words)
            for (auto at = content.find(word); at != std::string::npos;
                 at = content.find(word, at + 1))
                ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("after the session the memory of dmp-kiosk holds nothing of the person") {
    auto desk = start_desk();
    auto const kiosk = desk->kiosk().pid();
    auto const person = {std::string_view{"EXEMPLE"}, std::string_view{"178057599990175"}};
    SECTION("recorded") {
        walk_to(*desk, "review");
        tap(*desk, "show_number");
        CHECK(found_in(kiosk, person) > 0);  // the search finds what is there
        walk(*desk, {{"send", "recorded"}});
    }
    SECTION("refused") {
        walk_to(*desk, "consent");
        CHECK(found_in(kiosk, person) > 0);
        walk(*desk, {{"refuse", "refused"}});
    }
    SECTION("card pulled") {
        walk_to(*desk, "emergency");
        CHECK(found_in(kiosk, person) > 0);
        remove_card(*desk);
        wait_for(*desk, "card_taken");
    }
    CHECK(found_in(kiosk, person) == 0);
}
