// When the spooler asks what became of its requests, and what it keeps of the answer.
#include "kiosk/spooler/spooler.hpp"

#include <spdlog/spdlog.h>

namespace spooler {

std::optional<std::int64_t> Spooler::outcomes_to_ask() {
    auto const now = clock_->since_boot();
    // While sending does not work, asking would not either.
    if (!rounds_.is_due(now) || pace_.wait()) return std::nullopt;
    rounds_.wait(now);
    auto const awaited = storage_.attempt([&] { return storage_.outcomes().awaited(); });
    if (!awaited || *awaited == 0) return std::nullopt;
    auto const position = storage_.attempt([&] { return storage_.outcomes().position(); });
    if (!position) return std::nullopt;
    rounds_.asked();
    return *position;
}

std::optional<std::int64_t> Spooler::note(base::Result<OutcomePage> const& page) {
    rounds_.answered();
    if (!page) {
        spdlog::warn("no outcomes were learnt: {}", describe(page.error()));
        return std::nullopt;
    }
    auto const kept = storage_.attempt([&] { return storage_.outcomes().keep(*page); });
    wrote();
    if (!kept || !page->more) return std::nullopt;
    rounds_.asked();
    return page->next;
}

}  // namespace spooler
