#include "kiosk/carry/bundle.hpp"
#include "kiosk/carry/receipts.hpp"
#include "kiosk/intake/commands.hpp"
#include "kiosk/intake/deposit.hpp"

#include <fmt/core.h>

namespace intake {
namespace {

using base::Errc;
using base::failure;

int fail(base::Error const& error) {
    fmt::print(stderr, "dmp-intake: {}\n", error.detail);
    return 1;
}

struct Taken {
    std::vector<std::string> receipts;
    std::size_t before = 0;
    std::size_t refused = 0;
    base::Result<void> ended;  // an error that the rest would meet too
};

// One request that is damaged or in conflict stops none of the others.
Taken take_all(DepositDesk& desk, carry::Bundle const& bundle, carry::Manifest const& manifest) {
    Taken taken;
    auto const refuse = [&](base::Error const& error) {
        ++taken.refused;
        fail(error);
    };
    for (auto const& listed : manifest.requests) {
        auto const body = bundle.request(listed);
        if (!body) {
            refuse(body.error());
            continue;
        }
        auto deposited = desk.deposit(manifest.kiosk, listed.id, *body);
        if (deposited) {
            taken.before += deposited->replay ? 1 : 0;
            taken.receipts.push_back(std::move(deposited->receipt));
        } else if (deposited.error().code == Errc::conflict) {
            refuse(deposited.error());
        } else {
            taken.ended = failure(deposited.error());
            break;
        }
    }
    return taken;
}

// Judged before any file it lists is looked at.
base::Result<int> import_one(DepositDesk& desk, crypto::ClientAuthority const& authority,
                             carry::Folder const& place, std::string const& name) {
    auto const bundle = carry::Bundle::open(place, name);
    if (!bundle) return failure(bundle.error());
    auto const manifest = carry::open_manifest(bundle->signed_manifest(), authority);
    if (!manifest)
        return failure(manifest.error().code,
                       name + ": " + manifest.error().detail + ": nothing of it was taken");
    auto const taken = take_all(desk, *bundle, *manifest);
    fmt::print("{}: {} of {} requests of {} taken, {} of them were here before.\n", name,
               taken.receipts.size(), manifest->requests.size(), manifest->kiosk, taken.before);
    if (taken.refused > 0)
        fmt::print("{} refused, as said above: {} still has them; export there again.\n",
                   taken.refused, manifest->kiosk);
    if (!taken.receipts.empty()) {
        auto const written =
            carry::write_receipts(place, manifest->kiosk, manifest->bundle, taken.receipts);
        if (!written)
            return failure(written.error().code,
                           written.error().detail +
                               ": the requests are here, but their receipts are not on the stick; "
                               "import the bundle again");
        fmt::print("Their receipts are in {}: take the stick back to {} and run there: dmp-spooler "
                   "import.\n",
                   carry::receipts_name(manifest->kiosk, manifest->bundle), manifest->kiosk);
    }
    if (!taken.ended) return failure(taken.ended.error());
    return taken.refused > 0 ? 1 : 0;
}

}  // namespace

int import_bundles(std::filesystem::path const& config, std::filesystem::path const& path) {
    auto const settings = read_settings(config);
    if (!settings) return fail(settings.error());
    auto const authority = crypto::ClientAuthority::read(settings->client_ca, settings->revoked);
    if (!authority)
        return fail(setting_error(*settings, "tls.client_ca", authority.error().detail));
    auto const delivery = carry::look_through(path);
    if (!delivery) return fail(delivery.error());
    int exit_code = 0;
    for (auto const& name : delivery->unfinished)
        exit_code = fail({Errc::file_missing, name + ": not a whole bundle: the stick was pulled "
                                                     "out too early; export again"});
    if (delivery->bundles.empty())
        return fail({Errc::file_missing, path.native() + ": no bundle is there"});
    auto const desk = open_desk(*settings);
    if (!desk) return fail(desk.error());
    for (auto const& name : delivery->bundles) {
        auto const imported = import_one(**desk, *authority, delivery->place, name);
        if (!imported) exit_code = fail(imported.error());
        if (imported && *imported != 0) exit_code = *imported;
    }
    return exit_code;
}

}  // namespace intake
