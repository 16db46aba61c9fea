// The test's end of the robot socket of dmp-kiosk, and of the simulator's control: JSON lines.
#pragma once

#include "drivers/base/line_client.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace desk {

class RobotClient {
  public:
    // Waits, for at most the given time, until somebody listens at the path.
    static base::Result<RobotClient> connect(std::filesystem::path const& path,
                                             std::chrono::milliseconds timeout);

    // The answer, whatever it says; an Error only if there is none or it is not JSON.
    base::Result<nlohmann::json> ask(nlohmann::json const& line,
                                     std::chrono::milliseconds timeout = std::chrono::seconds{30});

    // As ask, but "ok":false is an Error (Errc::refused) with the answer's reason in its detail.
    base::Result<nlohmann::json>
    order(nlohmann::json const& line, std::chrono::milliseconds timeout = std::chrono::seconds{30});

    // Of dmp-kiosk: waits until the state was entered after the last one seen by this client.
    base::Result<void> wait_for(std::string_view state,
                                std::chrono::milliseconds timeout = std::chrono::seconds{15});
    base::Result<void> tap(std::string_view widget);

  private:
    explicit RobotClient(base::LineClient client) : client_(std::move(client)) {}

    base::LineClient client_;
    std::uint64_t seen_ = 0;
};

}  // namespace desk
