// QEMU's control socket (QMP): commands, their answers, and what QEMU tells by itself. One
// thread's.
#pragma once

#include "drivers/base/line_client.hpp"

#include <chrono>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace machine {

class Qmp {
  public:
    // The socket must be there; returns when QEMU takes commands.
    static base::Result<Qmp> connect(std::filesystem::path const& socket);

    // What it returns; Errc::refused with QEMU's own words when it does not do it.
    base::Result<nlohmann::json>
    execute(std::string_view command, nlohmann::json const& arguments = nlohmann::json::object(),
            std::chrono::milliseconds timeout = std::chrono::seconds{30});

    // The next event of this name that was not waited for yet, its data.
    base::Result<nlohmann::json> wait_for_event(std::string_view name,
                                                std::chrono::milliseconds timeout);
    // Events from before do not count any more.
    void forget_events() { events_.clear(); }

  private:
    explicit Qmp(base::LineClient client) : client_(std::move(client)) {}

    base::Result<nlohmann::json> receive(std::chrono::steady_clock::time_point deadline);

    base::LineClient client_;
    std::deque<nlohmann::json> events_;
};

}  // namespace machine
