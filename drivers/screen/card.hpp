// A graphics card of the system as its mode setting shows it. One program at a time is its master
// and decides what its panels show: whoever opens it first while nobody is.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/base/unix_socket.hpp"
#include "drivers/screen/mode.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace screen {

// A socket of the card with a panel in it.
struct Connector {
    std::uint32_t id = 0;
    std::string name;         // as the kernel names it: "HDMI-A-1"
    std::vector<Mode> modes;  // the panel's, in the kernel's order
    bool link_lost = false;   // it is there, and must be lit anew
};

class Card {
  public:
    // Errc::connection_lost when there is no such card or it has no sockets, Errc::conflict when
    // another program is its master.
    static base::Result<Card> open(std::filesystem::path const& path);

    // The first connector with a panel, looked at now: a tenth of a second over a slow cable.
    std::optional<Connector> find_panel() const;
    // The same one again, while there is a panel in it.
    std::optional<Connector> find_panel(std::uint32_t connector) const;

    // Lets another program become the master. What is shown stays until that one shows something.
    void yield();

    std::filesystem::path const& path() const { return path_; }
    int descriptor() const { return file_.number(); }

  private:
    Card(std::filesystem::path path, base::Descriptor file)
        : path_(std::move(path)), file_(std::move(file)) {}

    std::filesystem::path path_;
    base::Descriptor file_;
};

// The cards there are, in the order of their numbers.
std::vector<std::filesystem::path> list_cards(std::filesystem::path const& folder);

}  // namespace screen
