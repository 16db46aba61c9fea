// The functions of winscard.h over the fake service. No exception leaves them: one thrown by what a
// test planned ends the program.
#include "tests/fakes/pcsc/fake_pcsc.hpp"

#include <algorithm>
#include <cstring>

#include <strings.h>
#include <winscard.h>

namespace {

using fake_pcsc::Reader;
using fake_pcsc::Service;
using fake_pcsc::service;

constexpr SCARDCONTEXT the_context = 0x0C0FFEE;
constexpr SCARDHANDLE the_card = 0x0CA2D;

template <class Planned>
auto run(Planned const& planned) noexcept {
    return planned();
}

// Notes the call and lets happen what was planned for it; a planned failure, if there is one.
std::optional<LONG> enter(char const* function) {
    service().calls.emplace_back(function);
    if (auto& coming = service().happenings[function]; !coming.empty()) {
        auto const happens = std::move(coming.front());
        coming.pop_front();
        if (happens) run(happens);
    }
    auto& planned = service().failures[function];
    if (planned.empty()) return std::nullopt;
    auto const code = static_cast<LONG>(planned.front());
    planned.pop_front();
    return code;
}

Reader* find(std::string const& name) {
    auto const found = std::ranges::find(service().readers, name, &Reader::name);
    return found == service().readers.end() ? nullptr : &*found;
}

// The card the caller is connected to, or why it no longer is.
LONG connected_card(SCARDHANDLE handle, Reader*& reader) {
    if (handle != the_card || !service().connected) return SCARD_E_INVALID_HANDLE;
    reader = find(*service().connected);
    if (reader == nullptr) return SCARD_E_READER_UNAVAILABLE;
    if (!reader->card || reader->counter != service().connected_counter)
        return SCARD_W_REMOVED_CARD;
    if (service().card_was_reset) return SCARD_W_RESET_CARD;
    return SCARD_S_SUCCESS;
}

bool is_plug_notification(char const* name) {
    return ::strcasecmp(name, "\\\\?PnP?\\Notification") == 0;
}

DWORD event_state_of(Reader const& reader) {
    if (reader.failing) return SCARD_STATE_UNAVAILABLE;
    DWORD state = static_cast<DWORD>(reader.counter) << 16;
    state |= reader.card ? SCARD_STATE_PRESENT : SCARD_STATE_EMPTY;
    if (reader.card && reader.card->mute) state |= SCARD_STATE_MUTE;
    if (reader.in_use) state |= SCARD_STATE_INUSE;
    return state;
}

// As pcsc-lite compares: whatever differs from what the caller believes.
bool compare(SCARD_READERSTATE& state, std::size_t readers_at_start) {
    if (is_plug_notification(state.szReader)) {
        auto const changed = service().readers.size() != readers_at_start;
        state.dwEventState = changed ? SCARD_STATE_CHANGED : 0;
        return changed;
    }
    auto const* reader = find(state.szReader);
    state.dwEventState = reader != nullptr
                             ? event_state_of(*reader)
                             : static_cast<DWORD>(SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE);
    state.cbAtr = 0;
    if (reader != nullptr && reader->card && !reader->card->mute) {
        state.cbAtr = std::min<DWORD>(reader->card->atr.size(), sizeof(state.rgbAtr));
        std::copy_n(reader->card->atr.begin(), state.cbAtr, state.rgbAtr);
    }
    if (state.dwEventState == state.dwCurrentState) return false;
    state.dwEventState |= SCARD_STATE_CHANGED;
    return true;
}

}  // namespace

