// The main program of libFuzzer calls this; FUZZ_TARGET is the function it tries.
#include "tests/fuzz/card_target.hpp"
#include "tests/fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::FUZZ_TARGET({data, size});
    return 0;
}
