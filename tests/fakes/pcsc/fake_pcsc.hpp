// The SCard functions themselves, for tests: this library stands where libpcsclite would. It has
// readers, cards, event counters and states as pcsc-lite has them, runs no thread and never sleeps:
// where the real function would block, the next thing the test has planned happens, and with
// nothing planned the wait is over at once. It locks nothing: while a thread of its own calls it, a
// test touches it only when it knows where that thread stands.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fake_pcsc {

struct Card {
    base::Bytes atr;
    std::function<base::Bytes(base::ByteView command)> answer;
    bool mute = false;
};

// Answers the commands in this order. Another command, or one after the last, is answered 6F00 and
// noted in Service::complaints: the script neither skips nor starts again.
using ApduScript = std::vector<std::pair<base::Bytes, base::Bytes>>;
Card scripted(base::Bytes atr, ApduScript script);

struct Reader {
    std::string name;
    std::optional<Card> card;
    std::uint16_t counter = 0;
    bool failing = false;
    bool in_use = false;
};

// A card pulled before a command is noticed; pulled under it, the driver reports success and no
// bytes.
enum class Pull : std::uint8_t { before, under };

class Service {
  public:
    // The world
    void plug(std::string const& name);
    void unplug(std::string const& name);
    void insert(std::string const& name, Card card);
    void remove(std::string const& name);
    Reader& reader(std::string const& name);
    void reset_card() { card_was_reset = true; }  // by another program

    // Plans
    void fail(std::string const& function, std::uint32_t code, int times = 1);
    void while_waiting(std::function<void()> happens) { plans.push_back(std::move(happens)); }
    // As a call of this function begins; 1 is the next one.
    void before(std::string const& function, std::function<void()> happens, int call = 1);
    void pull_at_apdu(int number, Pull how = Pull::before) {  // 1 is the next one
        pull_at = number;
        pull = how;
    }

    // What was seen
    int count(std::string const& function) const;
    bool nothing_open() const { return contexts == 0 && !connected && !transaction; }

    std::vector<Reader> readers;
    std::map<std::string, std::deque<std::uint32_t>> failures;
    std::map<std::string, std::deque<std::function<void()>>> happenings;
    std::deque<std::function<void()>> plans;
    // Asked where a wait has nothing planned: whether to look again, or the wait is over.
    std::function<bool()> otherwise;
    std::optional<int> pull_at;
    Pull pull = Pull::before;
    bool gone_unnoticed = false;

    std::vector<std::string> calls;
    std::vector<std::string> complaints;
    std::vector<unsigned long> waits;  // time-outs of the waits that would have blocked to the end
    std::vector<unsigned long> dispositions;  // of SCardDisconnect
    int apdus = 0;

    int contexts = 0;
    std::optional<std::string> connected;  // the reader's name
    std::uint16_t connected_counter = 0;
    bool transaction = false;
    bool card_was_reset = false;
};

// The one service behind the functions. A test begins with a Fresh one.
Service& service();

struct Fresh {
    Fresh() { service() = {}; }
    ~Fresh() { service() = {}; }
    Service* operator->() const { return &service(); }
};

}  // namespace fake_pcsc
