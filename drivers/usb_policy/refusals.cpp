#include "drivers/usb_policy/refusals.hpp"

#include <chrono>
#include <deque>
#include <fstream>

#include <nlohmann/json.hpp>

namespace usb_policy {
namespace {

constexpr std::size_t most_refusals = 32;

}  // namespace

void keep_refusal(std::filesystem::path const& file, Refusal const& refusal) {
    std::deque<std::string> lines;
    {
        std::ifstream before{file};
        for (std::string line; std::getline(before, line);)
            lines.push_back(line);
    }
    auto const now = std::chrono::system_clock::now().time_since_epoch();
    lines.push_back(nlohmann::json{
        {"at", std::chrono::duration_cast<std::chrono::seconds>(now).count()},
        {"port", refusal.port},
        {"device", refusal.device},
        {"why",
         refusal.why}}.dump());
    while (lines.size() > most_refusals)
        lines.pop_front();
    // Another name first: whoever reads sees the old list or the new one.
    auto const fresh = file.native() + ".new";
    {
        std::ofstream after{fresh, std::ios::trunc};
        for (auto const& line : lines)
            after << line << '\n';
    }
    std::error_code none;
    std::filesystem::rename(fresh, file, none);
}

}  // namespace usb_policy
