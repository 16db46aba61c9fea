// How many requests one kiosk may bring in a minute: one that runs wild, or whose key was stolen,
// must not keep the others from being heard.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace intake {

// Not for several threads at once.
class RateLimit {
  public:
    using Time = std::chrono::steady_clock::time_point;

    // After a pause a kiosk may bring a whole minute's share at once.
    explicit RateLimit(int per_minute) : per_minute_(per_minute) {}

    // Counts one request; how long to wait when it is one too many.
    std::optional<std::chrono::seconds> one_more(std::string const& kiosk, Time now);

    // Kiosks of whom something is remembered: those that brought any in the last minute.
    std::size_t remembered() const { return shares_.size(); }

  private:
    struct Share {
        double left;
        Time at;
    };
    double left_now(Share const& share, Time now) const;
    void forget_the_idle(Time now);

    int per_minute_;
    std::map<std::string, Share> shares_;
    Time forget_at_{};
};

// How often something repeated that is told once a minute for each kiosk.
class OnceAMinute {
  public:
    using Time = std::chrono::steady_clock::time_point;

    // Counts one; how many since it was last told, this one included, when it is to be told.
    std::optional<int> one_more(std::string const& kiosk, Time now);

  private:
    struct Untold {
        int count = 0;
        Time next{};
    };
    std::map<std::string, Untold> untold_;  // as many as there are kiosks that ever came too often
};

}  // namespace intake
