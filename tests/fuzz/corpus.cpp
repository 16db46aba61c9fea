#include "tests/fuzz/corpus.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace fuzz {

namespace fs = std::filesystem;

base::Bytes content(fs::path const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<base::Bytes> corpus_of(std::string_view target) {
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator{fs::path{FUZZ_CORPUS} / target})
        files.push_back(entry.path());
    std::ranges::sort(files);  // the same order everywhere
    std::vector<base::Bytes> inputs;
    for (auto const& file : files)
        inputs.push_back(content(file));
    return inputs;
}

base::Bytes changed(base::Bytes bytes, std::mt19937& random) {
    auto const below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
    for (auto times = 1 + below(4); times > 0; --times) {
        auto const at = static_cast<std::ptrdiff_t>(below(bytes.size()));
        auto const byte = static_cast<std::uint8_t>(random());
        switch (below(6)) {
        case 0:
            if (!bytes.empty()) bytes[static_cast<std::size_t>(at)] = byte;
            break;
        case 1:
            if (!bytes.empty())
                bytes[static_cast<std::size_t>(at)] ^= static_cast<std::uint8_t>(1U << below(8));
            break;
        case 2: bytes.resize(static_cast<std::size_t>(at)); break;
        case 3: bytes.insert(bytes.begin() + at, byte); break;
        case 4:
            if (!bytes.empty()) bytes.erase(bytes.begin() + at);
            break;
        default: bytes.insert(bytes.begin() + at, below(300), byte); break;
        }
    }
    return bytes;
}

}  // namespace fuzz
