// Waiting for what only a question can tell: a file that appears, a program that gets ready. For
// the desk and the tests alone; the product waits on descriptors.
#pragma once

#include <chrono>
#include <thread>

namespace base {

// Whether the condition became true within the limit; asked every few milliseconds.
template <class Condition>
bool eventually(Condition condition, std::chrono::milliseconds limit) {
    auto const deadline = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return true;
}

}  // namespace base
