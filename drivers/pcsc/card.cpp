#include "drivers/pcsc/card.hpp"

#include "drivers/pcsc/return_code.hpp"

#include <algorithm>
#include <array>

#include <string.h>
#include <winscard.h>

namespace pcsc {
namespace {

using iso7816::CommandApdu;
using iso7816::ResponseApdu;

base::Result<ResponseApdu> exchange(long card, unsigned long protocol, base::ByteView command) {
    SCARD_IO_REQUEST const send_pci{protocol, sizeof(SCARD_IO_REQUEST)};
    // Some readers fail without a place for the protocol they received with.
    SCARD_IO_REQUEST receive_pci{protocol, sizeof(SCARD_IO_REQUEST)};
    std::array<std::uint8_t, 512> answer;
    DWORD size = answer.size();
    auto const code = SCardTransmit(card, &send_pci, command.data(), command.size(), &receive_pci,
                                    answer.data(), &size);
    if (auto sent = check("SCardTransmit", code); !sent)
        return base::failure(std::move(sent.error()));
    auto response =
        ResponseApdu::parse(base::ByteView{answer}.first(std::min(size, answer.size())));
    ::explicit_bzero(answer.data(), answer.size());
    // Drivers report success with nothing when the card was pulled under the command: no fault of
    // its data.
    if (!response)
        return base::failure(base::Errc::transmission_failed,
                             "SCardTransmit: " + response.error().detail);
    return response;
}

// pcscd looks for the card every 400 ms and believes in it until then; a reset finds out at once.
base::Result<void> reset(long card) {
    DWORD protocol = 0;
    return check("SCardReconnect",
                 SCardReconnect(card, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                                SCARD_RESET_CARD, &protocol));
}

base::Result<ResponseApdu> transmit_patiently(long card, unsigned long protocol,
                                              CommandApdu const& command) {
    auto const bytes = command.bytes();
    auto response = exchange(card, protocol, bytes);
    auto const failed = [&] {
        return !response && response.error().code == base::Errc::transmission_failed;
    };
    for (int i = 0; failed() && i < transmit_retries; ++i)
        response = exchange(card, protocol, bytes);
    if (!failed()) return response;
    if (auto there = reset(card); !there) return base::failure(std::move(there.error()));
    return response;
}

}  // namespace

Transaction::~Transaction() {
    if (card_ != 0) SCardEndTransaction(card_, SCARD_LEAVE_CARD);
}

base::Result<ResponseApdu> Transaction::transmit(CommandApdu const& command) const {
    return transmit_patiently(card_, protocol_, command);
}

iso7816::Transmit Transaction::as_transmit() const& {
    return [card = card_, protocol = protocol_](CommandApdu const& command) {
        return transmit_patiently(card, protocol, command);
    };
}

base::Result<Card> Card::connect(long context, std::string const& reader) {
    SCARDHANDLE handle = 0;
    DWORD protocol = 0;
    auto const code = SCardConnect(context, reader.c_str(), SCARD_SHARE_SHARED,
                                   SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &handle, &protocol);
    if (auto connected = check("SCardConnect", code); !connected)
        return base::failure(std::move(connected.error()));
    Card card{handle, protocol};

    std::array<std::uint8_t, MAX_ATR_SIZE> atr{};
    DWORD atr_size = atr.size();
    auto const status = check("SCardStatus", SCardStatus(handle, nullptr, nullptr, nullptr, nullptr,
                                                         atr.data(), &atr_size));
    if (!status) return base::failure(status.error());
    auto const seen = base::ByteView{atr}.first(std::min(atr_size, atr.size()));
    card.atr_.assign(seen.begin(), seen.end());
    return card;
}

Card::~Card() {
    if (handle_ != 0) SCardDisconnect(handle_, SCARD_RESET_CARD);
}

base::Result<Transaction> Card::transaction() const {
    auto const begun = check("SCardBeginTransaction", SCardBeginTransaction(handle_));
    if (!begun) return base::failure(begun.error());
    return Transaction{handle_, protocol_};
}

}  // namespace pcsc
