// Result<T>: a T, or the Error that says why there is none. No exception crosses a module.
#pragma once

#include "drivers/base/error.hpp"

#include <tl/expected.hpp>

#include <utility>

namespace base {

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(Errc code, std::string detail = {}) {
    return tl::unexpected<Error>(Error{code, std::move(detail)});
}

inline tl::unexpected<Error> failure(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace base
