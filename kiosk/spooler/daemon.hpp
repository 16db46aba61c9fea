// The loop around the spooler: one thread that waits for the socket, the uplink, the next due time
// and the end.
#pragma once

#include "drivers/base/line_server.hpp"
#include "drivers/base/service_manager.hpp"
#include "kiosk/spooler/spooler.hpp"
#include "kiosk/spooler/uplink.hpp"

namespace spooler {

class Daemon {
  public:
    // When it returns, the outbox is open and the socket answers as soon as run() is called.
    // `clock` must outlive it.
    static base::Result<Daemon> open(Settings const& settings, Clock const& clock,
                                     BackOff::Random random);

    // Until `stop` becomes readable.
    base::Result<void> run(base::Descriptor const& stop);

  private:
    Daemon(Spooler spooler, std::unique_ptr<Uplink> uplink, base::LineServer server,
           base::Descriptor clock_set)
        : spooler_(std::move(spooler)), uplink_(std::move(uplink)), server_(std::move(server)),
          clock_set_(std::move(clock_set)), announced_(spooler_.availability()) {}

    void work_before_waiting();
    void announce();
    base::Result<bool> wait(base::Descriptor const& stop);

    Spooler spooler_;
    std::unique_ptr<Uplink> uplink_;
    base::LineServer server_;
    base::Descriptor clock_set_;  // readable when somebody sets the calendar
    std::set<base::LineServer::Client> watchers_;
    Availability announced_;
    base::ServiceManager service_manager_;
};

}  // namespace spooler
