// A queue of fixed size from one thread to one other, neither of which ever waits: sound must not
// stop because the other side holds a lock. Elements are filled and read in place.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>

namespace speech {

template <class Element, std::size_t capacity>
class Ring {
  public:
    // The thread that fills: the next free place, or none; push() gives it to the other side.
    Element* free() { return size() == capacity ? nullptr : &elements_[pushed_.load() % capacity]; }
    void push() { pushed_.fetch_add(1); }

    // The thread that reads: the oldest element, or none; pop() gives its place back.
    Element* front() { return size() == 0 ? nullptr : &elements_[popped_.load() % capacity]; }
    void pop() { popped_.fetch_add(1); }

    // Exact for neither side, but never too small for the one that fills, nor too large for the
    // one that reads.
    std::size_t size() const {
        auto const popped = popped_.load();
        return pushed_.load() - popped;
    }

  private:
    std::array<Element, capacity> elements_{};
    std::atomic<std::size_t> pushed_ = 0;
    std::atomic<std::size_t> popped_ = 0;
};

}  // namespace speech
