// A stage that is there: what a test of the screens begins with.
#pragma once

#include "tests/catch.hpp"
#include "tests/kiosk/ui/samples.hpp"

#include <memory>

namespace samples {

inline std::unique_ptr<Stage> stage(Panel const& panel) {
    auto opened = Stage::open(panel);
    REQUIRE(opened.has_value());
    return std::move(*opened);
}

}  // namespace samples