extern "C" {

LONG SCardEstablishContext(DWORD, LPCVOID, LPCVOID, LPSCARDCONTEXT context) {
    if (auto const code = enter("SCardEstablishContext")) return *code;
    ++service().contexts;
    *context = the_context;
    return SCARD_S_SUCCESS;
}

LONG SCardReleaseContext(SCARDCONTEXT context) {
    if (auto const code = enter("SCardReleaseContext")) return *code;
    if (context != the_context || service().contexts == 0) return SCARD_E_INVALID_HANDLE;
    --service().contexts;
    return SCARD_S_SUCCESS;
}

LONG SCardIsValidContext(SCARDCONTEXT context) {
    if (auto const code = enter("SCardIsValidContext")) return *code;
    return context == the_context ? SCARD_S_SUCCESS : SCARD_E_INVALID_HANDLE;
}

LONG SCardListReaders(SCARDCONTEXT context, LPCSTR, LPSTR text, LPDWORD size) {
    if (auto const code = enter("SCardListReaders")) return *code;
    if (context != the_context) return SCARD_E_INVALID_HANDLE;
    if (service().readers.empty()) return SCARD_E_NO_READERS_AVAILABLE;
    std::string names;
    for (auto const& reader : service().readers)
        names.append(reader.name).push_back('\0');
    names.push_back('\0');
    auto const room = *size;
    *size = names.size();
    if (text == nullptr) return SCARD_S_SUCCESS;
    if (room < names.size()) return SCARD_E_INSUFFICIENT_BUFFER;
    std::ranges::copy(names, text);
    return SCARD_S_SUCCESS;
}

LONG SCardGetStatusChange(SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE* states,
                          DWORD count) {
    if (auto const code = enter("SCardGetStatusChange")) return *code;
    if (context != the_context) return SCARD_E_INVALID_HANDLE;
    if (count > PCSCLITE_MAX_READERS_CONTEXTS) return SCARD_E_INVALID_PARAMETER;
    for (DWORD i = 0; i < count; ++i)
        if (!is_plug_notification(states[i].szReader) && find(states[i].szReader) == nullptr)
            return SCARD_E_UNKNOWN_READER;
    auto const readers_at_start = service().readers.size();
    for (;;) {
        bool changed = false;
        for (DWORD i = 0; i < count; ++i)
            changed |= compare(states[i], readers_at_start);
        if (changed) return SCARD_S_SUCCESS;
        if (timeout == 0) return SCARD_E_TIMEOUT;
        if (service().plans.empty()) {
            if (service().otherwise && run(service().otherwise)) continue;
            break;
        }
        auto const happens = std::move(service().plans.front());
        service().plans.pop_front();
        run(happens);
    }
    service().waits.push_back(timeout);
    return SCARD_E_TIMEOUT;
}

LONG SCardConnect(SCARDCONTEXT context, LPCSTR name, DWORD share, DWORD protocols,
                  LPSCARDHANDLE handle, LPDWORD protocol) {
    if (auto const code = enter("SCardConnect")) return *code;
    if (context != the_context) return SCARD_E_INVALID_HANDLE;
    auto* reader = find(name);
    if (reader == nullptr) return SCARD_E_UNKNOWN_READER;
    if (!reader->card) return SCARD_E_NO_SMARTCARD;
    if (reader->card->mute) return SCARD_W_UNPOWERED_CARD;
    if (share != SCARD_SHARE_SHARED || protocols != SCARD_PROTOCOL_ANY)
        return SCARD_E_INVALID_VALUE;
    service().connected = reader->name;
    service().connected_counter = reader->counter;
    service().card_was_reset = false;
    reader->in_use = true;
    *handle = the_card;
    *protocol = SCARD_PROTOCOL_T0;
    return SCARD_S_SUCCESS;
}

LONG SCardStatus(SCARDHANDLE handle, LPSTR, LPDWORD, LPDWORD, LPDWORD, LPBYTE atr, LPDWORD size) {
    if (auto const code = enter("SCardStatus")) return *code;
    Reader* reader = nullptr;
    if (auto const code = connected_card(handle, reader); code != SCARD_S_SUCCESS) return code;
    auto const& bytes = reader->card->atr;
    if (*size < bytes.size()) return SCARD_E_INSUFFICIENT_BUFFER;
    std::ranges::copy(bytes, atr);
    *size = bytes.size();
    return SCARD_S_SUCCESS;
}

LONG SCardBeginTransaction(SCARDHANDLE handle) {
    if (auto const code = enter("SCardBeginTransaction")) return *code;
    Reader* reader = nullptr;
    if (auto const code = connected_card(handle, reader); code != SCARD_S_SUCCESS) return code;
    if (service().transaction) return SCARD_E_SHARING_VIOLATION;
    service().transaction = true;
    return SCARD_S_SUCCESS;
}

LONG SCardEndTransaction(SCARDHANDLE handle, DWORD) {
    if (auto const code = enter("SCardEndTransaction")) return *code;
    if (handle != the_card) return SCARD_E_INVALID_HANDLE;
    if (!service().transaction) return SCARD_E_NOT_TRANSACTED;
    service().transaction = false;
    return SCARD_S_SUCCESS;
}

LONG SCardTransmit(SCARDHANDLE handle, const SCARD_IO_REQUEST* send_pci, LPCBYTE command,
                   DWORD command_size, SCARD_IO_REQUEST* receive_pci, LPBYTE answer,
                   LPDWORD answer_size) {
    auto& the_service = service();
    if (auto const code = enter("SCardTransmit")) return *code;
    if (the_service.gone_unnoticed) return SCARD_E_NOT_TRANSACTED;
    if (the_service.pull_at && --*the_service.pull_at == 0 && the_service.connected) {
        switch (the_service.pull) {
        case fake_pcsc::Pull::before: the_service.remove(*the_service.connected); break;
        case fake_pcsc::Pull::under:
            the_service.gone_unnoticed = true;
            *answer_size = 0;
            return SCARD_S_SUCCESS;
        }
    }
    Reader* reader = nullptr;
    if (auto const code = connected_card(handle, reader); code != SCARD_S_SUCCESS) return code;
    if (send_pci->dwProtocol != SCARD_PROTOCOL_T0 || receive_pci == nullptr)
        return SCARD_E_PROTO_MISMATCH;
    if (!the_service.transaction)
        the_service.complaints.emplace_back("an APDU outside a transaction");
    ++the_service.apdus;
    auto const bytes = run([&] { return reader->card->answer({command, command_size}); });
    if (*answer_size < bytes.size()) return SCARD_E_INSUFFICIENT_BUFFER;
    std::ranges::copy(bytes, answer);
    *answer_size = bytes.size();
    return SCARD_S_SUCCESS;
}

LONG SCardReconnect(SCARDHANDLE handle, DWORD, DWORD, DWORD initialization, LPDWORD protocol) {
    if (auto const code = enter("SCardReconnect")) return *code;
    if (handle != the_card || !service().connected) return SCARD_E_INVALID_HANDLE;
    if (service().gone_unnoticed && initialization == SCARD_RESET_CARD) {
        service().gone_unnoticed = false;
        service().remove(*service().connected);
    }
    auto const* reader = find(*service().connected);
    if (reader == nullptr) return SCARD_E_READER_UNAVAILABLE;
    if (!reader->card) return SCARD_E_NO_SMARTCARD;
    service().card_was_reset = false;
    *protocol = SCARD_PROTOCOL_T0;
    return SCARD_S_SUCCESS;
}

LONG SCardDisconnect(SCARDHANDLE handle, DWORD disposition) {
    if (auto const code = enter("SCardDisconnect")) return *code;
    if (handle != the_card || !service().connected) return SCARD_E_INVALID_HANDLE;
    if (auto* reader = find(*service().connected)) reader->in_use = false;
    service().dispositions.push_back(disposition);
    service().connected.reset();
    return SCARD_S_SUCCESS;
}

LONG SCardCancel(SCARDCONTEXT) {
    enter("SCardCancel");
    service().complaints.emplace_back("SCardCancel: it hangs when pcscd hangs");
    return SCARD_S_SUCCESS;
}

}  // extern "C"
