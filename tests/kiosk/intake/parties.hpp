// Everyone between a consent and its opening, with real keys and the real sealing.
#pragma once

#include "kiosk/dmp/sealing.hpp"
#include "tests/kiosk/dmp/example.hpp"
#include "tests/kiosk/intake/running_intake.hpp"

namespace intake_tests {

// Long to make, so made once.
inline pki::Party const& opening_party() {
    static auto const party = pki::certify(pki::rsa(), {.name = "receiver"});
    return party;
}

// The kiosk's signing keys and the receiver's opening key, beside a receiving end.
struct Parties {
    Site site;
    pki::Party signers = authority("Signing CA");
    pki::Party kiosk =
        pki::certify(pki::ec(), {.name = "kiosk-1", .key_usage = "digitalSignature"}, &signers);
    pki::Party receiver = opening_party();
    std::filesystem::path key = site.write("opening.key", receiver.key_pem());
    std::filesystem::path ca = site.write("signing-ca.pem", signers.certificate_pem());

    // Under an id of its own, made now.
    dmp::SealedRequest sealed(pki::Party const& by,
                              dmp::CreationRequest request = example::request()) const {
        request.id = crypto::Uuid::random();
        request.created_at = std::chrono::system_clock::now();
        return dmp::Sealer::open(site.write("signing.key", by.key_pem()),
                                 site.write("signing.pem", by.certificate_pem()),
                                 site.write("receiver.pem", receiver.certificate_pem()))
            .value()
            .seal(request)
            .value();
    }
    Site::Ran open(std::vector<std::string> more) const {
        more.insert(more.begin(), {"open", "--key", key, "--kiosk-ca", ca});
        return site.run(std::move(more));
    }
};

}  // namespace intake_tests
