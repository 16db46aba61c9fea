#include "tests/image/bench.hpp"

using namespace image_tests;

TEST_CASE("the machine boots straight into the attract screen", "[smoke]") {
    Bench bench;
    bench.boot();
}
