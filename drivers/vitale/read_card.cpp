#include "drivers/vitale/read_card.hpp"

#include "drivers/iso7816/continuation.hpp"
#include "drivers/vitale/records.hpp"

#include <algorithm>
#include <utility>

#include <fnmatch.h>

namespace vitale {
namespace {

using base::Errc;
using iso7816::CommandApdu;
using iso7816::ResponseApdu;
using iso7816::SelectAnswer;
using iso7816::StatusWord;

bool contains(std::vector<StatusWord> const& list, StatusWord sw) {
    return std::ranges::find(list, sw) != list.end();
}

bool matches(std::vector<std::string> const& patterns, base::ByteView atr) {
    auto const text = base::to_hex(atr);
    return std::ranges::any_of(patterns, [&](std::string const& pattern) {
        return ::fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
    });
}

class Reading {
  public:
    Reading(iso7816::Transmit const& transmit, Configuration const& configuration,
            base::ByteView atr)
        : transmit_(transmit), whole_(iso7816::with_continuation(transmit)), c_(configuration),
          atr_(atr) {}

    base::Result<VitaleCard> read() const {
        if (auto selected = select_application(); !selected)
            return base::failure(std::move(selected.error()));
        // The numbers first: the application was just selected to see whether this is a carte
        // Vitale.
        Numbers numbers;
        auto const number_file = read_numbers(numbers);
        if (!number_file) return base::failure(number_file.error());
        auto beneficiaries = read_identities();
        if (!beneficiaries) return base::failure(std::move(beneficiaries.error()));
        return join({std::move(*beneficiaries), *number_file}, numbers);
    }

  private:
    // Tries the forms of one SELECT, from `make`, while the card takes it for ill-formed.
    template <class Make>
    base::Result<StatusWord> select(std::vector<SelectAnswer> const& forms, Make make) const {
        StatusWord sw;
        for (auto form : forms) {
            auto const response = select_once(make(form));
            if (!response) return base::failure(response.error());
            sw = response->sw;
            if (sw.more_data()) sw = iso7816::success;
            if (sw != iso7816::wrong_length && sw.sw1() != 0x6A) break;
        }
        return sw;
    }

    base::Result<ResponseApdu> select_once(CommandApdu const& command) const {
        switch (c_.select_announcement) {
        case SelectAnnouncement::fetched: return whole_(command);
        case SelectAnnouncement::left: return transmit_(command);
        }
        return whole_(command);
    }

    base::Result<StatusWord> select_by_aid(base::Bytes const& aid) const {
        return select(c_.select_by_aid,
                      [&](SelectAnswer answer) { return iso7816::select_by_aid(aid, answer); });
    }

    base::Result<StatusWord> select_root(RootSelection way) const {
        switch (way) {
        case RootSelection::by_application: return select_by_aid(c_.root_aid);
        case RootSelection::by_file_identifier: break;
        }
        return select(c_.select_by_file, [&](SelectAnswer answer) {
            return iso7816::select_file(c_.root_file, answer);
        });
    }

    base::Result<void> select_application() const {
        auto const sw = select_by_aid(c_.application_aid);
        if (!sw) return base::failure(sw.error());
        if (*sw == iso7816::success) return {};
        auto const detail = "application VITALE: " + iso7816::to_string(*sw);
        if (matches(c_.vitale_1_atrs, atr_)) return base::failure(Errc::card_vitale_1, detail);
        if (matches(c_.professional_atrs, atr_))
            return base::failure(Errc::card_professional, detail);
        // Not "this is no carte Vitale" to somebody who holds one.
        if (matches(c_.vitale_2_atrs, atr_))
            return base::failure(
                contains(c_.denied, *sw) ? Errc::access_denied : Errc::file_missing, detail);
        return base::failure(Errc::card_unknown, detail);
    }

    base::Result<ResponseApdu> read_file(std::uint8_t sfi) const {
        return iso7816::read_file(whole_, sfi, c_.limits,
                                  [this](base::ByteView content) { return is_whole(content, c_); });
    }

    base::Result<NumberFile> read_numbers(Numbers& numbers) const {
        auto file = read_file(c_.number_sfi);
        if (!file) return base::failure(std::move(file.error()));
        if (contains(c_.missing, file->sw)) return NumberFile::missing;
        if (contains(c_.denied, file->sw)) return NumberFile::refused;
        if (file->sw != iso7816::success)
            return base::failure(Errc::malformed, "number file: " + iso7816::to_string(file->sw));
        auto parsed = parse_numbers(file->data, c_);
        base::wipe(file->data);
        if (!parsed) return base::failure(Errc::malformed, "number file: " + parsed.error().detail);
        numbers = std::move(*parsed);
        return NumberFile::read;
    }

    base::Result<std::vector<Beneficiary>> read_identities() const {
        StatusWord refusal;
        for (auto way : c_.root_selection) {
            auto const selected = select_root(way);
            if (!selected) return base::failure(selected.error());
            auto sw = *selected;
            if (sw == iso7816::success) {
                auto file = read_file(c_.identity_sfi);
                if (!file) return base::failure(std::move(file.error()));
                if (file->sw == iso7816::success) return identities_of(file->data);
                sw = file->sw;
            }
            // A refusal says more than the next way's "no such file".
            if (!contains(c_.denied, refusal)) refusal = sw;
        }
        auto const code = contains(c_.denied, refusal)    ? Errc::access_denied
                          : contains(c_.missing, refusal) ? Errc::file_missing
                                                          : Errc::malformed;
        return base::failure(code, "identity file: " + iso7816::to_string(refusal));
    }

    base::Result<std::vector<Beneficiary>> identities_of(base::Bytes& file) const {
        auto beneficiaries = parse_identities(file, c_);
        base::wipe(file);
        if (!beneficiaries)
            return base::failure(Errc::malformed, "identity file: " + beneficiaries.error().detail);
        return beneficiaries;
    }

    // By position, the only thing the two files share, and only while nothing can have shifted.
    static VitaleCard join(VitaleCard card, Numbers& numbers) {
        if (card.number_file == NumberFile::read) {
            if (numbers.size() != card.beneficiaries.size())
                card.number_file = NumberFile::differs_in_length;
            else
                for (std::size_t i = 0; i < numbers.size(); ++i)
                    card.beneficiaries[i].nir = numbers[i];
        }
        for (auto& number : numbers)
            if (number) base::wipe(*number);
        return card;
    }

    iso7816::Transmit const& transmit_;
    iso7816::Transmit whole_;
    Configuration const& c_;
    base::ByteView atr_;
};

}  // namespace

base::Result<VitaleCard> read_card(iso7816::Transmit const& transmit,
                                   Configuration const& configuration, base::ByteView atr) {
    if (auto valid = check(configuration); !valid) return base::failure(std::move(valid.error()));
    return Reading{transmit, configuration, atr}.read();
}

void wipe(VitaleCard& card) {
    for (auto& beneficiary : card.beneficiaries) {
        for (auto* text : {&beneficiary.family_name, &beneficiary.first_name}) {
            base::wipe(text->raw);
            base::wipe(text->utf8);
        }
        base::wipe(beneficiary.birth_date);
        if (beneficiary.nir) base::wipe(*beneficiary.nir);
    }
    card = {};
}

}  // namespace vitale
