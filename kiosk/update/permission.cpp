#include "kiosk/update/permission.hpp"

#include "drivers/base/files.hpp"
#include "kiosk/crypto/detached_signature.hpp"

#include <algorithm>

namespace update {
namespace {

using base::Errc;
using base::failure;

// A fault of the surroundings does not say much the first time.
constexpr auto most_foreign_failures = 2;

bool is_signed_for_rescue(std::filesystem::path const& bundle, base::ByteView release,
                          std::filesystem::path const& key_file) {
    auto const signature = base::read_file(bundle / "rescue.sig");
    if (!signature) return false;
    auto const key = crypto::PublicKey::read(key_file);
    return key && crypto::verify_detached(release, *signature, *key);
}

base::Result<void> check_failures(Release const& release, std::vector<Failure> const& failures) {
    auto const is_same = [&](Failure const& one) {
        return one.release.kernel_sha256 == release.kernel_sha256;
    };
    auto const foreign = std::ranges::count_if(
        failures, [&](auto const& one) { return is_same(one) && !one.is_its_own; });
    auto const own = std::ranges::find_if(
        failures, [&](auto const& one) { return is_same(one) && one.is_its_own; });
    auto const last = std::ranges::find_if(failures.rbegin(), failures.rend(), is_same);
    if (own == failures.end() && foreign < most_foreign_failures) return {};
    auto const& reason = own != failures.end() ? own->reason : last->reason;
    return failure(Errc::refused,
                   "version " + release.version + " was tried on this machine and given up: " +
                       reason);
}

}  // namespace

base::Result<Release> may_install(std::filesystem::path const& bundle, Here const& here,
                                  State const& state) {
    auto const text = base::read_file(bundle / "release");
    if (!text) return failure(text.error());
    auto const release = slots::parse_release(base::to_text(*text));
    if (!release) return failure(release.error());
    if (release->kernel_sha256.empty())
        return failure(Errc::malformed, "release: KERNEL_SHA256: missing or malformed");
    if (release->compatible != here.compatible)
        return failure(Errc::refused, "the update is for " + release->compatible + ", this is a " +
                                          here.compatible);
    if (is_signed_for_rescue(bundle, *text, here.rescue_key)) return *release;
    auto const floor = state.floor();
    if (!floor) return failure(floor.error());
    if (release->build < *floor)
        return failure(Errc::refused, "version " + release->version + " (build " +
                                          std::to_string(release->build) +
                                          ") is older than build " + std::to_string(*floor) +
                                          ", which has proved itself here");
    if (auto never_failed = check_failures(*release, state.failures()); !never_failed)
        return failure(never_failed.error());
    return *release;
}

}  // namespace update
