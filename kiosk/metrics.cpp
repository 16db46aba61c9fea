#include "kiosk/metrics.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <sys/resource.h>

namespace kiosk {
namespace {

constexpr std::size_t most_frames = 4096;

std::uint64_t voluntary_switches() {
    std::uint64_t total = 0;
    std::error_code ignored;
    for (auto const& task : std::filesystem::directory_iterator{"/proc/self/task", ignored}) {
        std::ifstream status{task.path() / "status"};
        for (std::string word; status >> word;) {
            std::uint64_t count = 0;
            if (word == "voluntary_ctxt_switches:" && status >> count) total += count;
        }
    }
    return total;
}

std::int64_t proportional_set_size() {
    std::ifstream rollup{"/proc/self/smaps_rollup"};
    for (std::string word; rollup >> word;) {
        std::int64_t size = 0;
        if (word == "Pss:" && rollup >> size) return size;
    }
    return 0;
}

Milliseconds processor_time() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    auto const of = [](timeval const& time) {
        return std::chrono::seconds{time.tv_sec} + std::chrono::microseconds{time.tv_usec};
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

}  // namespace

void Metrics::frame_took(Milliseconds time) {
    if (frames_ms_.size() >= most_frames)
        frames_ms_.erase(frames_ms_.begin(), frames_ms_.begin() + most_frames / 2);
    frames_ms_.push_back(static_cast<float>(time.count()));
    ++frame_count_;
}

Metrics::Snapshot Metrics::snapshot(std::uint64_t ui_wakeups) const {
    return {frames_ms_,
            frame_count_,
            ui_wakeups,
            voluntary_switches(),
            processor_time(),
            std::chrono::steady_clock::now().time_since_epoch(),
            proportional_set_size(),
            event_to_screen_};
}

Metrics::Frames Metrics::Snapshot::frames_since(Snapshot const& before) const {
    auto const count = std::min<std::size_t>(frame_count - before.frame_count, frames_ms.size());
    std::vector<float> times{frames_ms.end() - static_cast<std::ptrdiff_t>(count), frames_ms.end()};
    std::ranges::sort(times);
    if (times.empty()) return {};
    auto const at = [&](std::size_t percent) {
        return Milliseconds{times[std::min(times.size() - 1, times.size() * percent / 100)]};
    };
    return {count, at(50), at(99)};
}

}  // namespace kiosk
