#include "kiosk/carry/manifest.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/kiosk/spooler/pki.hpp"

namespace fuzz {
namespace {

crypto::ClientAuthority const& authority() {
    static auto const read = crypto::ClientAuthority::read(spooler_test::pki().authority);
    promise(read.has_value(), "the authority of the test is read");
    return *read;
}

carry::Signer const& signer() {
    static auto const key = crypto::PrivateKey::read(spooler_test::pki().client_key);
    static auto const chain = crypto::Certificate::read_all(spooler_test::pki().client_certificate);
    promise(key && chain, "the key and certificate of the test are read");
    static carry::Signer const made{*key, *chain};
    return made;
}

}  // namespace

// An even first byte: the rest is the signed text. An odd one: the rest is its payload, so that
// what stands in it is reached as well.
bool read_manifest(base::ByteView input) {
    if (input.empty()) return false;
    auto const text = base::to_text(input.subspan(1));
    if (input[0] % 2 == 0) {
        promise(!carry::open_manifest(text, authority()), "nobody else signs manifests");
        return false;
    }
    auto const manifest = carry::parse_manifest(text);
    if (!manifest) return false;
    promise(!manifest->requests.empty() && manifest->requests.size() <= carry::most_requests,
            "a bundle is bounded");
    for (auto const& request : manifest->requests)
        promise(request.size >= 1 &&
                    request.size <= static_cast<std::int64_t>(carry::largest_request),
                "a request is bounded");
    promise(manifest->kiosk.find('/') == std::string::npos, "a kiosk's name is one step of a path");
    auto const signed_text = carry::sign_manifest(*manifest, signer());
    bool const ours = manifest->kiosk == spooler_test::kiosk_name;
    promise(signed_text.has_value() == ours, "a kiosk signs for itself and nobody else");
    if (ours)
        promise(carry::open_manifest(*signed_text, authority()) == *manifest,
                "what is signed is what is read");
    return true;
}

}  // namespace fuzz
