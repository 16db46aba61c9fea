// Linked with kiosk/wiping_free.cpp, as dmp-kiosk is.
#include "drivers/base/process.hpp"
#include "drivers/base/unix_socket.hpp"
#include "tests/catch.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

extern "C" void __libc_free(void* memory);

namespace {

constexpr std::string_view secret = "somebody's name, longer than what the allocator writes itself";

// Past the compiler, for which memory given back holds nothing.
bool is_at(std::uintptr_t address, std::string_view text) {
    base::Descriptor const memory{::open("/proc/self/mem", O_RDONLY | O_CLOEXEC)};
    // On the stack: an allocation would take the very place that is looked at.
    std::array<char, 128> found{};
    REQUIRE(text.size() <= found.size());
    REQUIRE(::pread(memory.number(), found.data(), text.size(), static_cast<off_t>(address)) ==
            static_cast<ssize_t>(text.size()));
    return std::string_view{found.data(), text.size()} == text;
}

// The allocator keeps its own notes at the beginning of what is free.
constexpr std::size_t notes = 16;
bool rest_is_at(std::uintptr_t address) { return is_at(address + notes, secret.substr(notes)); }

std::uintptr_t address_of(void const* memory) { return reinterpret_cast<std::uintptr_t>(memory); }

}  // namespace

TEST_CASE("what C or C++ gives back is overwritten", "[wiping]") {
    auto* const by_c = ::strdup(secret.data());
    auto const there = address_of(by_c);
    REQUIRE(rest_is_at(there));
    std::free(by_c);
    CHECK_FALSE(rest_is_at(there));

    auto by_cpp = std::make_unique<std::string>(secret);
    auto const text = address_of(by_cpp->data());
    REQUIRE(rest_is_at(text));
    by_cpp.reset();
    CHECK_FALSE(rest_is_at(text));
}

TEST_CASE("what the C library made for itself is overwritten too", "[wiping]") {
    char* written = nullptr;
    std::size_t size = 0;
    auto* const stream = ::open_memstream(&written, &size);
    REQUIRE(stream != nullptr);
    std::fwrite(secret.data(), 1, secret.size(), stream);
    std::fflush(stream);
    auto const first = address_of(written);
    for (int i = 0; i < 1000; ++i)
        std::fwrite(secret.data(), 1, secret.size(), stream);  // into larger and larger places
    std::fclose(stream);
    REQUIRE(address_of(written) != first);
    CHECK_FALSE(rest_is_at(first));
    std::free(written);

    auto* const aligned = static_cast<char*>(std::aligned_alloc(64, 128));
    std::memcpy(aligned, secret.data(), secret.size());
    auto const there = address_of(aligned);
    std::free(aligned);
    CHECK_FALSE(rest_is_at(there));
}

TEST_CASE("what grows leaves nothing in its old place, and what shrinks keeps what it keeps",
          "[wiping]") {
    auto* memory = ::strdup(secret.data());
    auto const before = address_of(memory);
    memory = static_cast<char*>(std::realloc(memory, 100'000));
    REQUIRE(memory != nullptr);
    CHECK(is_at(address_of(memory), secret));
    CHECK_FALSE(rest_is_at(before));
    auto const grown = address_of(memory);
    memory = static_cast<char*>(std::realloc(memory, secret.size()));
    REQUIRE(memory != nullptr);
    CHECK(is_at(address_of(memory), secret));
    CHECK_FALSE(rest_is_at(grown));
    CHECK(std::realloc(memory, 0) == nullptr);
    memory = static_cast<char*>(std::realloc(nullptr, 10));
    CHECK(memory != nullptr);
    std::free(memory);
}

TEST_CASE("giving back keeps the error of the call before, and nothing may be given back",
          "[wiping]") {
    auto* const memory = ::strdup(secret.data());
    errno = ENOENT;
    std::free(memory);
    std::free(nullptr);
    CHECK(errno == ENOENT);
}

TEST_CASE("given back twice", "[.given_back_twice]") {
    void* volatile memory = std::malloc(40);
    void* const volatile between = std::malloc(40);
    std::free(memory);
    std::free(memory);
    std::free(between);
}

TEST_CASE("memory given back twice ends the program, as it would without the wiping", "[wiping]") {
    auto const ends_by = [](char const* tunables) {
        auto process = base::Process::start({{"/proc/self/exe", "[.given_back_twice]"},
                                             {{"GLIBC_TUNABLES", tunables}},
                                             "/dev/null"});
        REQUIRE(process);
        return process->wait(std::chrono::seconds{30});
    };
    CHECK(ends_by("glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0") != 0);
    CHECK(ends_by("") == 0);  // the control: with the lists it is not found
}

TEST_CASE("control: the allocator's own leaves what was there", "[wiping]") {
    auto* const memory = ::strdup(secret.data());
    auto const there = address_of(memory);
    __libc_free(memory);
    CHECK(rest_is_at(there));
}
