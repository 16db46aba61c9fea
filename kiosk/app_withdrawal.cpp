// Somebody has changed their mind about an earlier request, and brings its reference.
#include "kiosk/app.hpp"

#include <spdlog/spdlog.h>

namespace kiosk {

using journey::Event;
using journey::State;

void App::withdraw() {
    request_.reset();
    hands_.withdraw(++withdrawals_, std::string{session_.typed.view()});
}

void App::handle(workers::WithdrawalAnswered const& answered) {
    using enum workers::WithdrawalAnswered::Result;
    if (journey_.state() != State::withdrawing || answered.order != withdrawals_) return;
    switch (answered.result) {
    case cancelled: return happen(Event::withdrawn);
    case left: return answered.id ? send_withdrawal(*answered.id) : happen(Event::save_refused);
    case unknown: return happen(Event::reference_unknown);
    case closed: return happen(Event::reference_closed);
    case failed: return happen(Event::save_unanswered);
    }
}

// Goes the way of a request: sealed here, recorded and carried by the spooler.
void App::send_withdrawal(crypto::Uuid const& request) {
    auto sealed = [&]() -> base::Result<dmp::SealedRequest> {
        if (!sealer_) return base::failure(base::Errc::refused, "no certificate");
        return sealer_->seal(dmp::Withdrawal{dmp::id_of_withdrawal(request), request,
                                             clock_.calendar(), clock_.trusted()});
    }();
    if (!sealed) {
        spdlog::error("withdrawal: {}", base::describe(sealed.error()));
        return happen(Event::save_refused);
    }
    request_ = sealed->id;
    hands_.enqueue(std::move(*sealed));
}

}  // namespace kiosk
