#include "kiosk/intake/audit_log.hpp"

#include "drivers/base/durable_file.hpp"
#include "kiosk/intake/private_file.hpp"
#include "kiosk/intake/receipt.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace intake {
namespace {

using base::Errc;
using base::failure;
namespace fs = std::filesystem;

base::Error problem(fs::path const& path) {
    return base::system_error(path.native(),
                              errno == ENOSPC ? Errc::storage_full : Errc::storage_failed);
}

// The name of a new file is as durable as what it will hold.
base::Result<void> sync_folder_of(fs::path const& path) {
    auto const folder = fs::absolute(path).parent_path();
    if (!base::sync_folder(folder)) return failure(problem(folder));
    return {};
}

// A power cut tears what was written last. Everything after a kept head may be that; without one
// only the last line may. A line in our form that does not follow is no work of a power cut.
bool may_be_torn(AuditFinding const& found, std::string const& rest,
                 std::optional<AuditHead> const& kept) {
    if (!found.torn) return false;
    if (kept) return found.head.seq >= kept->seq && found.sound > kept->begin;
    auto const end = rest.find('\n');
    return end == std::string::npos || end + 1 == rest.size();
}

base::Result<std::string> set_aside(fs::path const& path, int file, AuditFinding const& found,
                                    std::string const& rest) {
    auto aside = path;
    aside += ".torn-" + std::to_string(found.head.seq + 1);
    if (auto kept = write_private_file(aside, base::to_bytes(rest)); !kept)
        return failure(kept.error());
    if (::ftruncate(file, found.sound) != 0 || ::fdatasync(file) != 0)
        return failure(problem(path));
    return std::to_string(rest.size()) + " bytes set aside as " + aside.filename().native();
}

}  // namespace

base::Result<AuditLog> AuditLog::begin(fs::path const& path, base::Descriptor file,
                                       std::optional<AuditHead> const& kept) {
    if (auto synced = sync_folder_of(path); !synced) return failure(synced.error());
    auto head = kept.value_or(AuditHead{});
    head.begin = 0;
    AuditLog log{std::move(file), path, head, 0};
    log.add({.act = std::string{audit_begins},
             .result = kept ? "goes on after line " + std::to_string(kept->seq) : ""});
    if (auto written = log.write(); !written) return failure(written.error());
    return log;
}

base::Result<AuditLog> AuditLog::open(fs::path const& path, std::optional<AuditHead> const& kept) {
    base::Descriptor file{
        ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600)};
    struct stat status {};
    if (!file || ::fstat(file.number(), &status) != 0) return failure(problem(path));
    if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0)
        return failure(Errc::conflict, path.native() + ": another program writes it");
    if (status.st_size == 0) return begin(path, std::move(file), kept);

    std::ifstream content{path, std::ios::binary};
    content.seekg(kept ? kept->begin : 0);
    auto const found = check_audit(content, kept);
    AuditLog log{std::move(file), path, found.head, found.sound};
    if (!found.fault) return log;
    content.clear();
    content.seekg(found.sound);
    std::string const rest{std::istreambuf_iterator<char>{content}, {}};
    if (!may_be_torn(found, rest, kept))
        return failure(Errc::storage_damaged,
                       path.native() + ": " + *found.fault +
                           "; move it away for examination, and a new one goes on from there");
    auto const aside = set_aside(path, log.file_.number(), found, rest);
    if (!aside) return failure(aside.error());
    log.add({.act = "mended", .result = *aside});
    if (auto written = log.write(); !written) return failure(written.error());
    return log;
}

void AuditLog::add(AuditEntry entry) {
    entry.time = utc_text(std::chrono::system_clock::now());
    unwritten_.push_back(std::move(entry));
}

base::Result<void> AuditLog::write() {
    std::string text;
    auto head = head_;
    for (auto const& entry : unwritten_) {
        auto const begin = size_ + static_cast<std::int64_t>(text.size());
        auto const line = audit_line(entry, head);
        head = after_line(head, line, begin);
        text += line + "\n";
    }
    unwritten_.clear();
    if (text.empty()) return {};
    if (!cut_what_failed() || !base::write_all(file_.number(), text) ||
        ::fdatasync(file_.number()) != 0) {
        auto const error = problem(path_);
        failed_ = true;
        cut_what_failed();
        return failure(error);
    }
    head_ = head;
    size_ += static_cast<std::int64_t>(text.size());
    return {};
}

// Half a batch must not stand before the next one.
bool AuditLog::cut_what_failed() {
    if (failed_ && ::ftruncate(file_.number(), size_) == 0) failed_ = false;
    return !failed_;
}

}  // namespace intake
