#include "tests/image/power_cuts/judge.hpp"

#include "tests/image/power_cuts/boot_judge.hpp"
#include "tests/image/power_cuts/file_systems.hpp"

namespace power_cuts {

namespace fs = std::filesystem;

namespace {

constexpr auto esp_found = "esp", esp_repaired = "esp-repaired";
constexpr auto queue_folder = "/lib/dmp-spooler";  // the data partition is mounted at /var

std::string told(PowerCut const& cut) {
    return "after " + std::to_string(cut.after) + " writes, seed " + std::to_string(cut.seed);
}

// A file system that cannot be repaired is a finding; a tool that cannot be run is an error.
base::Result<void> note(base::Result<void> const& repaired, Verdict& verdict) {
    if (repaired) return {};
    if (repaired.error().code != base::Errc::storage_damaged) return repaired;
    verdict.file_systems_whole = false;
    verdict.problems.push_back(repaired.error().detail);
    return {};
}

}  // namespace

base::Result<Judge> Judge::open(fs::path const& folder, fs::path const& spooler,
                                fs::path const& scratch, Flushes flushes) {
    Judge judge;
    auto recording = Recording::read(folder);
    if (!recording) return base::failure(recording.error());
    judge.recording_ = std::move(*recording);
    auto content = MappedFile::open(Recording::log_in(folder));
    if (!content) return base::failure(content.error());
    judge.content_ = std::move(*content);
    auto log = WriteLog::parse(judge.content_->content());
    if (!log) return base::failure(log.error());
    judge.log_ = std::make_unique<WriteLog>(std::move(*log));
    auto disk =
        ReplayedDisk::make(Recording::disk_in(folder), *judge.log_, scratch / "disk.img", flushes);
    if (!disk) return base::failure(disk.error());
    judge.disk_ = std::move(*disk);
    judge.scratch_ = scratch;
    fs::create_directory(scratch / "spooler");
    judge.queue_.emplace(spooler, scratch / "spooler");
    return judge;
}

Expected Judge::expected(PowerCut const& cut) const {
    Expected expected;
    for (auto const& request : recording_.requests) {
        bool const promised =
            request.acknowledged && log_->entries_at(*request.acknowledged) <= cut.after;
        (promised ? expected.acknowledged : expected.asked).push_back(request.id);
    }
    return expected;
}

base::Result<void> Judge::judge_data(ByteRange partition, Expected const& expected,
                                     Verdict& verdict) {
    auto const image = scratch_ / "data.img";
    if (auto const done = disk_->extract(partition, image); !done) return done;
    if (auto const noted = note(repair_ext4(image, scratch_), verdict); !noted) return noted;
    auto const copy = scratch_ / "data";
    fs::create_directory(copy);
    auto const found = copy_from_ext4(image, queue_folder, copy, scratch_);
    if (!found) return base::failure(found.error());
    if (*found) fs::rename(copy / "dmp-spooler", queue_->data());
    queue_->judge(expected, verdict);
    return {};
}

base::Result<void> Judge::copy_esp(fs::path const& image, fs::path const& to) {
    fs::remove_all(to);
    fs::create_directories(to / "EFI");
    // What cannot be read boots nothing: that is for the judge of the boot to see.
    for (auto const& [folder, below] :
         {std::pair{"/loader", to}, std::pair{"/EFI/dmp", to / "EFI"}})
        if (auto const copied = copy_from_fat(image, folder, below, scratch_); !copied)
            return base::failure(copied.error());
    return {};
}

base::Result<void> Judge::judge_esp(ByteRange partition, Verdict& verdict) {
    auto const image = scratch_ / "esp.img";
    if (auto const done = disk_->extract(partition, image); !done) return done;
    // As the firmware finds it, and as a repair leaves it: fsck.vfat calls repaired what it made
    // shorter.
    if (auto const copied = copy_esp(image, scratch_ / esp_found); !copied) return copied;
    if (auto const noted = note(repair_fat(image, scratch_), verdict); !noted) return noted;
    return copy_esp(image, scratch_ / esp_repaired);
}

bool Judge::is_known(Known const& known, ByteRange partition, Expected const& expected) const {
    return known.settled && known.settled == disk_->settled(partition) &&
           known.acknowledged == expected.acknowledged.size();
}

Judge::Known Judge::know(ByteRange partition, Expected const& expected,
                         Verdict const& verdict) const {
    return {disk_->settled(partition), expected.acknowledged.size(), verdict};
}

base::Result<Verdict> Judge::judge(PowerCut const& cut) {
    if (auto const done = disk_->cut(cut); !done) return base::failure(done.error());
    Verdict verdict;
    auto const table = partitions(*disk_);
    if (!table) {
        verdict.boots = verdict.file_systems_whole = false;
        verdict.problems.push_back(base::describe(table.error()));
        return verdict;
    }
    auto const asked = expected(cut);
    auto const data = find_partition(*table, "data");
    if (!data) return base::failure(data.error());
    if (!is_known(data_, *data, asked)) {
        Verdict found;
        if (auto const judged = judge_data(*data, asked, found); !judged)
            return base::failure(judged.error());
        data_ = know(*data, asked, found);
    }
    verdict.add(data_.verdict);
    auto const esp = find_partition(*table, "ESP");
    if (!esp) return base::failure(esp.error());
    if (!is_known(esp_, *esp, {})) {
        Verdict found;
        if (auto const judged = judge_esp(*esp, found); !judged)
            return base::failure(judged.error());
        esp_ = know(*esp, {}, found);
    }
    verdict.add(esp_.verdict);
    for (auto const* esp_folder : {esp_found, esp_repaired})
        if (verdict.boots)
            judge_boot(*disk_, *table, scratch_ / esp_folder, recording_.versions, verdict);
    return verdict;
}

base::Result<Tally> Judge::judge(std::string name, std::size_t count, std::uint64_t seed) {
    Tally tally;
    tally.recording = std::move(name);
    for (auto const& cut : spread_cuts(*log_, log_->entries_at(recording_.begin), count, seed)) {
        auto const verdict = judge(cut);
        if (!verdict) return base::failure(verdict.error());
        tally.acknowledged += static_cast<int>(expected(cut).acknowledged.size());
        tally.add(*verdict, told(cut));
    }
    return tally;
}

}  // namespace power_cuts
