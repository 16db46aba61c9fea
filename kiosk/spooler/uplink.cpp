#include "kiosk/spooler/uplink.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

namespace spooler {

base::Result<std::unique_ptr<Uplink>> Uplink::open(Courier courier) {
    base::Descriptor arrived{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    if (!arrived) return base::failure(base::system_error("eventfd"));
    return std::unique_ptr<Uplink>{new Uplink{std::move(courier), std::move(arrived)}};
}

Uplink::Uplink(Courier courier, base::Descriptor arrived)
    : courier_(std::move(courier)), arrived_(std::move(arrived)), thread_([this] { work(); }) {}

Uplink::~Uplink() {
    {
        std::lock_guard const lock{mutex_};
        ending_ = true;
    }
    courier_.interrupt();
    changed_.notify_one();
    thread_.join();
}

void Uplink::send(std::vector<Parcel> batch) {
    {
        std::lock_guard const lock{mutex_};
        batch_ = std::move(batch);
    }
    changed_.notify_one();
}

std::vector<Delivery> Uplink::take() {
    std::lock_guard const lock{mutex_};
    eventfd_t count = 0;
    ::eventfd_read(arrived_.number(), &count);
    return std::exchange(deliveries_, {});
}

void Uplink::ask_outcomes(std::int64_t after) {
    {
        std::lock_guard const lock{mutex_};
        question_ = after;
    }
    changed_.notify_one();
}

std::optional<base::Result<OutcomePage>> Uplink::take_outcomes() {
    std::lock_guard const lock{mutex_};
    return std::exchange(page_, std::nullopt);
}

void Uplink::work() {
    for (;;) {
        std::vector<Parcel> batch;
        std::optional<std::int64_t> question;
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, [this] { return ending_ || !batch_.empty() || question_; });
            if (ending_) return;
            batch = std::exchange(batch_, {});
            question = std::exchange(question_, std::nullopt);
        }
        deliver_all(batch);
        if (question) report(courier_.ask_outcomes(*question));
    }
}

void Uplink::deliver_all(std::vector<Parcel> const& batch) {
    bool stopped = false;
    for (auto const& parcel : batch) {
        auto delivery =
            stopped ? Delivery{parcel.id, Delivery::Result::not_sent} : courier_.deliver(parcel);
        stopped = stopped || delivery.stops_queue();
        report(std::move(delivery));
    }
}

void Uplink::report(Delivery delivery) {
    std::lock_guard const lock{mutex_};
    deliveries_.push_back(std::move(delivery));
    ::eventfd_write(arrived_.number(), 1);
}

void Uplink::report(base::Result<OutcomePage> page) {
    std::lock_guard const lock{mutex_};
    page_ = std::move(page);
    ::eventfd_write(arrived_.number(), 1);
}

}  // namespace spooler
