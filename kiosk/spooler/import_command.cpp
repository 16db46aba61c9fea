#include "kiosk/carry/bundle.hpp"
#include "kiosk/carry/receipts.hpp"
#include "kiosk/crypto/base64.hpp"
#include "kiosk/spooler/carry_commands.hpp"
#include "kiosk/spooler/conversation.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace spooler {
namespace {

using base::Errc;
using base::failure;
using nlohmann::json;

constexpr std::size_t receipts_at_once = 24;  // a line of the socket

// "bundle-<kiosk>-<number>": whose it is, as far as a name can say.
bool is_of(std::string_view name, std::string_view prefix, std::string_view kiosk) {
    auto const whole = fmt::format("{}-{}-", prefix, kiosk);
    if (!name.starts_with(whole)) return false;
    auto const number = name.substr(whole.size());
    return !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos;
}

struct Settled {
    std::int64_t settled = 0, before = 0, unknown = 0, refused = 0;
};

base::Result<Settled> bring_receipts(Conversation& spooler, carry::Folder const& place,
                                     std::string const& name) {
    auto const receipts = carry::read_receipts(place, name);
    if (!receipts) return failure(receipts.error());
    Settled settled;
    for (std::size_t at = 0; at < receipts->size(); at += receipts_at_once) {
        auto const end = std::min(receipts->size(), at + receipts_at_once);
        auto some = json::array();
        for (auto i = at; i < end; ++i)
            some.push_back((*receipts)[i]);
        auto const answer = spooler.ask("import_receipts", {{"receipts", std::move(some)}});
        if (!answer) return failure(answer.error());
        auto added = understood([&]() -> base::Result<void> {
            settled.settled += answer->at("settled").get<std::int64_t>();
            settled.before += answer->at("before").get<std::int64_t>();
            settled.unknown += answer->at("unknown").get<std::int64_t>();
            settled.refused += answer->at("refused").get<std::int64_t>();
            return {};
        });
        if (!added) return failure(added.error());
    }
    return settled;
}

base::Result<std::vector<carry::ListedRequest>> listed_in(json const& answer) {
    return understood([&]() -> base::Result<std::vector<carry::ListedRequest>> {
        std::vector<carry::ListedRequest> listed;
        for (auto const& request : answer.at("requests")) {
            auto const id = crypto::Uuid::parse(request.at("id").get<std::string>());
            auto const hash = base::from_hex(request.at("sha256").get<std::string>());
            carry::ListedRequest one{id.value_or(crypto::Uuid{}), {}, {}, request.at("size")};
            if (!id || !hash || hash->size() != one.sha256.size())
                return failure(Errc::protocol_violated, "not a list of requests");
            std::ranges::copy(*hash, one.sha256.begin());
            listed.push_back(std::move(one));
        }
        return listed;
    });
}

// The spooler judges the manifest before any file it lists is looked at.
base::Result<void> bring_bundle(Conversation& spooler, carry::Folder const& place,
                                std::string const& name, Carrying& carrying) {
    auto const bundle = carry::Bundle::open(place, name);
    if (!bundle) return failure(bundle.error());
    auto const answer = spooler.ask("import_bundle", {{"manifest", bundle->signed_manifest()}});
    if (!answer)
        return failure(answer.error().code,
                       fmt::format("{}: {}: nothing of it was taken", name, answer.error().detail));
    auto const listed = listed_in(*answer);
    if (!listed) return failure(listed.error());
    std::size_t taken = 0;
    for (auto const& request : *listed) {
        auto const body = bundle->request(request);
        if (!body) {
            carrying.refused += body.error().detail + "\n";
            continue;
        }
        auto const kept = spooler.ask("import_request", {{"kiosk", answer->at("kiosk")},
                                                         {"bundle", answer->at("bundle")},
                                                         {"id", request.id.text()},
                                                         {"sealed", crypto::to_base64(*body)}});
        if (!kept && kept.error().code == Errc::conflict)
            carrying.refused += fmt::format("{}: {}\n", request.id.text(), kept.error().detail);
        else if (!kept)
            return failure(kept.error().code,
                           fmt::format("{}: {} of {} requests taken, then: {}", name, taken,
                                       listed->size(), kept.error().detail));
        else
            ++taken;
    }
    carrying.done += fmt::format(
        "{}: {} of {} requests taken; they are sent from here. When dmp-spooler status says so, "
        "write the receipts: dmp-spooler export-receipts --to STICK.\n",
        name, taken, listed->size());
    return {};
}

void bring_all_receipts(Conversation& spooler, carry::Delivery const& delivery,
                        std::string const& kiosk, Carrying& carrying) {
    for (auto const& name : delivery.receipts) {
        if (!is_of(name, "receipts", kiosk)) continue;
        auto const settled = bring_receipts(spooler, delivery.place, name);
        if (!settled) {
            carrying.refused += settled.error().detail + "\n";
            continue;
        }
        carrying.done += fmt::format("{}: {} requests settled, {} were before.\n", name,
                                     settled->settled, settled->before);
        if (settled->unknown > 0)
            carrying.refused += fmt::format("{}: {} receipts are of no request of this kiosk.\n",
                                            name, settled->unknown);
        if (settled->refused > 0)
            carrying.refused +=
                fmt::format("{}: {} lines are no receipts of the receiver for what was recorded "
                            "here: import the bundle again where it was taken.\n",
                            name, settled->refused);
    }
}

}  // namespace

Carrying import_stick(std::filesystem::path const& socket, std::filesystem::path const& stick) {
    Carrying carrying;
    auto const ends_with = [&](base::Error error) {
        carrying.error = std::move(error);
        return carrying;
    };
    auto const delivery = carry::look_through(stick);
    if (!delivery) return ends_with(delivery.error());
    auto spooler = Conversation::open(socket);
    if (!spooler) return ends_with(spooler.error());
    auto const begun = spooler->ask("carry_begin");
    if (!begun) return ends_with(begun.error());
    auto const kiosk = begun->value("kiosk", "");
    bring_all_receipts(*spooler, *delivery, kiosk, carrying);
    for (auto const& name : delivery->unfinished)
        carrying.refused +=
            name + ": not a whole bundle: the stick was pulled out too early; export again\n";
    for (auto const& name : delivery->bundles) {
        if (is_of(name, "bundle", kiosk)) continue;  // to be carried on, or back with its receipts
        auto const brought = bring_bundle(*spooler, delivery->place, name, carrying);
        if (!brought && brought.error().code == Errc::connection_lost)
            return ends_with(brought.error());
        if (!brought) carrying.refused += brought.error().detail + "\n";
    }
    if (carrying.done.empty() && carrying.refused.empty())
        carrying.done = fmt::format("Nothing for {} is there: no receipts of its requests and no "
                                    "bundle of another kiosk.\n",
                                    kiosk);
    return carrying;
}

}  // namespace spooler
