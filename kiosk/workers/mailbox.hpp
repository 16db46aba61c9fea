// The only thing two threads share: facts go in at one end, the owner is woken and takes them all
// out.
#pragma once

#include "drivers/base/unix_socket.hpp"

#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include <sys/eventfd.h>
#include <unistd.h>

namespace workers {

template <class Fact>
class Mailbox {
  public:
    Mailbox() : wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

    // From any thread.
    void post(Fact fact) {
        {
            std::lock_guard const lock{mutex_};
            facts_.push_back(std::move(fact));
        }
        std::uint64_t const one = 1;
        [[maybe_unused]] auto const written = ::write(wake_.number(), &one, sizeof(one));
    }

    // By the owner alone: everything that came since the last call, oldest first.
    std::vector<Fact> take() {
        std::uint64_t count = 0;
        [[maybe_unused]] auto const read = ::read(wake_.number(), &count, sizeof(count));
        std::lock_guard const lock{mutex_};
        return std::exchange(facts_, {});
    }

    // Readable while there is something to take.
    int descriptor() const { return wake_.number(); }

  private:
    base::Descriptor wake_;
    std::mutex mutex_;
    std::vector<Fact> facts_;
};

}  // namespace workers
