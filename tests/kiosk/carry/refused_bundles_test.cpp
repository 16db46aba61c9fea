// Bundles that are not what a kiosk wrote: refused as a whole, or but for the file that is wrong.
#include "kiosk/carry/bundle.hpp"
#include "tests/kiosk/carry/carriers.hpp"
#include "tests/kiosk/carry/kiosk_program.hpp"

#include <fstream>

using namespace carry_tests;

namespace {

struct Exported {
    Site site;
    TemporaryFolder stick;
    KioskProgram kiosk{site, "kiosk-1"};
    std::vector<spooler::SealedRequest> requests{kiosk.enqueue(), kiosk.enqueue(), kiosk.enqueue()};
    fs::path bundle = stick / "bundle-kiosk-1-1";
    fs::path manifest = bundle / "manifest.jws";

    Exported() { REQUIRE(kiosk.export_to(stick.path()).exit_code == 0); }

    fs::path file(int number) const {
        return bundle / (requests[static_cast<std::size_t>(number)].id.text() + ".cms");
    }
    // Says so with this sentence, takes nothing and gives no receipt.
    void refused_as_a_whole(std::string const& sentence) const {
        auto const ran = import_at_intake(site, bundle);
        INFO(ran.output);
        CHECK(ran.exit_code == 1);
        CHECK(contains(ran.output, sentence));
        CHECK(site.run({"list", "--config", site.config()}).output.find("kiosk-1") ==
              std::string::npos);
        CHECK_FALSE(fs::exists(stick / "receipts-kiosk-1-1"));
    }
};

// Signs a bundle as the kiosk of another authority would.
std::string signed_by_strangers(std::vector<spooler::SealedRequest> const& requests) {
    Carriers const strangers;
    std::vector<carry::ListedRequest> listed;
    for (auto const& request : requests)
        listed.push_back({request.id, request.kind, request.sha256,
                          static_cast<std::int64_t>(request.sealed.size())});
    return carry::sign_manifest(manifest(listed), strangers.signer()).value();
}

}  // namespace

TEST_CASE("a damaged file of a bundle is named and the others are taken", "[carry]") {
    Exported const exported;
    SECTION("changed") { std::fstream{exported.file(1)} << "changed"; }
    SECTION("cut") { fs::resize_file(exported.file(1), 100); }
    SECTION("missing") { fs::remove(exported.file(1)); }
    SECTION("a link to the right one") {
        fs::rename(exported.file(1), exported.stick / "elsewhere");
        fs::create_symlink(exported.stick / "elsewhere", exported.file(1));
    }
    RunningIntake const intake{exported.site};
    auto const ran = import_at_intake(exported.site, exported.stick.path());
    INFO(ran.output);
    CHECK(ran.exit_code == 1);
    CHECK(contains(ran.output, exported.requests[1].id.text() + ".cms"));
    CHECK_FALSE(contains(ran.output, exported.requests[0].id.text()));
    CHECK(contains(ran.output, "2 of 3 requests of kiosk-1 taken"));
    CHECK(received(exported.site).size() == 2);
    CHECK(exported.kiosk.import(exported.stick.path()).exit_code == 0);
    CHECK(exported.kiosk.state(exported.requests[0]) == "receipted");
    CHECK(exported.kiosk.state(exported.requests[1]) == "exported");
}

TEST_CASE("a manifest that is cut, changed, or of somebody else stops the whole bundle",
          "[carry]") {
    Exported const exported;
    auto const text = spooler_test::content_of(exported.manifest);
    fs::remove(exported.manifest);
    exported.refused_as_a_whole("not a whole bundle: the stick was pulled out too early");
    for (std::size_t size :
         {std::size_t{0}, std::size_t{1}, text.size() / 3, text.size() / 2, text.size() - 1}) {
        spooler_test::write(exported.manifest, text.substr(0, size));
        exported.refused_as_a_whole("the manifest is not believed");
    }
    auto changed = text;
    changed[text.size() / 2] = changed[text.size() / 2] == 'A' ? 'B' : 'A';
    spooler_test::write(exported.manifest, changed);
    exported.refused_as_a_whole("the manifest is not believed");
    spooler_test::write(exported.manifest, signed_by_strangers(exported.requests));
    exported.refused_as_a_whole("the manifest is not believed (certificate:");
    spooler_test::write(exported.manifest, std::string(carry::largest_manifest + 1, 'a'));
    exported.refused_as_a_whole("larger than any that a kiosk writes");
    fs::remove(exported.manifest);
    fs::create_symlink("/etc/hostname", exported.manifest);
    exported.refused_as_a_whole("not a plain file");
    fs::remove(exported.manifest);
    fs::rename(exported.bundle, exported.stick / "unfinished-kiosk-1");
    auto const unfinished = import_at_intake(exported.site, exported.stick.path());
    CHECK(unfinished.exit_code == 1);
    CHECK(contains(unfinished.output, "unfinished-kiosk-1: not a whole bundle"));
    fs::rename(exported.stick / "unfinished-kiosk-1", exported.bundle);
    // The same bundle with what was signed is taken.
    spooler_test::write(exported.manifest, text);
    CHECK(import_at_intake(exported.site, exported.bundle).exit_code == 0);
    CHECK(received(exported.site).size() == 3);
}

