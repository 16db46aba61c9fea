// replay-writes: what a log of a disk's writes holds, and the disk after a power cut anywhere in
// it.
#include "tests/image/power_cuts/mapped_file.hpp"
#include "tests/image/power_cuts/replayed_disk.hpp"

#include <filesystem>
#include <iostream>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace {

using namespace power_cuts;
namespace fs = std::filesystem;

int fail(base::Error const& error) {
    std::cerr << "replay-writes: " << base::describe(error) << '\n';
    return 1;
}

std::string line_of(std::size_t number, LogEntry const& entry) {
    std::string what = entry.mark                ? "mark " + base::to_text(entry.data)
                       : entry.discard           ? "discard"
                       : entry.range.length == 0 ? ""
                                                 : "write";
    if (entry.flush) what = what.empty() ? "flush" : "flush, " + what;
    if (entry.forced) what += ", forced";
    if (entry.range.length == 0) return fmt::format("{:>8}  {}\n", number, what);
    return fmt::format("{:>8}  {} of {} bytes at {}\n", number, what, entry.range.length,
                       entry.range.offset);
}

}  // namespace

int main(int argument_count, char** arguments) {
    CLI::App app{"Power cuts from a log of QEMU's block driver blklogwrites"};
    app.require_subcommand(1);
    fs::path log_path, before, image;
    PowerCut cut{0, 0};
    bool ignored = false;
    auto* const list = app.add_subcommand("list", "Every entry of the log, a line each");
    list->add_option("log", log_path, "The log")->required();
    auto* const make = app.add_subcommand("cut", "Make the disk as it is after a power cut");
    make->add_option("log", log_path, "The log")->required();
    make->add_option("before", before, "The disk when the log began")->required();
    make->add_option("image", image, "The disk to make")->required();
    make->add_option("--after", cut.after, "So many entries of the log were done")->required();
    make->add_option("--seed", cut.seed, "Which writes without a flush are kept, lost or torn");
    make->add_flag("--flushes-ignored", ignored, "As a disk that does nothing for a flush");
    CLI11_PARSE(app, argument_count, arguments);

    auto const content = MappedFile::open(log_path);
    if (!content) return fail(content.error());
    auto const log = WriteLog::parse(content->content());
    if (!log) return fail(log.error());
    if (list->parsed()) {
        for (std::size_t number = 0; number < log->entries().size(); ++number)
            std::cout << line_of(number, log->entries()[number]);
        return 0;
    }
    auto const working = image.native() + ".working";
    auto disk =
        ReplayedDisk::make(before, *log, working, ignored ? Flushes::ignored : Flushes::honoured);
    if (!disk) return fail(disk.error());
    auto const made = disk->cut(cut).and_then([&] {
        return disk->extract({0, disk->size()}, image);
    });
    fs::remove(working);
    return made ? 0 : fail(made.error());
}
