#include "tests/image/machine/disk.hpp"

#include "tests/image/machine/tool.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace machine {

using base::Errc;
using base::failure;
using base::Result;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t sector = 512;

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
    return Disk{file, std::move(partitions)};
}

Result<Disk::Partition> Disk::find(std::string_view label) const {
    auto const found = std::ranges::find(partitions_, label, &Partition::label);
    if (found == partitions_.end())
        return failure(Errc::file_missing, "no partition " + std::string{label});
    return *found;
}

std::string Disk::options_of(Partition const& partition) const {
    return "driver=raw,offset=" + std::to_string(partition.offset) +
           ",size=" + std::to_string(partition.size) +
           ",file.driver=qcow2,file.file.driver=file,file.file.filename=" + file_.native();
}

Result<void> Disk::make_data(fs::path const& folder) {
    auto const partition = find("data");
    if (!partition) return failure(partition.error());
    auto const image = file_.native() + ".data";
    std::error_code code;
    fs::remove(image, code);
    auto made = run_tool({"mkfs.ext4", "-q", "-F", "-L", "dmp-data", "-d", folder.native(), image,
                          std::to_string(partition->size / 1024) + "k"});
    if (!made) return failure(made.error());
    auto written = write_partition("data", image);
    fs::remove(image, code);
    return written;
}

Result<void> Disk::write_partition(std::string_view label, fs::path const& from) {
    auto const partition = find(label);
    if (!partition) return failure(partition.error());
    return done(run_tool({"qemu-img", "convert", "-n", "-f", "raw", from.native(),
                          "--target-image-opts", options_of(*partition)}));
}

Result<void> Disk::read_partition(std::string_view label, fs::path const& to) const {
    auto const partition = find(label);
    if (!partition) return failure(partition.error());
    return done(run_tool(
        {"qemu-img", "convert", "--image-opts", options_of(*partition), "-O", "raw", to.native()}));
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
    return done(run_tool({"qemu-io", "--image-opts", options_of(*partition), "-c",
                          write(0x5A, 0, half), "-c", write(0xA5, half, half)}));
}

}  // namespace machine
