#include "tests/image/machine/serial_log.hpp"

#include "drivers/base/eventually.hpp"

#include <array>
#include <fstream>

namespace machine {
namespace {

using base::Errc;
using base::failure;

// As terminals understand them: ESC [ parameters letter, and ESC with one more character.
std::string without_colours(std::string_view raw) {
    std::string plain;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '\r') continue;
        if (raw[i] != '\x1b') {
            plain.push_back(raw[i]);
            continue;
        }
        if (i + 1 < raw.size() && raw[i + 1] == '[') {
            i += 2;
            while (i < raw.size() && (raw[i] < '@' || raw[i] > '~'))
                ++i;
        } else {
            ++i;
        }
    }
    return plain;
}

}  // namespace

std::string_view sign_of_failure(std::string_view text) {
    constexpr std::array signs{std::string_view{"Kernel panic"}, std::string_view{"INITRD-FAIL"},
                               std::string_view{"emergency mode"},
                               std::string_view{"Access Denied"}};
    for (auto const sign : signs)
        if (text.find(sign) != std::string_view::npos) return sign;
    return {};
}

std::string SerialLog::text() const {
    std::ifstream file{file_, std::ios::binary};
    return without_colours(std::string{std::istreambuf_iterator<char>{file}, {}});
}

std::string SerialLog::last_lines(std::size_t count) const {
    auto const all = text();
    auto at = all.size();
    for (std::size_t lines = 0; at > 0; --at)
        if (all[at - 1] == '\n' && ++lines > count) break;
    return all.substr(at);
}

base::Result<void> SerialLog::wait_for(std::string_view words, std::chrono::milliseconds timeout,
                                       std::function<bool()> const& alive) {
    base::Result<void> result = failure(Errc::timed_out);
    auto const decided = [&] {
        bool const lives = alive();
        auto const all = text();
        auto const fresh = std::string_view{all}.substr(std::min(seen_, all.size()));
        auto const at = fresh.find(words);
        auto const sign = sign_of_failure(fresh.substr(0, at));
        if (!sign.empty()) {
            result = failure(Errc::refused, "the machine said \"" + std::string{sign} + "\"");
            return true;
        }
        if (at != std::string_view::npos) {
            seen_ += at + words.size();
            result = {};
            return true;
        }
        if (!lives) {
            result = failure(Errc::refused, "the machine is off");
            return true;
        }
        return false;
    };
    auto const deadline = std::chrono::steady_clock::now() + timeout;
    while (!decided()) {
        if (std::chrono::steady_clock::now() > deadline)
            return failure(Errc::timed_out,
                           "not within " + std::to_string(timeout.count() / 1000) + " s");
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    return result;
}

}  // namespace machine
