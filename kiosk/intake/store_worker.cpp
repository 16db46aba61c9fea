#include "kiosk/intake/store_worker.hpp"

#include "kiosk/intake/admin.hpp"

#include <cstdint>
#include <utility>

#include <sys/eventfd.h>
#include <unistd.h>

namespace intake {
namespace {

constexpr int idle_ms = 1000;

}  // namespace

base::Result<std::unique_ptr<StoreWorker>>
StoreWorker::start(std::unique_ptr<Store> store, base::LineServer admin, ReceiptSigner signer) {
    base::Descriptor wake{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    if (!wake) return base::failure(base::system_error("eventfd"));
    return std::unique_ptr<StoreWorker>{
        new StoreWorker{std::move(store), std::move(admin), std::move(signer), std::move(wake)}};
}

StoreWorker::StoreWorker(std::unique_ptr<Store> store, base::LineServer admin, ReceiptSigner signer,
                         base::Descriptor wake)
    : store_(std::move(store)), admin_(std::move(admin)), signer_(std::move(signer)),
      wake_(std::move(wake)), thread_([this] { run(); }) {}

StoreWorker::~StoreWorker() {
    {
        std::lock_guard const lock{mutex_};
        ending_ = true;
    }
    signal();
    thread_.join();
}

void StoreWorker::put(Arrival arrival, Answer answer) {
    {
        std::lock_guard const lock{mutex_};
        work_.arrivals.push_back(std::move(arrival));
        work_.answers.push_back(std::move(answer));
    }
    signal();
}

void StoreWorker::ask(Question question) {
    {
        std::lock_guard const lock{mutex_};
        work_.questions.push_back(std::move(question));
    }
    signal();
}

void StoreWorker::note(AuditEntry entry) {
    {
        std::lock_guard const lock{mutex_};
        work_.entries.push_back(std::move(entry));
    }
    signal();
}

void StoreWorker::signal() const {
    std::uint64_t const one = 1;
    [[maybe_unused]] auto const written = ::write(wake_.number(), &one, sizeof(one));
}

void StoreWorker::run() {
    bool settled = true;
    for (;;) {
        std::vector<pollfd> polled{{wake_.number(), POLLIN, 0}};
        admin_.add_to(polled);
        auto const ready = ::poll(polled.data(), polled.size(), settled ? -1 : idle_ms);
        if (ready == 0) store_->settle();
        settled = ready == 0;
        std::uint64_t count = 0;
        [[maybe_unused]] auto const seen = ::read(wake_.number(), &count, sizeof(count));
        if (!work()) return;
        admin_.serve([this](base::LineServer::Client client, std::string_view line) {
            admin_.send(client, answer_admin(*store_, signer_, line));
        });
    }
}

// False when there was nothing left to do and the end was asked for.
bool StoreWorker::work() {
    Work now;
    {
        std::lock_guard const lock{mutex_};
        std::swap(now, work_);
        if (now.empty()) return !ending_;
    }
    for (auto& entry : now.entries)
        store_->note(std::move(entry));
    if (!now.arrivals.empty()) {
        auto outcomes = store_->put(now.arrivals);
        for (std::size_t i = 0; i < now.answers.size(); ++i)
            now.answers[i](std::move(outcomes[i]));
    }
    for (auto const& question : now.questions)
        question.answer(store_->outcomes(question.kiosk, question.after, question.most));
    // What came meanwhile, and perhaps the end, is looked at before sleeping again.
    signal();
    return true;
}

}  // namespace intake
