// Where `dmp-intake open` takes sealed requests from.
#pragma once

#include "kiosk/intake/commands.hpp"
#include "kiosk/intake/store.hpp"

#include <memory>

namespace intake {

struct Found {
    base::Bytes sealed;
    std::string history;  // how it came to us, as far as we know: ", received ... from ..."
};

// An intake of this machine, one file of `fetch`, or a folder of them.
class Source {
  public:
    // Errors are sentences for the operator.
    static base::Result<Source> open(Opening const& opening);

    std::vector<crypto::Uuid> const& ids() const { return ids_; }
    base::Result<Found> find(crypto::Uuid const& id) const;

  private:
    static base::Result<Source> of_files(std::filesystem::path const& path,
                                         std::optional<std::string> const& id);
    Source(std::unique_ptr<StoreReader> intake, std::filesystem::path path,
           std::vector<crypto::Uuid> ids)
        : intake_(std::move(intake)), path_(std::move(path)), ids_(std::move(ids)) {}

    std::unique_ptr<StoreReader> intake_;  // none: files
    std::filesystem::path path_;           // of the file, or of the folder
    std::vector<crypto::Uuid> ids_;
};

}  // namespace intake
