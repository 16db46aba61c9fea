// A bundle on a stick: bundle-<kiosk>-<number>/ with <id>.cms for each sealed request and, written
// last, manifest.jws. Until it is whole it is called unfinished-<kiosk>: a stick pulled at any
// moment holds a whole bundle or one that is refused with a sentence.
#pragma once

#include "kiosk/carry/folder.hpp"
#include "kiosk/carry/manifest.hpp"

namespace carry {

class BundleWriter {
  public:
    // What an earlier one of this kiosk left unfinished is removed. The stick must outlive it.
    static base::Result<BundleWriter> begin(Folder const& stick, std::string const& kiosk);

    BundleWriter(BundleWriter&& other) noexcept;
    BundleWriter& operator=(BundleWriter&&) = delete;
    ~BundleWriter();  // unless it was finished, removes what was written

    base::Result<void> add(crypto::Uuid const& id, base::ByteView sealed);

    // Whole and on the stick when it returns; the name of the folder.
    base::Result<std::string> finish(std::int64_t number, std::string_view signed_manifest);

  private:
    BundleWriter(Folder const& stick, Folder folder, std::string kiosk)
        : stick_(&stick), folder_(std::move(folder)), kiosk_(std::move(kiosk)) {}

    Folder const* stick_;  // nothing once finished or moved from
    Folder folder_;
    std::string kiosk_;
};

class Bundle {
  public:
    // Reads the signed manifest, which is judged elsewhere, and nothing else. Errc::file_missing,
    // with a sentence, for one that never was finished.
    static base::Result<Bundle> open(Folder const& place, std::string const& name);

    std::string const& signed_manifest() const { return signed_manifest_; }

    // The body, if it is the one of the manifest; a sentence that names the file otherwise.
    base::Result<base::Bytes> request(ListedRequest const& listed) const;

  private:
    Bundle(Folder folder, std::string signed_manifest)
        : folder_(std::move(folder)), signed_manifest_(std::move(signed_manifest)) {}

    Folder folder_;
    std::string signed_manifest_;
};

// What a stick, or any folder, holds for us by the names in it; or the one bundle it is itself.
struct Delivery {
    Folder place;  // where the names are, and where receipts go
    std::vector<std::string> bundles, receipts, unfinished;
};
base::Result<Delivery> look_through(std::filesystem::path const& path);

}  // namespace carry
