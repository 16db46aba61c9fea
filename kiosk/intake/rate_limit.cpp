#include "kiosk/intake/rate_limit.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace intake {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr std::chrono::minutes between_forgetting{1};

}  // namespace

double RateLimit::left_now(Share const& share, Time now) const {
    auto const gained = Seconds{now - share.at}.count() * per_minute_ / 60.0;
    return std::min(static_cast<double>(per_minute_), share.left + gained);
}

std::optional<std::chrono::seconds> RateLimit::one_more(std::string const& kiosk, Time now) {
    forget_the_idle(now);
    auto& share =
        shares_.try_emplace(kiosk, Share{static_cast<double>(per_minute_), now}).first->second;
    share = {left_now(share, now), now};
    if (share.left < 1) {
        auto const seconds = std::ceil((1 - share.left) * 60.0 / per_minute_);
        return std::chrono::seconds{static_cast<std::int64_t>(seconds)};
    }
    share.left -= 1;
    return std::nullopt;
}

std::optional<int> OnceAMinute::one_more(std::string const& kiosk, Time now) {
    auto& untold = untold_[kiosk];
    ++untold.count;
    if (now < untold.next) return std::nullopt;
    untold.next = now + std::chrono::minutes{1};
    return std::exchange(untold.count, 0);
}

void RateLimit::forget_the_idle(Time now) {
    if (now < forget_at_) return;
    forget_at_ = now + between_forgetting;
    std::erase_if(shares_,
                  [&](auto const& entry) { return left_now(entry.second, now) >= per_minute_; });
}

}  // namespace intake
