// What the workers tell the app: facts, without judgement.
#pragma once

#include "drivers/base/error.hpp"
#include "drivers/vitale/card.hpp"
#include "kiosk/crypto/uuid.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
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

// Whether headphones are in their jack.
struct HeadphonesLevel {
    bool plugged_in = false;
};

// Asks the UI thread for a sign of life: SupervisorWorker::pong().
struct Ping {};

// Asks it for a fresh frame (kiosk/self_proof.hpp).
struct FrameAsked {};

// The supervision board answers; its levels follow.
struct SupervisorReady {
    std::string description;  // its version, and why it and the PC started; for staff
};

// Something about the board or the cabinet that staff should know: one sentence.
struct SupervisorWarning {
    std::string text;
};

// What it last said of its levels is unknown from now on.
struct SupervisorLost {
    base::Error error;
};

// Whether somebody stands before the screen; the board has filtered it for about 2 s. Unknown while
// its sensor is unplugged.
struct PresenceLevel {
    std::optional<bool> someone = std::nullopt;
};

// Of the cabinet.
struct DoorLevel {
    bool open = false;
};

struct TiltLevel {
    bool tilted = false;
};

// The staff's key.
struct KeySwitchLevel {
    bool turned = false;
};

// The answer to Hands::cycle_reader_power: the reader's power was off and is back, or the board
// refused or is away.
struct ReaderPowerCycled {
    bool done = false;
};

// Whether this site's network carries anything; nothing in dmp-kiosk measures it itself.
struct NetworkLevel {
    bool up = false;
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

// What became of the request whose reference was given.
struct WithdrawalAnswered {
    enum class Result : std::uint8_t {
        cancelled,  // it never left; its body is erased
        left,       // it left, or may have: `id` is to be withdrawn by a message of its own
        unknown,    // the spooler knows no such reference
        closed,     // not looked at: too many were wrong
        failed,     // nobody knows
    };

    std::uint64_t order;  // as given with the question
    Result result = Result::failed;
    std::optional<crypto::Uuid> id = std::nullopt;
};

// How it stands with an author's PIN: the answer to a PIN given, or to the question before it.
struct PinJudged {
    enum class Verdict : std::uint8_t {
        ready,    // no PIN was given, and one may be given now
        right,    // the author confirmed
        wrong,    // counted; `wait` says whether the next one must wait
        waiting,  // not looked at: too early
        locked,   // not looked at, or wrong for the last time: only a new hash unlocks
        no_pin,   // not an author of this kiosk, or one without a PIN
        failed,   // not looked at: `error` says why, for the log
    };

    std::string author_id;
    Verdict verdict = Verdict::failed;
    std::chrono::seconds wait{};  // until a PIN is looked at again; zero: at once, or never
    int attempts_left = 0;        // wrong PINs until the lock
    int wrong_before = 0;         // in a row, before this answer: after `right`, worth a look
    std::optional<base::Error> error = std::nullopt;
};

// The counts of wrong PINs could not be read: every author must wait as after the first five.
struct PinCountsDamaged {
    base::Error error;
};

using Fact = std::variant<ReaderReady, ReaderLost, CardInserted, CardRemoved, CardRead, CardFailed,
                          OtherReaderUsed, HeadphonesLevel, Ping, FrameAsked, SupervisorReady, SupervisorLost,
                          SupervisorWarning, PresenceLevel, DoorLevel, TiltLevel, KeySwitchLevel,
                          ReaderPowerCycled, NetworkLevel, StoreLevel, StoreLost, RequestSaved,
                          RequestRefused, RequestUnanswered, WithdrawalAnswered, PinJudged,
                          PinCountsDamaged>;

}  // namespace workers
