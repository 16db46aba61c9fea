#include "tests/fuzz/card_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::read_card({data, size});
    return 0;
}
