// The spooler's part in carrying requests and receipts by hand. What it signs it has written
// itself, from its own rows; what it takes in it has verified itself.
#include "kiosk/spooler/spooler.hpp"

#include <algorithm>

#include <spdlog/spdlog.h>

namespace spooler {
namespace {

using base::Errc;
using base::failure;

// Beyond it this kiosk's own patients come first.
constexpr int most_percent_used = 50;

template <class T>
tl::unexpected<Refused> refused(base::Result<T> const& result) {
    return tl::unexpected<Refused>(refused_for(result.error()));
}

tl::unexpected<Refused> refused(Refusal why, std::string detail) {
    return tl::unexpected<Refused>(Refused{why, std::move(detail)});
}

}  // namespace

Answer<std::optional<Exports::Parcel>> Spooler::export_next(std::int64_t after,
                                                            Exports::Wanted wanted) {
    auto next = storage_.attempt([&] { return storage_.exports().next(after, wanted); });
    wrote();
    if (storage_.salvaging())
        return refused(Refusal::failed, "the outbox is being restored: export again later");
    if (!next) return refused(next);
    // What is on its way may leave by hand too: that sending fails takes nothing back then.
    if (*next)
        if (auto const sent = in_flight_.find((*next)->id); sent != in_flight_.end())
            sent->second = true;
    return std::move(*next);
}

Answer<std::optional<Spooler::SignedBundle>>
Spooler::export_sign(std::vector<crypto::Uuid> const& ids) {
    auto const manifest =
        storage_.attempt([&] { return storage_.exports().manifest(kiosk_, ids); });
    wrote();
    if (!manifest) return refused(manifest);
    if (!*manifest) return std::nullopt;
    auto text = carry::sign_manifest(**manifest, signer_);
    if (!text) return refused(text);
    return SignedBundle{(*manifest)->bundle, (*manifest)->requests.size(), std::move(*text)};
}

Answer<void> Spooler::export_done(std::vector<crypto::Uuid> const& ids) {
    auto const exported = storage_.attempt([&] { return storage_.exports().exported(ids); });
    wrote();
    if (!exported) return refused(exported);
    spdlog::info("a bundle of {} requests was exported", ids.size());
    return {};
}

Answer<Spooler::ReceiptsImported>
Spooler::import_receipts(std::vector<std::string> const& receipts) {
    ReceiptsImported imported;
    std::vector<Receipted> settled;
    for (auto const& receipt : receipts) {
        auto const proof = receipts_.open_carried(receipt);
        if (!proof) {
            ++imported.refused;
            continue;
        }
        auto const state = find(proof->id);
        if (!state) return tl::unexpected<Refused>(state.error());
        auto const hash = storage_.attempt([&] { return storage_.exports().hash_of(proof->id); });
        if (!hash) return refused(hash);
        if (!*state || !*hash)
            ++imported.unknown;
        else if (**hash != proof->sha256)
            ++imported.refused;
        else if (**state == RequestState::ready || **state == RequestState::exported)
            settled.push_back({proof->id, receipt});
        else
            ++imported.before;
    }
    auto const kept = storage_.attempt([&] { return storage_.outbox().receipted(settled); });
    wrote();
    if (!kept) return refused(kept);
    imported.settled = settled.size();
    spdlog::info("{} requests were settled by receipts brought by hand", settled.size());
    judge_availability();
    return imported;
}

Answer<carry::Manifest const*> Spooler::import_bundle(std::string_view signed_manifest) {
    if (!carriers_)
        return refused(Refusal::refused,
                       "this kiosk takes no bundles of others: carry.kiosk_ca is not set");
    auto manifest = carry::open_manifest(signed_manifest, *carriers_);
    if (!manifest) return refused(Refusal::refused, manifest.error().detail);
    if (manifest->kiosk == kiosk_)
        return refused(Refusal::conflict, "a bundle of this kiosk itself: it goes to another one");
    bundle_ = std::move(*manifest);
    return &*bundle_;
}

Answer<Carried::Taken> Spooler::import_request(std::string_view kiosk, std::int64_t bundle,
                                               crypto::Uuid const& id, base::ByteView sealed) {
    if (!bundle_ || bundle_->kiosk != kiosk || bundle_->bundle != bundle)
        return refused(Refusal::failed, "another bundle is being imported: import again");
    auto const listed = std::ranges::find(bundle_->requests, id, &carry::ListedRequest::id);
    if (listed == bundle_->requests.end() ||
        listed->size != static_cast<std::int64_t>(sealed.size()) ||
        listed->sha256 != crypto::sha256(sealed))
        return refused(Refusal::conflict, "not what the manifest lists");
    judge_availability();
    if (reason_ == Availability::Reason::full || storage_.percent_used() >= most_percent_used)
        return refused(Refusal::full, "this kiosk has no room to carry for others");
    auto taken =
        storage_.attempt_new([&] { return storage_.carried().take(*bundle_, *listed, sealed); });
    wrote();
    if (!taken) return refused(taken);
    return *taken;
}

Answer<std::optional<Carried::Return>> Spooler::returns_next(std::int64_t after) {
    auto next = storage_.attempt([&] { return storage_.carried().next_return(after); });
    if (!next) return refused(next);
    return std::move(*next);
}

Answer<void> Spooler::returns_done(std::vector<std::int64_t> const& numbers) {
    auto const done = storage_.attempt([&] { return storage_.carried().returned(numbers); });
    wrote();
    if (!done) return refused(done);
    return {};
}

void Spooler::add_carried(std::vector<Parcel>& parcels, std::size_t most) {
    if (parcels.size() >= most) return;
    auto carried = storage_.attempt([&] { return storage_.carried().next(most - parcels.size()); });
    if (!carried) return;
    for (auto& parcel : *carried) {
        // Under way already, as one of our own with the same id: there is one delivery for each.
        if (std::ranges::find(parcels, parcel.id, &Parcel::id) != parcels.end()) continue;
        carried_in_flight_.insert(parcel.id);
        parcels.push_back(std::move(parcel));
    }
}

base::Result<void> Spooler::settle_carried(Delivery const& delivery) {
    using Result = Delivery::Result;
    switch (delivery.result) {
    case Result::delivered: return storage_.carried().receipted({delivery.id, delivery.receipt});
    case Result::conflict:
    case Result::rejected: return storage_.carried().refused(delivery.id, delivery.status);
    case Result::unproven:
    case Result::failed: return storage_.carried().postpone(delivery.id);
    case Result::refused:
    case Result::overloaded:
    case Result::stranger:
    case Result::unreachable:
    case Result::not_sent: break;
    }
    return {};
}

}  // namespace spooler
