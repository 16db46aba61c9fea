// The receiver's opening key is replaced: requests of before, during and after, from the kiosk's
// seal through the intake to `dmp-intake open`.
#include "kiosk/dmp/sealing.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/dmp/example.hpp"
#include "tests/kiosk/intake/running_intake.hpp"

using namespace intake_tests;

TEST_CASE("dmp-intake opens with either key what was sealed during a rotation", "[intake]") {
    Site site;
    auto const signers = authority("Signing CA");
    auto const kiosk =
        pki::certify(pki::ec(), {.name = "kiosk-1", .key_usage = "digitalSignature"}, &signers);
    auto const old_receiver = pki::certify(pki::rsa(), {.name = "receiver"});
    auto const new_receiver = pki::certify(pki::rsa(), {.name = "receiver"});
    auto const ca = site.write("signing-ca.pem", signers.certificate_pem());
    auto const sealed = [&](std::string const& receivers) {
        auto request = example::request();
        request.id = crypto::Uuid::random();
        return dmp::Sealer::open(site.write("signing.key", kiosk.key_pem()),
                                 site.write("signing.pem", kiosk.certificate_pem()),
                                 site.write("receiver.pem", receivers))
            .value()
            .seal(request)
            .value();
    };
    auto const before = sealed(old_receiver.certificate_pem());
    auto const during = sealed(old_receiver.certificate_pem() + new_receiver.certificate_pem());
    auto const after = sealed(new_receiver.certificate_pem());
    RunningIntake const intake{site};
    auto client = intake.kiosk_1();
    for (auto const* request : {&before, &during, &after})
        REQUIRE(client.put(request->id, request->sealed).status == 201);

    auto const opened = [&](pki::Party const& receiver, dmp::SealedRequest const& request) {
        auto const key = site.write("opening.key", receiver.key_pem());
        return site.run({"open", "--key", key, "--kiosk-ca", ca, "--config", site.config(), "--id",
                         request.id.text(), "--output", site.folder() / request.id.text()})
                   .exit_code == 0;
    };
    CHECK(opened(old_receiver, before));
    CHECK(opened(old_receiver, during));
    CHECK(opened(new_receiver, during));
    CHECK(opened(new_receiver, after));
    CHECK_FALSE(opened(new_receiver, before));
    CHECK_FALSE(opened(old_receiver, after));
}
