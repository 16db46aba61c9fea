#include "kiosk/spooler/cut_file.hpp"

#include "kiosk/spooler/database.hpp"

#include <array>
#include <fstream>

namespace spooler {
namespace {

constexpr std::string_view magic{"SQLite format 3", 16};

using Header = std::array<char, 100>;

std::uint64_t number_at(Header const& header, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | static_cast<unsigned char>(header[at + i]);
    return value;
}

}  // namespace

bool mend_length(std::filesystem::path const& database, std::int64_t most_pages) {
    std::ifstream file{database, std::ios::binary};
    Header header{};
    if (!file.read(header.data(), header.size())) return false;
    if (std::string_view{header.data(), magic.size()} != magic) return false;
    if (number_at(header, 16, 2) != static_cast<std::uint64_t>(Database::page_size)) return false;
    // Only a count written with the last change is one.
    if (number_at(header, 24, 4) != number_at(header, 92, 4)) return false;
    auto const pages = number_at(header, 28, 4);
    std::error_code code;
    auto const size = std::filesystem::file_size(database, code);
    auto const whole = pages * static_cast<std::uint64_t>(Database::page_size);
    if (code || pages > static_cast<std::uint64_t>(most_pages) || size >= whole) return false;
    std::filesystem::resize_file(database, whole, code);
    return !code;
}

}  // namespace spooler
