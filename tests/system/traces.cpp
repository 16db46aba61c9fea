#include "tests/system/traces.hpp"

#include "tests/system/fixture.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace system_tests {
namespace {

int occurrences(std::string_view content, Words const& words) {
    int count = 0;
    for (auto const& word : words)
        for (auto at = content.find(word); at != std::string_view::npos;
             at = content.find(word, at + 1))
            ++count;
    return count;
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

int found_in_memory(pid_t process, Words const& words) {
    auto const folder = std::filesystem::path{"/proc"} / std::to_string(process);
    std::ifstream maps{folder / "maps"};
    std::ifstream memory{folder / "mem", std::ios::binary};
    REQUIRE(memory);
    int count = 0;
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
        count += occurrences(content, words);
    }
    return count;
}

std::vector<std::filesystem::path> files_with(std::filesystem::path const& folder,
                                              Words const& words) {
    std::vector<std::filesystem::path> found;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder})
        if (entry.is_regular_file() && occurrences(content_of(entry.path()), words) > 0)
            found.push_back(entry.path());
    return found;
}

}  // namespace system_tests
