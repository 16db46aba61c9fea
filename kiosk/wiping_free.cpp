// Everything this program frees is overwritten first: names and numbers pass through strings, lists
// and messages on their way to the screen and the request, and none of them shall stay behind in
// memory that nobody owns any more.
#include <cstdlib>
#include <cstring>
#include <new>

#include <malloc.h>

namespace {

void wipe_and_free(void* memory) noexcept {
    if (memory == nullptr) return;
    ::explicit_bzero(memory, ::malloc_usable_size(memory));
    std::free(memory);
}

}  // namespace

// All forms end here; operator new of the standard library takes its memory from malloc.
void operator delete(void* memory) noexcept { wipe_and_free(memory); }
void operator delete[](void* memory) noexcept { wipe_and_free(memory); }
void operator delete(void* memory, std::size_t) noexcept { wipe_and_free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { wipe_and_free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { wipe_and_free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { wipe_and_free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    wipe_and_free(memory);
}
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept {
    wipe_and_free(memory);
}
