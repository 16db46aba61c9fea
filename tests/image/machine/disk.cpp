#include "tests/image/machine/disk.hpp"

#include "tests/image/machine/tool.hpp"

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

namespace machine {

using base::Errc;
using base::failure;
using base::Result;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t sector = 512;

// What a partition table takes of the disk's beginning, and of its end, at most.
constexpr std::uint64_t table_size = 1 << 20;

// As much as a partition table takes, over what is there.
void copy_bytes(fs::path const& from, std::uint64_t from_offset, fs::path const& to,
                std::uint64_t to_offset) {
    std::string bytes(table_size, '\0');
    std::ifstream input{from, std::ios::binary};
    input.seekg(static_cast<std::streamoff>(from_offset));
    input.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    std::fstream output{to, std::ios::binary | std::ios::in | std::ios::out};
    output.seekp(static_cast<std::streamoff>(to_offset));
    output.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

Result<void> done(Result<std::string> const& ran) {
    if (!ran) return failure(ran.error());
    return {};
}

}  // namespace

Result<Disk> Disk::over(fs::path const& image, fs::path const& file) {
    auto const table = run_tool({"sfdisk", "--json", image.native()});
    if (!table) return failure(table.error());
    auto const parsed = json::parse(*table, nullptr, false);
    if (!parsed.is_object() || !parsed.contains("partitiontable"))
        return failure(Errc::malformed, image.native() + ": no partition table");
    std::vector<Partition> partitions;
    for (auto const& each : parsed["partitiontable"]["partitions"])
        partitions.push_back({each.value("name", std::string{}),
                              each["start"].get<std::uint64_t>() * sector,
                              each["size"].get<std::uint64_t>() * sector});
    auto made = run_tool({"qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b",
                          fs::absolute(image).native(), file.native()});
    if (!made) return failure(made.error());
    return Disk{file, fs::file_size(image), std::move(partitions)};
}

Result<Disk::Partition> Disk::find(std::string_view label) const {
    auto const found = std::ranges::find(partitions_, label, &Partition::label);
    if (found == partitions_.end())
        return failure(Errc::file_missing, "no partition " + std::string{label});
    return *found;
}

std::string Disk::options_of(std::uint64_t offset, std::uint64_t size) const {
    return "driver=raw,offset=" + std::to_string(offset) + ",size=" + std::to_string(size) +
           ",file.driver=qcow2,file.file.driver=file,file.file.filename=" + file_.native();
}

Result<void> Disk::write(std::uint64_t offset, std::uint64_t size, fs::path const& from) {
    return done(run_tool({"qemu-img", "convert", "-n", "-f", "raw", from.native(),
                          "--target-image-opts", options_of(offset, size)}));
}

Result<void> Disk::read(std::uint64_t offset, std::uint64_t size, fs::path const& to) const {
    return done(run_tool({"qemu-img", "convert", "--image-opts", options_of(offset, size), "-O",
                          "raw", to.native()}));
}

Result<void> Disk::make_data(fs::path const& folder) {
    if (!find("data"))
        if (auto renamed = rename_partition("data-new", "data"); !renamed) return renamed;
    auto const partition = find("data");
    if (!partition) return failure(partition.error());
    auto const image = file_.native() + ".data";
    auto made = run_tool({"mkfs.ext4", "-q", "-F", "-L", "dmp-data", "-d", folder.native(), image,
                          std::to_string(partition->size / 1024) + "k"});
    if (!made) return failure(made.error());
    auto written = write_partition("data", image);
    std::error_code ignored;
    fs::remove(image, ignored);
    return written;
}

Result<void> Disk::rename_partition(std::string_view label, std::string_view to) {
    auto const found = std::ranges::find(partitions_, label, &Partition::label);
    if (found == partitions_.end())
        return failure(Errc::file_missing, "no partition " + std::string{label});
    // sfdisk knows no qcow2: it is shown a disk that has nothing but the two copies of the table.
    fs::path const table{file_.native() + ".table"};
    fs::path const part{file_.native() + ".part"};
    auto const end = size_ - table_size;
    std::ofstream{table}.close();
    fs::resize_file(table, size_);
    for (auto const offset : {std::uint64_t{0}, end}) {
        if (auto taken = read(offset, table_size, part); !taken) return taken;
        copy_bytes(part, 0, table, offset);
    }
    auto renamed = run_tool({"sfdisk", "--quiet", "--part-label", table,
                             std::to_string(found - partitions_.begin() + 1), std::string{to}});
    if (!renamed) return failure(renamed.error());
    for (auto const offset : {std::uint64_t{0}, end}) {
        copy_bytes(table, offset, part, 0);
        if (auto written = write(offset, table_size, part); !written) return written;
    }
    found->label = to;
    std::error_code ignored;
    fs::remove(table, ignored);
    fs::remove(part, ignored);
    return {};
}

Result<void> Disk::write_partition(std::string_view label, fs::path const& from) {
    auto const partition = find(label);
    if (!partition) return failure(partition.error());
    return write(partition->offset, partition->size, from);
}

Result<void> Disk::read_partition(std::string_view label, fs::path const& to) const {
    auto const partition = find(label);
    if (!partition) return failure(partition.error());
    return read(partition->offset, partition->size, to);
}

Result<void> Disk::damage(std::string_view label, std::uint64_t offset, std::uint64_t size) {
    auto const partition = find(label);
    if (!partition) return failure(partition.error());
    // Two patterns one over the other on the two halves: whatever was there, at least one half
    // is other than before.
    auto const half = std::max<std::uint64_t>(size / 2, 1);
    auto const write = [&](int pattern, std::uint64_t at, std::uint64_t count) {
        return "write -P " + std::to_string(pattern) + " " + std::to_string(offset + at) + " " +
               std::to_string(count);
    };
    return done(run_tool({"qemu-io", "--image-opts", options_of(partition->offset, partition->size),
                          "-c", write(0x5A, 0, half), "-c", write(0xA5, half, half)}));
}

}  // namespace machine
