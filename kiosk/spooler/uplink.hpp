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

    // Readable while there are deliveries to take.
    int descriptor() const { return arrived_.number(); }
    std::vector<Delivery> take();

  private:
    Uplink(Courier courier, base::Descriptor arrived);

    void work();
    void deliver_all(std::vector<Parcel> const& batch);
    void report(Delivery delivery);

    Courier courier_;
    base::Descriptor arrived_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Parcel> batch_;
    std::vector<Delivery> deliveries_;
    bool ending_ = false;
    std::thread thread_;  // last: it uses all the others
};

}  // namespace spooler
