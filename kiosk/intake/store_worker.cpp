#include "kiosk/intake/store_worker.hpp"

#include "kiosk/intake/admin.hpp"

#include <cstdint>
#include <utility>

#include <sys/eventfd.h>
#include <unistd.h>

namespace intake {

base::Result<std::unique_ptr<StoreWorker>> StoreWorker::start(std::unique_ptr<Store> store,
                                                              base::LineServer admin) {
    base::Descriptor wake{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    if (!wake) return base::failure(base::system_error("eventfd"));
    return std::unique_ptr<StoreWorker>{
        new StoreWorker{std::move(store), std::move(admin), std::move(wake)}};
}

StoreWorker::StoreWorker(std::unique_ptr<Store> store, base::LineServer admin,
                         base::Descriptor wake)
    : store_(std::move(store)), admin_(std::move(admin)), wake_(std::move(wake)),
      thread_([this] { run(); }) {}

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
        arrivals_.push_back(std::move(arrival));
        answers_.push_back(std::move(answer));
    }
    signal();
}

void StoreWorker::signal() const {
    std::uint64_t const one = 1;
    [[maybe_unused]] auto const written = ::write(wake_.number(), &one, sizeof(one));
}

void StoreWorker::run() {
    for (;;) {
        std::vector<pollfd> polled{{wake_.number(), POLLIN, 0}};
        admin_.add_to(polled);
        ::poll(polled.data(), polled.size(), -1);
        std::uint64_t count = 0;
        [[maybe_unused]] auto const seen = ::read(wake_.number(), &count, sizeof(count));
        if (!commit_group()) return;
        admin_.serve([this](base::LineServer::Client client, std::string_view line) {
            admin_.send(client, answer_admin(*store_, line));
        });
    }
}

// False when there was nothing left to do and the end was asked for.
bool StoreWorker::commit_group() {
    std::vector<Arrival> arrivals;
    std::vector<Answer> answers;
    {
        std::lock_guard const lock{mutex_};
        arrivals.swap(arrivals_);
        answers.swap(answers_);
        if (arrivals.empty()) return !ending_;
    }
    auto outcomes = store_->put(arrivals);
    for (std::size_t i = 0; i < answers.size(); ++i)
        answers[i](std::move(outcomes[i]));
    // What came meanwhile, and perhaps the end, is looked at before sleeping again.
    signal();
    return true;
}

}  // namespace intake
