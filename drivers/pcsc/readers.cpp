#include "drivers/pcsc/readers.hpp"

#include "drivers/pcsc/return_code.hpp"

#include <algorithm>

#include <fnmatch.h>
#include <strings.h>
#include <winscard.h>

namespace pcsc {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr char const* plug_notification = R"(\\?PnP?\Notification)";
constexpr std::size_t most_slots = PCSCLITE_MAX_READERS_CONTEXTS - 1;
constexpr int most_old_lists = 3;
// pcsc-lite before 2.3 does not tell of a reader that comes in the instant between two waits.
constexpr std::chrono::seconds list_lifetime{10};

SCARD_READERSTATE state_of(char const* name, unsigned long current) {
    SCARD_READERSTATE state{};
    state.szReader = name;
    state.dwCurrentState = current;
    state.cbAtr = sizeof(state.rgbAtr);
    return state;
}

}  // namespace

base::Result<Readers> Readers::open(std::string name_pattern) {
    auto context = Context::open();
    if (!context) return base::failure(std::move(context.error()));
    return Readers{std::move(*context), std::move(name_pattern)};
}

base::Result<std::vector<Change>> Readers::wait_for_change(milliseconds slice) {
    auto const deadline = steady_clock::now() + slice;
    std::vector<Change> changes;
    for (int old_lists = 0; old_lists <= most_old_lists;) {
        if (auto listed = list(changes); !listed) return base::failure(std::move(listed.error()));
        auto const left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
        auto const wait = changes.empty() && told_ && left > milliseconds{0};
        auto const looked = look(wait ? left : milliseconds{0}, changes);
        if (!looked) return base::failure(looked.error());
        switch (*looked) {
        case Look::list_is_old: ++old_lists; continue;
        case Look::nothing:
        case Look::something: break;
        }
        if (!told_ && our_slot() == nullptr) changes.emplace_back(ReaderAbsent{});
        told_ = true;
        if (!wait || *looked == Look::nothing || !changes.empty()) return changes;
    }
    return base::failure(base::Errc::reader_failed, "a reader is listed but not known");
}

base::Result<Card> Readers::connect() const {
    auto const* slot = our_slot();
    if (slot == nullptr)
        return base::failure(base::Errc::reader_missing, "no reader matches " + name_pattern_);
    return Card::connect(context_.handle(), slot->name());
}

// Keeps the slots that are still there, drops those that are not, adds new ones unseen.
base::Result<void> Readers::list(std::vector<Change>& changes) {
    if (steady_clock::now() < list_until_) return {};
    auto const names = context_.readers();
    if (!names) return base::failure(names.error());
    auto const listed = [&](Slot const& slot) {
        return std::ranges::find(*names, slot.name()) != names->end();
    };
    for (auto& slot : slots_)
        if (!listed(slot)) slot.lose(changes);
    std::erase_if(slots_, [&](Slot const& slot) { return !listed(slot); });

    auto has_ours =
        std::ranges::any_of(slots_, [](Slot const& slot) { return slot.whose() == Whose::ours; });
    for (auto const& name : *names) {
        auto const known = std::ranges::find(slots_, name, &Slot::name);
        auto const becomes_ours = !has_ours && matches(name);
        if (known != slots_.end() && !becomes_ours) continue;
        // A foreign slot that becomes ours is forgotten first: all about it is news again.
        if (known != slots_.end()) slots_.erase(known);
        if (becomes_ours) {
            slots_.emplace(slots_.begin(), name, Whose::ours);
            has_ours = true;
        } else if (slots_.size() < most_slots) {
            slots_.emplace_back(name, Whose::foreign);
        }
    }
    if (slots_.size() > most_slots) slots_.pop_back();
    list_until_ = steady_clock::now() + list_lifetime;
    return {};
}

base::Result<Readers::Look> Readers::look(milliseconds timeout, std::vector<Change>& changes) {
    std::vector<SCARD_READERSTATE> states;
    for (auto const& slot : slots_)
        states.push_back(state_of(slot.name().c_str(), slot.state()));
    states.push_back(state_of(plug_notification, plug_state_));
    auto const code = SCardGetStatusChange(context_.handle(), static_cast<DWORD>(timeout.count()),
                                           states.data(), static_cast<DWORD>(states.size()));
    if (code == SCARD_E_TIMEOUT) return Look::nothing;
    // Whatever happened, readers may have come or gone with it.
    list_until_ = {};
    if (code == SCARD_E_UNKNOWN_READER) return Look::list_is_old;
    if (auto looked = check("SCardGetStatusChange", code); !looked)
        return base::failure(std::move(looked.error()));
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        auto const& state = states[i];
        auto const atr = base::ByteView{state.rgbAtr}.first(
            std::min<std::size_t>(state.cbAtr, sizeof(state.rgbAtr)));
        slots_[i].see(state.dwEventState, atr, changes);
    }
    // pcsc-lite 2.3 and later count the readers' comings and goings in the upper half.
    plug_state_ = states.back().dwEventState & 0xFFFF0000UL;
    return Look::something;
}

Slot const* Readers::our_slot() const {
    auto const slot = std::ranges::find_if(slots_, [](Slot const& candidate) {
        return candidate.whose() == Whose::ours && candidate.present();
    });
    return slot == slots_.end() ? nullptr : &*slot;
}

// The name itself first: names hold brackets, which are patterns.
bool Readers::matches(std::string const& name) const {
    return ::strcasecmp(name_pattern_.c_str(), name.c_str()) == 0 ||
           ::fnmatch(name_pattern_.c_str(), name.c_str(), FNM_CASEFOLD | FNM_NOESCAPE) == 0;
}

}  // namespace pcsc
