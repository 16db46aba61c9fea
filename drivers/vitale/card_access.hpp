// Selecting and reading on one card, in the ways that the configuration allows.
#pragma once

#include "drivers/iso7816/apdu.hpp"
#include "drivers/vitale/configuration.hpp"

namespace vitale {

class CardAccess {
  public:
    // Both outlive it.
    CardAccess(iso7816::Transmit const& transmit, Configuration const& configuration);

    // Each: 9000, or the status word of the last way tried.
    base::Result<iso7816::StatusWord> select_application(base::Bytes const& aid) const;
    base::Result<iso7816::StatusWord> select_root(RootSelection way) const;
    base::Result<iso7816::StatusWord> select_listed_file(std::uint16_t identifier) const;

    // Up to the padding that ends a list; content only with 9000.
    base::Result<iso7816::ResponseApdu> read(std::uint8_t sfi) const;
    base::Result<iso7816::ResponseApdu> read_selected() const;

    // The same; of a file that does not begin with a person, the first block at most.
    base::Result<iso7816::ResponseApdu> read_selected_persons() const;

  private:
    template <class Make>
    base::Result<iso7816::StatusWord> select(std::vector<iso7816::SelectAnswer> const& forms,
                                             Make make) const;
    base::Result<iso7816::ResponseApdu> select_once(iso7816::CommandApdu const& command) const;

    iso7816::Transmit const& transmit_;
    iso7816::Transmit whole_;
    Configuration const& c_;
};

}  // namespace vitale
