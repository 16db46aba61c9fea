// The file of the audit log, appended to by one program at a time. What is added becomes durable
// together: one fdatasync a batch.
#pragma once

#include "drivers/base/unix_socket.hpp"
#include "kiosk/intake/audit_chain.hpp"

#include <filesystem>
#include <vector>

namespace intake {

class AuditLog {
  public:
    // Made when missing (0600), and goes on at `kept` then. What a power cut tore behind the head
    // is set aside as FILE.torn-SEQ, which the next line tells. Errc::storage_damaged when the file
    // does not hold what was kept, or is broken before its end: it stays as it is, for examination.
    static base::Result<AuditLog> open(std::filesystem::path const& file,
                                       std::optional<AuditHead> const& kept);

    // For the next write(); the time is now.
    void add(AuditEntry entry);
    std::size_t unwritten() const { return unwritten_.size(); }

    // All or none of what was added, durable when it returns; what fails is forgotten.
    base::Result<void> write();

    AuditHead const& head() const { return head_; }  // of what is durable

  private:
    AuditLog(base::Descriptor file, std::filesystem::path path, AuditHead head, std::int64_t size)
        : file_(std::move(file)), path_(std::move(path)), head_(head), size_(size) {}
    static base::Result<AuditLog> begin(std::filesystem::path const& path, base::Descriptor file,
                                        std::optional<AuditHead> const& kept);

    bool cut_what_failed();

    base::Descriptor file_;
    std::filesystem::path path_;
    AuditHead head_;
    std::int64_t size_;
    std::vector<AuditEntry> unwritten_;
    bool failed_ = false;  // the file may hold part of a batch behind size_
};

}  // namespace intake
