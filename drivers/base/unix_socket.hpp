// A descriptor that closes itself, and the two ways to get one on a Unix socket.
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>
#include <utility>

#include <sys/types.h>

namespace base {

class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor();

    int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }
    void close() { Descriptor{std::move(*this)}; }

  private:
    int number_ = -1;
};

// Listens at path, which only the owner may open unless `mode` says otherwise. A socket left behind
// by a dead process is replaced; one that still answers, or a file that is no socket, is not
// (Errc::conflict).
Result<Descriptor> listen_at(std::filesystem::path const& path, mode_t mode = 0600);

// Sending to one that does not read fails after a few seconds instead of waiting for ever.
Result<Descriptor> connect_to(std::filesystem::path const& path);

struct Peer {
    uid_t user;
    gid_t group;
    pid_t process;
};

// Who is at the other end, by SO_PEERCRED.
Result<Peer> peer_of(int descriptor);

}  // namespace base
