#include "drivers/vitale/card.hpp"

#include "tests/drivers/vitale/support.hpp"

#include <algorithm>

using namespace vitale_tests;

TEST_CASE("a wiped card holds nobody, and the memory was overwritten", "[vitale]") {
    auto card = modele_fictif_family();
    auto read_out = read(card);
    REQUIRE(read_out);
    vitale::wipe(*read_out);
    CHECK(read_out->beneficiaries.empty());
    CHECK(read_out->number_file == NumberFile::missing);

    auto secret = base::to_bytes("181043399790535");
    auto const* memory = secret.data();  // wiping keeps the buffer, so that it can be looked at
    base::wipe(secret);
    CHECK(secret.empty());
    CHECK(std::all_of(memory, memory + 15, [](std::uint8_t byte) { return byte == 0; }));
}
