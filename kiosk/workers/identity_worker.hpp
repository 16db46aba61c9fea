// The thread that judges the PINs of authors: a judgement takes memory, a fifth of a second and a
// write to the disk.
#pragma once

#include "kiosk/config/authors.hpp"
#include "kiosk/crypto/secret.hpp"
#include "kiosk/workers/facts.hpp"
#include "kiosk/workers/mailbox.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace workers {

class IdentityWorker {
  public:
    // Waits run on this clock alone; it must never go back.
    using Now = std::function<Instant()>;

    // Posts to `facts`, which must outlive this object. `state` is the folder in which wrong PINs
    // are counted; counts that cannot be read are told by PinCountsDamaged.
    IdentityWorker(std::vector<config::Author> authors, std::filesystem::path state,
                   Mailbox<Fact>& facts, Now now = std::chrono::steady_clock::now);
    ~IdentityWorker();  // ends the thread, after the PIN it is looking at

    // Each is answered by one PinJudged, in order.
    void check(std::string author_id, crypto::SecretText pin);
    void ask(std::string author_id);  // may this author give a PIN now?

  private:
    struct Check {
        std::string author_id;
        crypto::SecretText pin;
    };
    struct Ask {
        std::string author_id;
    };
    struct Stop {};
    using Order = std::variant<Check, Ask, Stop>;

    void run(std::vector<config::Author> const& authors, std::filesystem::path const& state,
             Mailbox<Fact>& facts, Now const& now);

    Mailbox<Order> orders_;
    std::thread thread_;
};

}  // namespace workers
