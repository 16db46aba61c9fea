#include "tests/image/power_cuts/boot_judge.hpp"

#include "kiosk/slots/boot_entry.hpp"

#include <algorithm>

namespace power_cuts {
namespace {

namespace fs = std::filesystem;
using base::Errc;

std::string hash_of(fs::path const& file) {
    auto const content = MappedFile::open(file);
    return content ? base::to_hex(crypto::sha256(content->content())) : "";
}

// Names on a FAT have no case.
fs::path kernel_in(fs::path const& esp, slots::Slot slot) {
    return esp / slots::kernel_path(slot).substr(1);
}

std::vector<slots::BootEntry> entries_in(fs::path const& esp) {
    std::vector<slots::BootEntry> entries;
    std::error_code code;
    for (auto const& file : fs::directory_iterator{esp / "loader" / "entries", code}) {
        auto const name = file.path().filename().native();
        auto const parsed = slots::parse_entry_name(name);
        auto const content = MappedFile::open(file.path());
        if (!parsed || !content) continue;
        auto entry = slots::read_entry(name, *parsed, base::to_text(content->content()));
        auto const kernel = kernel_in(esp, parsed->slot);
        entry.has_kernel = fs::exists(kernel, code) && fs::file_size(kernel, code) > 0;
        entries.push_back(std::move(entry));
    }
    return entries;
}

base::Result<void> check_entry(ReplayedDisk& disk, std::vector<Partition> const& table,
                               fs::path const& esp, std::vector<RecordedVersion> const& versions,
                               slots::BootEntry const& entry) {
    auto const kernel = hash_of(kernel_in(esp, entry.name.slot));
    auto const version = std::ranges::find(versions, kernel, &RecordedVersion::kernel);
    if (version == versions.end())
        return base::failure(Errc::storage_damaged, entry.file + " boots a kernel of no version");
    auto const root = find_partition(table, "root-" + std::string{slots::name(entry.name.slot)});
    if (!root) return base::failure(root.error());
    if (root->length < version->root_bytes ||
        base::to_hex(disk.sha256({root->offset, version->root_bytes})) != version->root)
        return base::failure(Errc::storage_damaged, entry.file + " boots version " + version->name +
                                                        ", whose root is not in its slot");
    return {};
}

}  // namespace

void judge_boot(ReplayedDisk& disk, std::vector<Partition> const& table, fs::path const& esp,
                std::vector<RecordedVersion> const& versions, Verdict& verdict) {
    auto const entries = entries_in(esp);
    auto const* const first = slots::what_boots(entries);
    if (first == nullptr) {
        verdict.boots = false;
        verdict.problems.push_back("no entry can be booted");
        return;
    }
    if (auto const checked = check_entry(disk, table, esp, versions, *first); !checked) {
        verdict.boots = false;
        verdict.problems.push_back(base::describe(checked.error()));
    }
}

}  // namespace power_cuts
