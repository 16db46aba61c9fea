#include "kiosk/input_watch.hpp"

#include <array>
#include <string_view>

#include <sys/inotify.h>
#include <unistd.h>

namespace kiosk {

std::optional<InputWatch> InputWatch::open(std::filesystem::path const& folder) {
    base::Descriptor notices{::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
    if (!notices || ::inotify_add_watch(notices.number(), folder.c_str(), IN_CREATE) < 0)
        return std::nullopt;
    return InputWatch{std::move(notices)};
}

bool InputWatch::take(Clock::time_point now) {
    alignas(inotify_event) std::array<char, 4096> notices;
    for (;;) {
        auto const size = ::read(notices_.number(), notices.data(), notices.size());
        if (size <= 0) break;
        for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
            // The kernel aligns each notice.
            auto const* const notice = reinterpret_cast<inotify_event const*>(notices.data() + at);
            if (notice->len > 0 && std::string_view{notice->name}.starts_with("event"))
                due_ = now + settling;
            at += sizeof(inotify_event) + notice->len;
        }
    }
    if (!due_ || now < *due_) return false;
    due_.reset();
    return true;
}

}  // namespace kiosk
