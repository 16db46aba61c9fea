#include "tests/fakes/board/image.hpp"

#include "drivers/base/bytes.hpp"

#include <fstream>
#include <numeric>
#include <stdexcept>
#include <string>

namespace fake {
namespace {

enum class Record : std::uint8_t {
    data = 0,
    end = 1,
    segment = 2,
    start_segment = 3,
    upper = 4,
    start = 5
};

void put(Image& image, std::uint32_t address, std::uint8_t byte) {
    if (address >= flash_size) throw std::runtime_error{"image beyond the flash"};
    auto const [page, is_new] = image.try_emplace(address - address % page_size);
    if (is_new) page->second.fill(0xFF);
    page->second[address % page_size] = byte;
}

}  // namespace

Image read_intel_hex(std::filesystem::path const& file) {
    std::ifstream lines{file};
    Image image;
    std::uint32_t base = 0;
    for (std::string line; std::getline(lines, line);) {
        while (!line.empty() && line.back() == '\r')
            line.pop_back();
        auto const record = line.starts_with(':') ? base::from_hex(line.substr(1))
                                                  : base::failure(base::Errc::malformed);
        if (!record || record->size() < 5 || record->size() != record->at(0) + 5U ||
            std::accumulate(record->begin(), record->end(), 0U) % 256 != 0)
            throw std::runtime_error{"not Intel HEX: " + file.string()};
        auto const& bytes = *record;
        auto const at = static_cast<std::uint32_t>(bytes[1] << 8 | bytes[2]);
        switch (static_cast<Record>(bytes[3])) {
        case Record::data:
            for (std::uint32_t i = 0; i < bytes[0]; ++i)
                put(image, base + at + i, bytes[4 + i]);
            break;
        case Record::segment:
            base = static_cast<std::uint32_t>(bytes[4] << 8 | bytes[5]) << 4;
            break;
        case Record::upper:
            base = static_cast<std::uint32_t>(bytes[4] << 8 | bytes[5]) << 16;
            break;
        case Record::end: return image;
        case Record::start_segment:
        case Record::start: break;
        }
    }
    throw std::runtime_error{"no end, or no such file: " + file.string()};
}

}  // namespace fake
