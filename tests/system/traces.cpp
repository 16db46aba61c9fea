#include "tests/system/traces.hpp"

#include "tests/system/fixture.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace system_tests {
namespace {

bool holds_one(std::string_view content, Words const& words) {
    return std::ranges::any_of(words, [&](std::string const& word) {
        return content.find(word) != std::string_view::npos;
    });
}

// What stands there, with dots for what cannot be printed.
std::string around(std::string_view content, std::size_t at) {
    constexpr std::size_t margin = 64;
    auto const begin = at - std::min(at, margin);
    std::string text{content.substr(begin, 3 * margin)};
    for (auto& byte : text)
        if (static_cast<unsigned char>(byte) < 0x20 || static_cast<unsigned char>(byte) > 0x7E)
            byte = '.';
    return text;
}

// The quoted value of `key = "..."`, if the line is one.
std::string value_of(std::string_view key, std::string const& line) {
    if (!line.starts_with(std::string{key} + " = \"")) return {};
    auto const begin = key.size() + 4;
    return line.substr(begin, line.find('"', begin) - begin);
}

// ISO 8859-1, as on the card; the same where there is no accent.
std::string in_latin_1(std::string_view utf8) {
    std::string text;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        auto const byte = static_cast<unsigned char>(utf8[i]);
        bool const two = (byte == 0xC2 || byte == 0xC3) && i + 1 < utf8.size();
        text.push_back(two ? static_cast<char>((byte << 6) | (utf8[++i] & 0x3F)) : utf8[i]);
    }
    return text;
}

}  // namespace

Words words_of(std::filesystem::path const& profile) {
    Words words;
    std::istringstream lines{content_of(profile)};
    for (std::string line; std::getline(lines, line);) {
        if (auto const name = value_of("name", line); !name.empty()) {
            words.push_back(name);
            if (auto const raw = in_latin_1(name); raw != name) words.push_back(raw);
        }
        if (auto number = value_of("nir", line); !number.empty()) {
            std::erase(number, ' ');
            words.push_back(number);
            words.push_back(number.substr(0, 13));  // as it may stand without its key
        }
    }
    REQUIRE_FALSE(words.empty());
    return words;
}

std::vector<std::string> found_in_memory(pid_t process, Words const& words) {
    auto const folder = std::filesystem::path{"/proc"} / std::to_string(process);
    std::ifstream maps{folder / "maps"};
    std::ifstream memory{folder / "mem", std::ios::binary};
    REQUIRE(memory);
    std::vector<std::string> found;
    for (std::string line; std::getline(maps, line);) {
        std::istringstream fields{line};
        std::uintptr_t begin = 0;
        std::uintptr_t end = 0;
        char dash = 0;
        std::string rights;
        fields >> std::hex >> begin >> dash >> end >> rights;
        if (rights.find('w') == std::string::npos) continue;
        std::string content(end - begin, '\0');
        memory.clear();
        memory.seekg(static_cast<std::streamoff>(begin));
        memory.read(content.data(), static_cast<std::streamsize>(content.size()));
        for (auto const& word : words)
            for (auto at = content.find(word); at != std::string::npos;
                 at = content.find(word, at + 1))
                found.push_back(word + " in " + line + ": " + around(content, at));
    }
    return found;
}

std::vector<std::filesystem::path> files_with(std::filesystem::path const& folder,
                                              Words const& words) {
    std::vector<std::filesystem::path> found;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder})
        if (entry.is_regular_file() && holds_one(content_of(entry.path()), words))
            found.push_back(entry.path());
    return found;
}

}  // namespace system_tests
