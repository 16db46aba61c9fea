#include "kiosk/identity/pin_guard.hpp"

#include "kiosk/crypto/digest.hpp"

#include <algorithm>

#include <unistd.h>

namespace identity {
namespace {

using namespace std::chrono_literals;

constexpr int wrong_until_wait = 5;
constexpr std::chrono::seconds first_wait = 30s;
constexpr std::chrono::seconds longest_wait = 15min;

}  // namespace

std::chrono::seconds wait_after(int wrong) {
    if (wrong < wrong_until_wait) return 0s;
    auto wait = first_wait;
    for (int i = wrong_until_wait; i < wrong && wait < longest_wait; ++i)
        wait *= 2;
    return std::min(wait, longest_wait);
}

PinGuard::PinGuard(std::filesystem::path const& folder, std::vector<config::Author> const& authors,
                   Instant now)
    : file_(folder / "wrong-pins.json") {
    for (auto const& author : authors)
        if (author.pin_hash)
            entries_[author.id].hash_digest =
                base::to_hex(crypto::sha256(base::to_bytes(*author.pin_hash)));
    if (auto const counts = read_counts(file_))
        take(*counts, now);
    else
        put_aside(counts.error(), now);
}

void PinGuard::take(PinCounts const& counts, Instant now) {
    for (auto& [id, entry] : entries_) {
        auto const count = counts.find(id);
        // Tried against another hash: the operator gave a new PIN since.
        if (count == counts.end() || count->second.hash_digest != entry.hash_digest) continue;
        entry.wrong = count->second.wrong;
        entry.again_at = now + wait_after(entry.wrong);
    }
}

// The damaged file keeps its place until the new one takes it: a power cut in between must not
// leave an empty folder, which is how a kiosk without any wrong PIN looks.
void PinGuard::put_aside(base::Error damage, Instant now) {
    damage_ = std::move(damage);
    auto aside = file_;
    aside += ".damaged";
    ::unlink(aside.c_str());
    if (::link(file_.c_str(), aside.c_str()) == 0) damage_->detail += "; kept as " + aside.native();
    PinCounts counts;
    for (auto& [id, entry] : entries_) {
        entry.wrong = wrong_until_wait;
        entry.again_at = now + wait_after(entry.wrong);
        counts[id] = {entry.hash_digest, entry.wrong};
    }
    // No attempt is looked at before its own count was written: until then this stands in memory.
    if (auto written = write_counts(file_, counts); !written)
        damage_->detail += "; " + written.error().detail;
}

PinGuard::Standing PinGuard::standing(std::string_view author_id, Instant now) const {
    auto const found = entries_.find(author_id);
    if (found == entries_.end()) return {};
    auto const& entry = found->second;
    if (entry.wrong >= wrong_until_locked) return {Gate::locked, 0s, entry.wrong};
    if (now < entry.again_at)
        return {Gate::waiting, std::chrono::ceil<std::chrono::seconds>(entry.again_at - now),
                entry.wrong};
    return {Gate::open, 0s, entry.wrong};
}

base::Result<PinGuard::Outcome> PinGuard::attempt(std::string_view author_id, Instant now,
                                                  Verify const& verify) {
    if (standing(author_id, now).gate != Gate::open) return Outcome::not_now;
    auto& entry = entries_.find(author_id)->second;
    auto const before = entry.wrong;
    if (auto counted = save(entry, before + 1); !counted) return base::failure(counted.error());
    auto const right = verify();
    if (!right || *right) {
        // A count that cannot be taken back on the disk waits there for the next start at worst.
        auto const wrong = right ? 0 : before;
        if (auto saved = save(entry, wrong); !saved) entry.wrong = wrong;
    }
    if (!right) return base::failure(right.error());
    if (*right) return Outcome::right;
    entry.again_at = now + wait_after(entry.wrong);
    return Outcome::wrong;
}

// Takes the number when it stands on the disk, not before.
base::Result<void> PinGuard::save(Entry& entry, int wrong) {
    PinCounts counts;
    for (auto const& [id, other] : entries_) {
        auto const number = &other == &entry ? wrong : other.wrong;
        if (number > 0) counts[id] = {other.hash_digest, number};
    }
    if (auto written = write_counts(file_, counts); !written) return written;
    entry.wrong = wrong;
    return {};
}

}  // namespace identity
