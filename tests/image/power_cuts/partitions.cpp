#include "tests/image/power_cuts/partitions.hpp"

#include <algorithm>

#include <boost/crc.hpp>

namespace power_cuts {
namespace {

using base::Errc;

// UEFI 2.10, 5.3: all numbers little-endian.
constexpr std::uint64_t sector = 512;
constexpr std::uint64_t header_size = 92;
constexpr std::uint64_t least_entry = 128;
constexpr std::uint64_t most_entries = 1024;
constexpr std::string_view signature = "EFI PART";

std::uint64_t number_at(base::ByteView bytes, std::uint64_t offset, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value |= std::uint64_t{bytes[offset + i]} << (8 * i);
    return value;
}

std::uint32_t crc_of(base::ByteView bytes) {
    boost::crc_32_type crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}

// UTF-16, of which our names use ASCII only.
std::string name_of(base::ByteView entry) {
    std::string name;
    for (std::uint64_t at = 56; at < least_entry; at += 2) {
        auto const unit = number_at(entry, at, 2);
        if (unit == 0) break;
        name += unit < 128 ? static_cast<char>(unit) : '?';
    }
    return name;
}

base::Result<std::vector<Partition>> table_at(ReplayedDisk const& disk, std::uint64_t place) {
    auto header = disk.read({place, sector});
    if (!base::to_text(header).starts_with(signature))
        return base::failure(Errc::malformed, "no partition table");
    auto const header_crc = number_at(header, 16, 4);
    std::fill_n(header.begin() + 16, 4, std::uint8_t{0});
    if (number_at(header, 12, 4) != header_size ||
        crc_of(base::ByteView{header}.first(header_size)) != header_crc)
        return base::failure(Errc::malformed, "the head of the partition table is torn");
    auto const first = number_at(header, 72, 8);
    auto const count = number_at(header, 80, 4);
    auto const size = number_at(header, 84, 4);
    auto const sectors = disk.size() / sector;
    if (size < least_entry || size > sector || count > most_entries || first > sectors ||
        count * size > (sectors - first) * sector)
        return base::failure(Errc::malformed, "the partition table lies beyond the disk");
    auto const entries = disk.read({first * sector, count * size});
    if (crc_of(entries) != number_at(header, 88, 4))
        return base::failure(Errc::malformed, "the partition table is torn");
    std::vector<Partition> found;
    for (std::uint64_t i = 0; i < count; ++i) {
        auto const entry = base::ByteView{entries}.subspan(i * size, size);
        if (std::ranges::all_of(entry.first(16), [](auto byte) { return byte == 0; })) continue;
        auto const begin = number_at(entry, 32, 8);
        auto const last = number_at(entry, 40, 8);
        if (begin > last || last >= sectors)
            return base::failure(Errc::malformed, "a partition lies beyond the disk");
        found.push_back({name_of(entry), {begin * sector, (last - begin + 1) * sector}});
    }
    return found;
}

}  // namespace

base::Result<std::vector<Partition>> partitions(ReplayedDisk const& disk) {
    if (disk.size() < 3 * sector) return base::failure(Errc::malformed, "no disk: too small");
    auto table = table_at(disk, sector);
    return table ? table : table_at(disk, (disk.size() / sector - 1) * sector);
}

base::Result<ByteRange> find_partition(std::vector<Partition> const& all, std::string_view name) {
    auto const found = std::ranges::find(all, name, &Partition::name);
    if (found == all.end())
        return base::failure(Errc::file_missing, "no partition " + std::string{name});
    return found->range;
}

}  // namespace power_cuts
