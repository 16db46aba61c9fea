// The thread that owns the courier. It knows neither the outbox nor the clock: parcels go in, one
// delivery for each comes out, and a descriptor tells when.
#pragma once

#include "drivers/base/unix_socket.hpp"
#include "kiosk/spooler/courier.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace spooler {

class Uplink {
  public:
    static base::Result<std::unique_ptr<Uplink>> open(Courier courier);

    Uplink(Uplink const&) = delete;
    Uplink& operator=(Uplink const&) = delete;
    ~Uplink();  // interrupts what is under way

    // One batch at a time: only after a delivery came for each parcel of the one before. When one
    // stops the queue the rest come back as not_sent.
    void send(std::vector<Parcel> batch);

    // One question at a time, answered between two batches.
    void ask_outcomes(std::int64_t after);
    std::optional<base::Result<OutcomePage>> take_outcomes();

    // Readable while there is something to take.
    int descriptor() const { return arrived_.number(); }
    std::vector<Delivery> take();

  private:
    Uplink(Courier courier, base::Descriptor arrived);

    void work();
    void deliver_all(std::vector<Parcel> const& batch);
    void report(Delivery delivery);
    void report(base::Result<OutcomePage> page);

    Courier courier_;
    base::Descriptor arrived_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Parcel> batch_;
    std::vector<Delivery> deliveries_;
    std::optional<std::int64_t> question_;
    std::optional<base::Result<OutcomePage>> page_;
    bool ending_ = false;
    std::thread thread_;  // last: it uses all the others
};

}  // namespace spooler
