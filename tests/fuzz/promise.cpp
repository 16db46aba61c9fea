#include "tests/fuzz/targets.hpp"

#include <cstdio>
#include <cstdlib>

namespace fuzz {

void promise(bool kept, char const* what) {
    if (kept) return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

}  // namespace fuzz
