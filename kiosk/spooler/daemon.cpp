#include "kiosk/spooler/daemon.hpp"

#include "drivers/base/deadline.hpp"
#include "kiosk/spooler/protocol.hpp"

#include <algorithm>
#include <cerrno>

#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace spooler {
namespace {

using base::failure;

constexpr int last_words_ms = 200;

// A timer that never comes, but is cancelled when the calendar is set.
bool arm(base::Descriptor const& timer) {
    itimerspec never{};
    never.it_value.tv_sec = 7258118400;  // the year 2200
    return ::timerfd_settime(timer.number(), TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never,
                             nullptr) == 0;
}

}  // namespace

base::Result<Daemon> Daemon::open(Settings const& settings, Clock const& clock,
                                  BackOff::Random random) {
    // First the socket: two spoolers on one socket end here, before either touches the outbox.
    auto server =
        base::LineServer::listen(settings.socket, longest_line,
                                 {settings.clients, [](base::Peer const& peer) {
                                      spdlog::warn("socket: user {} was turned away", peer.user);
                                  }});
    if (!server) return failure(server.error());
    auto spooler = Spooler::open(settings, clock, std::move(random));
    if (!spooler) return failure(spooler.error());
    auto courier = Courier::open(settings.intake, settings.receipts);
    if (!courier) return failure(courier.error());
    auto uplink = Uplink::open(std::move(*courier));
    if (!uplink) return failure(uplink.error());
    base::Descriptor clock_set{::timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK)};
    if (!clock_set || !arm(clock_set)) return failure(base::system_error("timerfd"));
    return Daemon{std::move(*spooler), std::move(*uplink), std::move(*server),
                  std::move(clock_set)};
}

base::Result<void> Daemon::run(base::Descriptor const& stop) {
    service_manager_.ready();
    for (;;) {
        service_manager_.alive(base::ServiceManager::Clock::now());
        work_before_waiting();
        auto const goes_on = wait(stop);
        if (!goes_on) return failure(goes_on.error());
        if (!*goes_on) break;
        server_.serve([&](base::LineServer::Client client, std::string_view line) {
            auto reply = reply_to(spooler_, line, server_.peer(client));
            if (reply.watches) watchers_.insert(client);
            server_.send(client, reply.line);
        });
        if (auto const deliveries = uplink_->take(); !deliveries.empty()) spooler_.note(deliveries);
        if (auto const page = uplink_->take_outcomes())
            if (auto const on = spooler_.note(*page)) uplink_->ask_outcomes(*on);
        if (spooler_.has_background_work()) spooler_.background_step();
    }
    server_.flush(last_words_ms);
    if (auto const deliveries = uplink_->take(); !deliveries.empty()) spooler_.note(deliveries);
    uplink_.reset();
    spooler_.finish();
    return {};
}

void Daemon::work_before_waiting() {
    spooler_.tick();
    if (auto parcels = spooler_.to_send(); !parcels.empty()) uplink_->send(std::move(parcels));
    if (auto const after = spooler_.outcomes_to_ask()) uplink_->ask_outcomes(*after);
    announce();
}

void Daemon::announce() {
    std::erase_if(watchers_, [&](auto client) { return !server_.connected(client); });
    auto const now = spooler_.availability();
    if (now == announced_) return;
    announced_ = now;
    auto const line = event_line(now);
    for (auto client : watchers_)
        server_.send(client, line);
}

// False when it is time to end.
base::Result<bool> Daemon::wait(base::Descriptor const& stop) {
    std::vector<pollfd> polled{{stop.number(), POLLIN, 0},
                               {uplink_->descriptor(), POLLIN, 0},
                               {clock_set_.number(), POLLIN, 0}};
    server_.add_to(polled);
    auto const limit =
        spooler_.has_background_work() ? BootTime::zero() : spooler_.until_next_tick();
    // One millisecond more, so that what is due is due when poll returns.
    auto timeout = limit == BootTime::zero() ? 0 : static_cast<int>(limit.count()) + 1;
    if (auto const sign = service_manager_.due())
        timeout = std::min(timeout, base::milliseconds_until(*sign));
    if (::poll(polled.data(), polled.size(), timeout) < 0 && errno != EINTR)
        return failure(base::system_error("poll"));
    if (polled[2].revents != 0) {
        std::uint64_t expirations = 0;
        if (::read(clock_set_.number(), &expirations, sizeof(expirations)) < 0 &&
            errno == ECANCELED)
            arm(clock_set_);
    }
    return polled[0].revents == 0;
}

}  // namespace spooler
