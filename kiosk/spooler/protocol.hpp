// The socket's language: one JSON object in, one out (README.md lists both). A bad line is
// answered, never fatal.
#pragma once

#include "drivers/base/unix_socket.hpp"
#include "kiosk/spooler/spooler.hpp"

#include <string>
#include <string_view>

namespace spooler {

// 64 KiB of body in base64 and what stands around it.
inline constexpr std::size_t longest_line = 128 * 1024;

struct Reply {
    std::string line;
    bool watches = false;  // this client wants to hear of every change from now on
};

Reply reply_to(Spooler& spooler, std::string_view line, base::Result<base::Peer> const& peer);

// What is pushed to the clients that watch.
std::string event_line(Availability const& availability);

}  // namespace spooler
