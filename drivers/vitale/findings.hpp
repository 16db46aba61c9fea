// What the files of one card gave so far, wherever they were found. Two files of a kind that
// disagree are Errc::malformed: nobody could say which is right.
#pragma once

#include "drivers/vitale/card.hpp"
#include "drivers/vitale/configuration.hpp"
#include "drivers/vitale/records.hpp"

#include <optional>

namespace vitale {

class Findings {
  public:
    explicit Findings(Configuration const& configuration) : c_(configuration) {}
    ~Findings();
    Findings(Findings const&) = delete;
    Findings& operator=(Findings const&) = delete;

    // The files are overwritten.
    base::Result<void> add_identities(base::Bytes& file);
    base::Result<void> add_numbers(base::Bytes& file);
    // A file of the list, whatever it is about.
    base::Result<void> add_listed(base::Bytes& file);

    // Why a file could not be read at its place; a refusal that is "not allowed" says more than the
    // next way's "no such file".
    void note_identities(iso7816::StatusWord refusal);
    void note_numbers(NumberFile reason) { without_numbers_ = reason; }

    bool has_identities() const { return identities_.has_value(); }
    bool has_numbers() const { return numbers_.has_value(); }

    // Once, at the end. Errc::access_denied, file_missing or malformed without identities.
    base::Result<VitaleCard> card();

  private:
    Configuration const& c_;
    std::optional<std::vector<Beneficiary>> identities_;
    std::optional<Numbers> numbers_;
    iso7816::StatusWord refusal_{};
    NumberFile without_numbers_ = NumberFile::missing;
};

}  // namespace vitale
