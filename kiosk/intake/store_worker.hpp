// The thread that owns the store. Arrivals that come while it commits wait together and share the
// next transaction (group commit); the admin socket is served in the same loop, between two
// commits.
#pragma once

#include "drivers/base/line_server.hpp"
#include "kiosk/intake/store.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace intake {

class StoreWorker {
  public:
    // Called on the worker's thread, once the commit that holds the arrival has returned.
    using Answer = std::function<void(base::Result<Outcome>)>;

    static base::Result<std::unique_ptr<StoreWorker>> start(std::unique_ptr<Store> store,
                                                            base::LineServer admin);
    StoreWorker(StoreWorker const&) = delete;
    StoreWorker& operator=(StoreWorker const&) = delete;
    ~StoreWorker();  // after the last arrival was committed and answered

    // From any thread.
    void put(Arrival arrival, Answer answer);

  private:
    StoreWorker(std::unique_ptr<Store> store, base::LineServer admin, base::Descriptor wake);
    void run();
    bool commit_group();
    void signal() const;

    std::unique_ptr<Store> store_;
    base::LineServer admin_;
    base::Descriptor wake_;  // an eventfd

    std::mutex mutex_;
    std::vector<Arrival> arrivals_;  // these three under the mutex
    std::vector<Answer> answers_;
    bool ending_ = false;

    std::thread thread_;
};

}  // namespace intake
