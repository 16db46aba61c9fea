// The thread that owns the store. Arrivals that come while it commits wait together and share the
// next transaction (group commit); the admin socket is served in the same loop, between two
// commits.
#pragma once

#include "drivers/base/line_server.hpp"
#include "kiosk/intake/receipt.hpp"
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

    // The signer is for what is brought in through the admin socket.
    static base::Result<std::unique_ptr<StoreWorker>>
    start(std::unique_ptr<Store> store, base::LineServer admin, ReceiptSigner signer);
    StoreWorker(StoreWorker const&) = delete;
    StoreWorker& operator=(StoreWorker const&) = delete;
    ~StoreWorker();  // after the last arrival was committed and answered

    // From any thread.
    void put(Arrival arrival, Answer answer);

    // A page of what became of this kiosk's requests, to be answered on the worker's thread.
    struct Question {
        std::string kiosk;
        std::int64_t after;
        std::size_t most;
        std::function<void(base::Result<std::vector<DmpOutcomeAt>>)> answer;
    };
    void ask(Question question);

    // For the audit log, if there is one; nobody waits for it.
    void note(AuditEntry entry);

  private:
    StoreWorker(std::unique_ptr<Store> store, base::LineServer admin, ReceiptSigner signer,
                base::Descriptor wake);
    void run();
    bool work();
    void signal() const;

    std::unique_ptr<Store> store_;
    base::LineServer admin_;
    ReceiptSigner signer_;
    base::Descriptor wake_;  // an eventfd

    std::mutex mutex_;
    struct Work {
        std::vector<Arrival> arrivals;
        std::vector<Answer> answers;  // of each arrival
        std::vector<Question> questions;
        std::vector<AuditEntry> entries;

        bool empty() const { return arrivals.empty() && questions.empty() && entries.empty(); }
    };
    Work work_;  // these two under the mutex
    bool ending_ = false;

    std::thread thread_;
};

}  // namespace intake
