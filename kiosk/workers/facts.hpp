// What the workers tell the app: facts, without judgement.
#pragma once

#include "drivers/base/error.hpp"
#include "drivers/vitale/card.hpp"
#include "kiosk/crypto/uuid.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

namespace workers {

using Instant = std::chrono::steady_clock::time_point;

// A card that was put in, whichever it is; never used twice.
using CardNumber = std::uint64_t;

struct ReaderReady {};

struct ReaderLost {
    base::Error error;
};

struct CardInserted {
    CardNumber card;
};

struct CardRemoved {
    CardNumber card;
};

// Measured where it happens, for the benchmark and for staff; says nothing about the person.
struct ReadingCost {
    Instant event_at;  // SCardGetStatusChange returned
    int apdus = 0;
    std::chrono::microseconds card_time{};  // spent inside the reader and the card
};

struct CardRead {
    CardNumber card;
    vitale::VitaleCard content;
    ReadingCost cost;
};

struct CardFailed {
    CardNumber card;
    base::Error error;
};

// A card in a reader or slot that is not the patient's: staff are told, it is not read.
struct OtherReaderUsed {
    std::string reader;
};

struct StoreLevel {
    bool accepts = false;
    bool full = false;  // refused because there is no more room, not because something broke
    bool day_open = false;
    std::string author_id = {};
};

struct StoreLost {};

struct RequestSaved {
    crypto::Uuid id;
};

// The spooler answered that it holds nothing under this id and will not.
struct RequestRefused {
    crypto::Uuid id;
    base::Error error;
};

struct RequestUnanswered {
    crypto::Uuid id;
};

using Fact = std::variant<ReaderReady, ReaderLost, CardInserted, CardRemoved, CardRead, CardFailed,
                          OtherReaderUsed, StoreLevel, StoreLost, RequestSaved, RequestRefused,
                          RequestUnanswered>;

}  // namespace workers
