// A disk as power cuts leave it. What is safe is written into a working copy once, going forward
// through the log; what is not stands beside it, as views into the log. So a cut costs what a judge
// reads of it, however large the disk.
#pragma once

#include "kiosk/crypto/digest.hpp"
#include "tests/image/power_cuts/mapped_file.hpp"
#include "tests/image/power_cuts/power_cut.hpp"
#include "tests/image/power_cuts/sparse_file.hpp"

#include <map>
#include <optional>

namespace power_cuts {

class ReplayedDisk {
  public:
    // `before` is the disk as it was when the recording began; `working` is made, best in memory,
    // and belongs to whoever asked. The log must outlive this. Errc::malformed when the log writes
    // beyond the disk.
    static base::Result<ReplayedDisk> make(std::filesystem::path before, WriteLog const& log,
                                           std::filesystem::path working,
                                           Flushes flushes = Flushes::honoured);

    // From now on it is the disk after this cut. Cuts later in the log than the one before are
    // cheap; an earlier one begins with a new copy.
    base::Result<void> cut(PowerCut const& cut);

    std::uint64_t size() const { return content_.content().size(); }

    // `range` must lie within the disk.
    base::Bytes read(ByteRange range) const;
    // As a sparse file of its own.
    base::Result<void> extract(ByteRange range, std::filesystem::path const& to) const;
    // When all that was ever written there is safe: which entry was the last of it, from 1; 0 for
    // none. The same number means the same bytes. Nothing while the seed decides on some of them.
    std::optional<std::size_t> settled(ByteRange range) const;
    // Remembered as long as nothing is written there.
    crypto::Sha256 sha256(ByteRange range);

  private:
    ReplayedDisk(std::filesystem::path before, WriteLog const& log, std::filesystem::path working,
                 Flushes flushes, MappedFile content, base::Descriptor file)
        : before_(std::move(before)), log_(&log), working_(std::move(working)), flushes_(flushes),
          content_(std::move(content)), file_(std::move(file)) {}

    struct Remembered {
        std::size_t settled;
        crypto::Sha256 hash;
    };

    base::Result<void> apply(std::size_t until);
    void patch(ByteRange range, base::Bytes& bytes) const;

    std::filesystem::path before_;
    WriteLog const* log_;
    std::filesystem::path working_;
    Flushes flushes_;
    MappedFile content_;  // of the working copy
    base::Descriptor file_;
    std::size_t applied_ = 0;    // entries that are in the working copy
    std::vector<Piece> pieces_;  // what is there beside
    std::map<std::pair<std::uint64_t, std::uint64_t>, Remembered> hashes_;
};

}  // namespace power_cuts
