// All touch panels and keypads of the system, as they come and go.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/base/unix_socket.hpp"
#include "drivers/input/device.hpp"

#include <vector>

namespace input {

class Devices {
  public:
    // Errc::system_failed where the folder cannot be watched. Only these keys are heard.
    static base::Result<Devices> open(std::filesystem::path folder,
                                      std::vector<std::uint16_t> keys);

    // To be polled while sleeping; then take().
    std::vector<int> descriptors() const;
    // What happened since the last time.
    std::vector<Happening> take();
    // For the log: what came and went since the last time, a sentence each.
    std::vector<std::string> take_news() { return std::exchange(news_, {}); }

  private:
    Devices(std::filesystem::path folder, std::vector<std::uint16_t> keys, base::Descriptor notices)
        : folder_(std::move(folder)), keys_(std::move(keys)), notices_(std::move(notices)) {}

    void look_for_new();
    bool take_notices();

    std::filesystem::path folder_;
    std::vector<std::uint16_t> keys_;
    base::Descriptor notices_;
    std::vector<Device> devices_;
    std::vector<std::string> news_;
};

}  // namespace input
