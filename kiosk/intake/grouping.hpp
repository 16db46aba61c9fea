// Which opened requests ask for the same person on the same day, and which contact stands on too
// many: so that nobody is created twice. Holds and gives out no number, name or contact: only
// digests under a key made for this run, which cannot be compared with those of another.
#pragma once

#include "kiosk/crypto/keyed_digest.hpp"
#include "kiosk/dmp/sealing.hpp"

#include <map>
#include <string>
#include <vector>

namespace intake {

class Grouping {
  public:
    // More requests of one day than this with the same unverified contact are marked: a family has
    // one telephone, a helper who types the own one for everybody shows here.
    static constexpr std::size_t usual_requests_of_a_contact = 3;

    // Errc::malformed when the request lacks what a person is told apart by; it is in no group
    // then.
    base::Result<void> add(dmp::OpenedRequest const& request);
    // Ends a request that may come before it, after it, or never.
    base::Result<void> add(dmp::OpenedWithdrawal const& withdrawal);

    // {"v":1,"groups":[{"group","day","requests":[{"id","kiosk","created_at"}]}],
    //  "contacts":[{"contact","day","kind":"mobile"|"e-mail","requests":["<uuid>"]}],
    //  "withdrawals":[{"id","withdraws","kiosk","asked_at","request_here"}]}
    // Every request is in one group, also when alone in it; README.md tells what to do with them.
    std::string json() const;

    // Sentences for the operator, one a line: what json() holds that needs a decision.
    std::string summary() const;

  private:
    struct Request {
        crypto::Uuid id;
        std::string kiosk;
        dmp::Time created_at;
    };
    struct Group {
        std::string day;  // where the kiosk stood, "2026-11-21"
        std::vector<Request> requests;
    };
    struct Contact {
        std::string day;
        std::string_view kind;
        std::vector<crypto::Uuid> requests;
    };

    void note(std::string const& day, std::string_view kind, std::string_view contact,
              crypto::Uuid const& id);
    bool is_marked(Contact const& contact) const;

    bool holds(crypto::Uuid const& request) const;

    crypto::KeyedDigest keyed_;
    std::vector<Group> groups_;  // in the order in which they began; so are the contacts
    std::vector<Contact> contacts_;
    std::vector<dmp::OpenedWithdrawal> withdrawals_;
    std::map<crypto::Sha256, std::size_t> group_of_, contact_of_;
};

}  // namespace intake
