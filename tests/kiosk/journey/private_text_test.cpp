#include "kiosk/journey/private_text.hpp"

#include "tests/catch.hpp"

#include <cstring>
#include <memory>
#include <new>
#include <string>

using journey::PrivateText;

namespace {

bool holds(unsigned char const* memory, std::size_t size, std::string_view text) {
    return std::string_view{reinterpret_cast<char const*>(memory), size}.find(text) !=
           std::string_view::npos;
}

}  // namespace

TEST_CASE("a private text leaves nothing in memory when it ends") {
    alignas(PrivateText) unsigned char memory[sizeof(PrivateText)] = {};
    auto* text = new (memory) PrivateText{"EXEMPLE LUC"};
    REQUIRE(holds(memory, sizeof(memory), "EXEMPLE LUC"));  // the search itself works
    std::destroy_at(text);
    CHECK_FALSE(holds(memory, sizeof(memory), "EXEMPLE"));
}

TEST_CASE("a shorter text leaves nothing of the longer one before it") {
    alignas(PrivateText) unsigned char memory[sizeof(PrivateText)] = {};
    auto* text = new (memory) PrivateText{"0612345678"};
    *text = "06";
    CHECK_FALSE(holds(memory, sizeof(memory), "12345678"));
    std::destroy_at(text);
}

TEST_CASE("a text longer than a card field is cut, never written past the end") {
    PrivateText text{std::string(2000, 'x')};
    CHECK(text.view().size() == PrivateText::capacity);
    text.append("more");
    CHECK(text.view().size() == PrivateText::capacity);
}
