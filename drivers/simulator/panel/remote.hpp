// The panel's view of the simulator: its control socket, and nothing else.
#pragma once

#include "drivers/base/line_client.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace simulator {

struct ListedCard {
    std::string id;
    std::string title;
    std::string tests;
};

struct SlotView {
    bool inserted = false;
    std::string profile;
    bool turned = false;
    bool connected = false;
    std::uint64_t apdus = 0;
    std::uint64_t resets = 0;

    bool operator==(SlotView const&) const = default;
};

struct Order {
    enum class Kind : std::uint8_t { insert, swap, turn, remove };

    Kind kind = Kind::insert;
    std::string profile = {};  // for insert and swap
};

class Remote {
  public:
    static base::Result<Remote> connect(std::filesystem::path const& control);

    // All answer within a second or fail; Errc::refused carries the simulator's reason.
    base::Result<std::vector<ListedCard>> cards();
    base::Result<SlotView> slot();
    base::Result<void> give(Order const& order);

  private:
    explicit Remote(base::LineClient client) : client_(std::move(client)) {}

    base::LineClient client_;
};

}  // namespace simulator