TEST_CASE("the bundle of a revoked certificate is refused", "[carry]") {
    Site const site;
    auto const lost = pki::certify(
        pki::ec(), {.name = "kiosk-1", .extended_key_usage = "clientAuth"}, &site.kiosk_ca());
    auto const sealed = body();
    auto const request = listed(sealed);
    TemporaryFolder const stick;
    auto const folder = carry::Folder::open(stick.path()).value();
    carry::Signer const signer{
        crypto::PrivateKey::read(site.write("lost.key", lost.key_pem())).value(),
        crypto::Certificate::read_all(site.write("lost.pem", lost.certificate_pem())).value()};
    auto writer = carry::BundleWriter::begin(folder, "kiosk-1").value();
    REQUIRE(writer.add(request.id, sealed));
    REQUIRE(writer.finish(7, carry::sign_manifest(manifest({request}), signer).value()));
    site.change("[receipts]", "revoked = \"list.pem\"\n[receipts]");
    site.write("list.pem", pki::revocation_list(site.kiosk_ca(), {lost}));
    auto const refused = import_at_intake(site, stick.path());
    CHECK(refused.exit_code == 1);
    CHECK(contains(refused.output, "certificate revoked): nothing of it was taken"));
    site.write("list.pem", pki::revocation_list(site.kiosk_ca(), {}));
    CHECK(import_at_intake(site, stick.path()).exit_code == 0);
}

TEST_CASE("a kiosk that carries for others judges a bundle as the receiver does", "[carry]") {
    Exported const exported;
    KioskProgram const other{exported.site, "kiosk-2", nowhere,
                             "[carry]\nkiosk_ca = \"" +
                                 (exported.site.folder() / "kiosk-ca.pem").native() + "\"\n"};
    auto const text = spooler_test::content_of(exported.manifest);
    spooler_test::write(exported.manifest, signed_by_strangers(exported.requests));
    auto const strange = other.import(exported.stick.path());
    CHECK(strange.exit_code == 1);
    CHECK(contains(strange.output, "the manifest is not believed (certificate:"));
    CHECK(other.status()["carried"]["waiting"] == 0);
    spooler_test::write(exported.manifest, text);
    fs::resize_file(exported.file(0), 100);
    auto const damaged = other.import(exported.stick.path());
    CHECK(damaged.exit_code == 1);
    CHECK(contains(damaged.output, "bundle-kiosk-1-1: 2 of 3 requests taken"));
    CHECK(contains(damaged.output, exported.requests[0].id.text() + ".cms: damaged"));
    CHECK(other.status()["carried"]["waiting"] == 2);
    CHECK(other.status()["balance"]["recorded"] == 0);
}

TEST_CASE("receipts that are none settle nothing", "[carry]") {
    Exported const exported;
    REQUIRE(import_at_intake(exported.site, exported.stick.path()).exit_code == 0);
    auto const file = exported.stick / "receipts-kiosk-1-1";
    auto const good = spooler_test::content_of(file);
    auto changed = good;
    changed[good.find('.') + 20] ^= 1;
    spooler_test::write(file, changed);
    auto const partly = exported.kiosk.import(exported.stick.path());
    CHECK(partly.exit_code == 1);
    CHECK(contains(partly.output, "receipts-kiosk-1-1: 2 requests settled"));
    CHECK(contains(partly.output, "1 lines are no receipts of the receiver"));
    CHECK(exported.kiosk.status()["waiting"] == 1);
    // A stick pulled while they were written: the last line is torn.
    spooler_test::write(file, good.substr(0, good.size() - 20));
    CHECK(exported.kiosk.import(exported.stick.path()).exit_code == 1);
    spooler_test::write(file, good);
    CHECK(exported.kiosk.import(exported.stick.path()).exit_code == 0);
    CHECK(exported.kiosk.status()["waiting"] == 0);
}
