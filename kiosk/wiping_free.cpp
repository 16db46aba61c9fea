// Everything this program frees is overwritten first: names and numbers pass through strings, lists
// and messages on their way to the screen and the request, in our code and in the libraries below
// it (the setting of text, XML, cryptography, PC/SC), and none of them shall stay behind in memory
// that nobody owns any more.
//
// Only the two functions that give memory back are replaced; all memory stays the GNU C library's
// own. What is given back twice must be of size nothing when it comes again, or it would be wiped
// where the allocator notes that it is free: the unit and the desk turn off the two lists in which
// it is not (GLIBC_TUNABLES tcache_count and mxfast).
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <malloc.h>

// Exported by the GNU C library for those who replace the functions around it.
extern "C" void __libc_free(void* memory);

extern "C" void free(void* memory) {
    if (memory == nullptr) return;
    auto const before = errno;  // free() keeps it
    ::explicit_bzero(memory, ::malloc_usable_size(memory));
    __libc_free(memory);
    errno = before;
}

// The allocator's own would give back the old place as it is.
extern "C" void* realloc(void* memory, std::size_t size) {
    if (memory == nullptr) return std::malloc(size);
    auto const room = ::malloc_usable_size(memory);
    if (size == 0) {
        ::free(memory);
        return nullptr;
    }
    if (size <= room && size >= room / 2) return memory;
    void* const moved = std::malloc(size);
    if (moved == nullptr) return nullptr;
    std::memcpy(moved, memory, std::min(room, size));
    ::free(memory);
    return moved;
}
