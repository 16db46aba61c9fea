#include "kiosk/slots/release.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace slots {
namespace {

using base::Errc;
using base::failure;

constexpr std::size_t longest_word = 64;

// What may stand in a boot entry, a log line and a report as it is.
bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= longest_word &&
           std::ranges::all_of(text, [](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
                      (letter >= 'A' && letter <= 'Z') ||
                      std::string_view{"-.+~_"}.find(letter) != std::string_view::npos;
           });
}

bool is_sha256(std::string_view text) {
    return text.size() == 64 && std::ranges::all_of(text, [](char digit) {
        return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
    });
}

}  // namespace

base::Result<Release> parse_release(std::string_view text) {
    std::map<std::string_view, std::string_view> values;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        auto const line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (auto const equals = line.find('='); equals != std::string_view::npos)
            values[line.substr(0, equals)] = line.substr(equals + 1);
    }
    auto const wrong = [](char const* key) {
        return failure(Errc::malformed, std::string{"release: "} + key + ": missing or malformed");
    };
    Release release;
    release.compatible = values["COMPATIBLE"];
    if (!is_word(release.compatible)) return wrong("COMPATIBLE");
    release.version = values["VERSION"];
    if (!is_word(release.version)) return wrong("VERSION");
    auto const build = values["BUILD"];
    auto const [rest, error] =
        std::from_chars(build.data(), build.data() + build.size(), release.build);
    if (error != std::errc{} || rest != build.data() + build.size() || release.build <= 0)
        return wrong("BUILD");
    release.kernel_sha256 = values["KERNEL_SHA256"];
    if (!release.kernel_sha256.empty() && !is_sha256(release.kernel_sha256))
        return wrong("KERNEL_SHA256");
    return release;
}

}  // namespace slots
