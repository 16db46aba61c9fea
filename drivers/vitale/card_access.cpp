#include "drivers/vitale/card_access.hpp"

#include "drivers/iso7816/continuation.hpp"
#include "drivers/vitale/records.hpp"

namespace vitale {

using base::Result;
using iso7816::CommandApdu;
using iso7816::ResponseApdu;
using iso7816::SelectAnswer;
using iso7816::StatusWord;

CardAccess::CardAccess(iso7816::Transmit const& transmit, Configuration const& configuration)
    : transmit_(transmit), whole_(iso7816::with_continuation(transmit)), c_(configuration) {}

// Tries the forms of one SELECT, from `make`, while the card takes it for ill-formed.
template <class Make>
Result<StatusWord> CardAccess::select(std::vector<SelectAnswer> const& forms, Make make) const {
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

Result<ResponseApdu> CardAccess::select_once(CommandApdu const& command) const {
    switch (c_.select_announcement) {
    case SelectAnnouncement::fetched: return whole_(command);
    case SelectAnnouncement::left: return transmit_(command);
    }
    return whole_(command);
}

Result<StatusWord> CardAccess::select_application(base::Bytes const& aid) const {
    return select(c_.select_by_aid,
                  [&](SelectAnswer answer) { return iso7816::select_by_aid(aid, answer); });
}

Result<StatusWord> CardAccess::select_root(RootSelection way) const {
    switch (way) {
    case RootSelection::by_application: return select_application(c_.root_aid);
    case RootSelection::by_file_identifier: break;
    }
    return select(c_.select_by_file,
                  [&](SelectAnswer answer) { return iso7816::select_file(c_.root_file, answer); });
}

Result<StatusWord> CardAccess::select_listed_file(std::uint16_t identifier) const {
    return select(c_.select_listed_file, [&](SelectAnswer answer) {
        return iso7816::select_elementary_file(identifier, answer);
    });
}

Result<ResponseApdu> CardAccess::read(std::uint8_t sfi) const {
    return iso7816::read_file(whole_, sfi, c_.limits,
                              [this](base::ByteView content) { return is_whole(content, c_); });
}

Result<ResponseApdu> CardAccess::read_selected() const {
    return iso7816::read_selected_file(
        whole_, c_.limits, [this](base::ByteView content) { return is_whole(content, c_); });
}

Result<ResponseApdu> CardAccess::read_selected_persons() const {
    return iso7816::read_selected_file(whole_, c_.limits, [this](base::ByteView content) {
        return !begins_with_person(content, c_) || is_whole(content, c_);
    });
}

}  // namespace vitale
