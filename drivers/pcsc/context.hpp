// The connection to pcscd. Everything got from it ends with it.
#pragma once

#include "drivers/base/result.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pcsc {

class Context {
  public:
    static base::Result<Context> open();

    Context(Context&& other) noexcept : handle_(std::exchange(other.handle_, 0)) {}
    Context& operator=(Context&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Context();

    long handle() const { return handle_; }  // SCARDCONTEXT

    // The names of all readers and slots, in the service's order; none is no error.
    base::Result<std::vector<std::string>> readers() const;

  private:
    explicit Context(long handle) : handle_(handle) {}

    long handle_;
};

}  // namespace pcsc
