// The thread that speaks with dmp-spooler over its Unix socket: it listens for the level (does the
// store accept, is the day open), hands over sealed requests and asks after them by their id.
#pragma once

#include "kiosk/dmp/sealing.hpp"
#include "kiosk/workers/facts.hpp"
#include "kiosk/workers/mailbox.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <variant>

namespace workers {

class SpoolClient {
  public:
    // Posts to `facts`, which must outlive this object. The thread connects by itself, again and
    // again while the spooler is away.
    SpoolClient(std::filesystem::path socket, Mailbox<Fact>& facts);
    ~SpoolClient();  // ends the thread, which is never blocked for longer than a message takes

    // Answered by RequestSaved, by RequestRefused (also when no spooler was there to take it;
    // Errc::conflict: other bytes are recorded under this id), or by RequestUnanswered when it was
    // sent and nobody knows.
    void enqueue(dmp::SealedRequest request);

    // Answered likewise: an unknown id is a refusal, for the spooler answers only after its commit.
    void ask(crypto::Uuid const& id);

    // Erases the request of this reference if it has not left; answered by one WithdrawalAnswered
    // with the same order.
    void withdraw(std::uint64_t order, std::string reference);

    // For the day's ledger; nobody waits for an answer.
    void session_started();
    void session_ended(std::string_view outcome);

  private:
    struct Enqueue {
        dmp::SealedRequest request;
    };
    struct Ask {
        crypto::Uuid id;
    };
    struct Withdraw {
        std::uint64_t order;
        std::string reference;
    };
    struct Started {};
    struct Ended {
        std::string outcome;
    };
    struct Stop {};
    using Order = std::variant<Enqueue, Ask, Withdraw, Started, Ended, Stop>;
    class Conversation;

    // The session the day's ledger counts; it outlives the connection over which it began.
    struct LedgerSession {
        bool starting = false;  // announced, its number not yet known
        std::optional<std::int64_t> number = std::nullopt;
        std::optional<std::string> ended_as = std::nullopt;  // not yet told
    };

    void run(std::filesystem::path const& socket, Mailbox<Fact>& facts);

    Mailbox<Order> orders_;
    std::thread thread_;
};

}  // namespace workers
