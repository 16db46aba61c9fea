#include "tests/fuzz/card_target.hpp"

#include "drivers/iso7816/tlv.hpp"
#include "drivers/vitale/birth_date.hpp"
#include "drivers/vitale/nir.hpp"
#include "drivers/vitale/pointer_file.hpp"
#include "drivers/vitale/read_card.hpp"
#include "drivers/vitale/records.hpp"
#include "tests/fuzz/targets.hpp"

#include <algorithm>
#include <optional>

namespace fuzz {
namespace {

using base::Bytes;
using base::ByteView;

ByteView take(ByteView& from, std::size_t count) {
    auto const taken = from.first(std::min(count, from.size()));
    from = from.subspan(taken.size());
    return taken;
}

// The bytes of a card's files. The pointer file and short identifiers exclude each other, so that
// each route meets its own cards.
struct Files {
    std::optional<ByteView> pointers;
    ByteView identities;
    ByteView numbers;
    bool strict = false;
};

// Two files: the identities until an application is selected by name and again after 3F00; or three
// that are selected by identifier, whatever the application.
class FileCard {
  public:
    explicit FileCard(Files const& files) : files_(files) {}

    Bytes answer(ByteView command) {
        if (command[1] == 0xA4) return select(command);
        if (command[1] == 0xC0) return {0x6F, 0x00, 0x90, 0x00};
        auto file = current_;
        std::size_t offset = 0;
        if ((command[2] & 0x80) != 0) {
            if (files_.pointers) return {0x6A, 0x82};
            file = numbers_selected_ ? files_.numbers : files_.identities;
            current_ = file;
        } else {
            offset = static_cast<std::size_t>(command[2] << 8 | command[3]);
        }
        if (offset >= file.size()) return {0x6B, 0x00};
        take(file, offset);
        std::size_t const le = command[4] == 0 ? 256 : command[4];
        auto const data = take(file, le);
        if (files_.strict && data.size() < le)
            return {0x6C, static_cast<std::uint8_t>(data.size())};
        Bytes answer{data.begin(), data.end()};
        answer.push_back(0x90);
        answer.push_back(0x00);
        return answer;
    }

  private:
    Bytes select(ByteView command) {
        auto const selected = files_.strict ? Bytes{0x61, 0x02} : Bytes{0x90, 0x00};
        if (command[2] != 0x02) {
            numbers_selected_ = command[2] == 0x04;
            return selected;
        }
        if (!files_.pointers) return {0x6A, 0x82};
        switch (command[5] << 8 | command[6]) {
        case 0x2001: current_ = *files_.pointers; return selected;
        case 0x2F02: current_ = files_.identities; return selected;
        case 0x2002: current_ = files_.numbers; return selected;
        default: return {0x6A, 0x82};  // identifiers, not an enumeration
        }
    }

    Files files_;
    ByteView current_;
    bool numbers_selected_ = false;
};

void check_person(vitale::Beneficiary const& person, std::size_t position) {
    promise(person.position == position, "positions count up");
    promise(!person.family_name.utf8.empty() && !person.first_name.utf8.empty(),
            "nobody without a name");
    promise(vitale::is_birth_date(person.birth_date), "nobody without a birth date");
    auto const age = vitale::age_years(person.birth_date, 2019, 6, 17);
    promise(!age || (*age >= 0 && *age < 2019), "an age is one");
    if (!person.nir) return;
    promise(person.nir->size() == vitale::Nir::size, "a number has 15 characters");
    if (auto const nir = vitale::Nir::parse(*person.nir))
        promise(nir->text() == *person.nir, "a number is what it was read from");
}

void parse_as_tlv(ByteView bytes) {
    for (auto form : {iso7816::LengthForm::ber, iso7816::LengthForm::one_byte}) {
        auto const list = iso7816::parse_tlv(bytes, form);
        if (!list) continue;
        for (auto const& object : *list)
            promise(object.value.empty() ||
                        (object.value.data() >= bytes.data() &&
                         object.value.data() + object.value.size() <= bytes.data() + bytes.size()),
                    "an object lies within what was parsed");
    }
}

void parse_as_pointers(ByteView bytes, vitale::Configuration const& configuration) {
    auto const applications = vitale::parse_pointer_file(bytes, configuration);
    if (!applications) return;
    std::size_t files = 0;
    for (auto const& application : *applications) {
        promise(vitale::is_aid(application.aid), "an application has a name");
        files += application.files.size();
    }
    promise(applications->size() <= configuration.pointers.most_applications &&
                files <= configuration.pointers.most_files,
            "a list is no longer than allowed");
}

// A file with its length before it.
ByteView take_file(ByteView& input) {
    auto const size = take(input, 2);
    return take(input, size.size() == 2 ? static_cast<std::size_t>(size[0] << 8 | size[1]) : 0);
}

}  // namespace

bool read_card(ByteView input) {
    // A buffer of exactly this size: the address sanitizer sees one byte too far.
    Bytes const exact{input.begin(), input.end()};
    vitale::Configuration configuration;
    parse_as_tlv(exact);
    (void)vitale::parse_identities(exact, configuration);
    (void)vitale::parse_numbers(exact, configuration);
    (void)vitale::kind_of(exact, configuration);
    parse_as_pointers(exact, configuration);

    auto rest = input;
    auto const flags = take(rest, 1);
    if (flags.empty()) return false;
    if ((flags[0] & 2) != 0) configuration.charset = vitale::Charset::iso_8859_15;

    auto const raw = (flags[0] & 4) != 0;
    Files files;
    files.strict = (flags[0] & 1) != 0;
    if (!raw) {
        if ((flags[0] & 8) != 0) files.pointers = take_file(rest);
        files.identities = take_file(rest);
        files.numbers = rest;
    }
    FileCard card_of_files{files};

    int commands = 0;
    auto const transmit = [&](iso7816::CommandApdu const& command) {
        // At most 16 applications with 64 files of 16 blocks, each asked for twice by a strict
        // card.
        promise(++commands < 2500, "reading a card ends");
        auto const bytes = command.bytes();
        promise(bytes.size() >= 5 && bytes.size() <= 261, "a command is a short APDU");
        if (!raw) return iso7816::ResponseApdu::parse(card_of_files.answer(bytes));
        auto const length = take(rest, 1);
        return iso7816::ResponseApdu::parse(length.empty() ? ByteView{} : take(rest, length[0]));
    };
    auto card = vitale::read_card(transmit, configuration,
                                  input.first(std::min<std::size_t>(input.size(), 33)));
    if (!card) return false;
    promise(!card->beneficiaries.empty(), "a card read has somebody on it");
    for (std::size_t i = 0; i < card->beneficiaries.size(); ++i) {
        check_person(card->beneficiaries[i], i);
        promise(card->number_file == vitale::NumberFile::read || !card->beneficiaries[i].nir,
                "numbers only from a whole list");
    }
    vitale::wipe(*card);
    return true;
}

}  // namespace fuzz
