// vitale-simulator: plays a carte Vitale to a real pcscd, through the virtual reader of vsmartcard
// or through the USB reader of a virtual machine.
#include "drivers/base/end_signals.hpp"
#include "drivers/base/line_server.hpp"
#include "drivers/simulator/control.hpp"
#include "drivers/simulator/vpcd_reader.hpp"
#include "drivers/simulator/vscard_reader.hpp"

#include <algorithm>
#include <cstdio>

#include <CLI/CLI.hpp>

namespace {

using base::Result;
using simulator::Slot;

struct Options {
    std::filesystem::path control;
    std::filesystem::path profiles;
    std::string insert;
    std::string today;
    simulator::TcpAddress vpcd{"127.0.0.1", 35963};  // vpcd's first slot
    std::string vscard;
};

Result<std::unique_ptr<simulator::Reader>> reader_of(Options const& options) {
    if (options.vscard.empty()) return std::make_unique<simulator::VpcdReader>(options.vpcd);
    auto address = simulator::parse_address(options.vscard);
    if (!address) return base::failure(address.error().code, "--vscard " + address.error().detail);
    return std::make_unique<simulator::VscardReader>(std::move(*address));
}

int wait_ms(Slot const& slot) {
    auto const deadline = slot.deadline();
    if (!deadline || *deadline == Slot::Clock::time_point::max()) return -1;
    auto const now = Slot::Clock::now();
    if (*deadline <= now) return 0;
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - now).count();
    return static_cast<int>(std::min<std::int64_t>(left, 60'000));
}

void loop(Slot& slot, simulator::Control& control, std::optional<base::LineServer>& server,
          base::Descriptor const& ending) {
    for (;;) {
        std::vector<pollfd> polled{{ending.number(), POLLIN, 0}};
        slot.add_to(polled);
        if (server) server->add_to(polled);
        ::poll(polled.data(), polled.size(), wait_ms(slot));
        if (polled.front().revents != 0) return;
        slot.serve(Slot::Clock::now());
        if (server)
            server->serve([&](base::LineServer::Client client, std::string_view line) {
                server->send(client, control.answer(line, Slot::Clock::now()));
            });
    }
}

Result<void> run(Options const& options) {
    auto const ending = base::end_signals();
    if (!ending) return base::failure(ending.error());
    auto const today = simulator::parse_day(options.today);
    if (!options.today.empty() && !today)
        return base::failure(base::Errc::configuration_invalid, "--today: a day, as 2019-06-17");
    auto catalogue = simulator::Catalogue::open(options.profiles, today);
    if (!catalogue) return base::failure(catalogue.error());
    auto reader = reader_of(options);
    if (!reader) return base::failure(reader.error());
    Slot slot{std::move(*reader)};
    simulator::Control control{slot, *catalogue};
    if (!options.insert.empty()) {
        auto const profile = catalogue->find(options.insert);
        if (!profile)
            return base::failure(profile.error().code,
                                 "--insert " + options.insert + ": " + profile.error().detail);
        slot.insert(*profile, Slot::Clock::now());
    }
    std::optional<base::LineServer> server;
    if (!options.control.empty()) {
        auto listening = base::LineServer::listen(options.control);
        if (!listening) return base::failure(listening.error());
        server = std::move(*listening);
    }
    loop(slot, control, server, *ending);
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{
        "Plays a carte Vitale to a real pcscd, through the virtual reader of vsmartcard-vpcd "
        "or the USB reader of a virtual machine"};
    auto* control = app.add_option("--control", options.control, "Unix socket to be driven by");
    app.add_option("--profiles", options.profiles, "Folder of card profiles (*.toml)")->required();
    auto* host =
        app.add_option("--host", options.vpcd.host, "Where the virtual reader listens (IPv4)")
            ->check(CLI::ValidIPV4)
            ->capture_default_str();
    auto* port = app.add_option("--port", options.vpcd.port,
                                "35963 for its first slot, 35964 for its second")
                     ->capture_default_str();
    app.add_option("--vscard", options.vscard,
                   "Instead: where QEMU's ccid-card-passthru listens, a socket's path or "
                   "127.0.0.1:2001")
        ->excludes(host)
        ->excludes(port);
    auto* insert = app.add_option("--insert", options.insert, "Profile in the slot from the start");
    app.add_option("--today", options.today,
                   "Day that birth dates count from, as 2019-06-17 (default: the local day)");
    CLI11_PARSE(app, argc, argv);
    if (control->empty() && insert->empty()) {
        std::fprintf(stderr, "vitale-simulator: give --control, --insert or both\n");
        return 1;
    }
    if (auto done = run(options); !done) {
        std::fprintf(stderr, "vitale-simulator: %s\n", base::describe(done.error()).c_str());
        return 1;
    }
    return 0;
}
