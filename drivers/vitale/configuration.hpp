// How this carte Vitale is read. Two public programs read Vitale 2 cards and nothing is published
// officially: what they agree on, and what only one of them shows, is here and never in the code.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/iso7816/commands.hpp"
#include "drivers/iso7816/read_file.hpp"
#include "drivers/iso7816/tlv.hpp"
#include "drivers/vitale/text.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace vitale {

enum class RootSelection : std::uint8_t { by_file_identifier, by_application };

// Whether the answer that a T=0 card announces after SELECT is fetched. Nobody needs it, and two
// APDUs are saved without; but every program known to have read real cards fetches it.
enum class SelectAnnouncement : std::uint8_t { fetched, left };

struct Tags {
    std::uint32_t person = 0x65;  // cardholder related data
    std::uint32_t family_name = 0x80;
    std::uint32_t first_name = 0x81;
    std::uint32_t birth_date = 0x82;
    std::uint32_t nir = 0x93;
};

// Whether the files are looked for in the card's own list of files, where short file identifiers
// are refused.
enum class PointerRoute : std::uint8_t { where_needed, never };

// That list, the pointer file, known from one published program of 2010-2013.
struct Pointers {
    PointerRoute route = PointerRoute::where_needed;
    std::uint16_t file = 0x2001;  // in the application
    // A longer list is Errc::malformed: each file costs two commands or more.
    std::size_t most_applications = 16;
    std::size_t most_files = 64;
    std::uint32_t list_tag = 0xE0;
    std::uint32_t applications_tag = 0xA0;
    std::uint32_t application_tag = 0x82;
    std::uint32_t file_tag = 0x80;
};

struct Configuration {
    // D2 50 00 00 02 and "VITALE", "MF_VITALE"
    base::Bytes application_aid{0xD2, 0x50, 0x00, 0x00, 0x02, 'V', 'I', 'T', 'A', 'L', 'E'};
    base::Bytes root_aid{0xD2, 0x50, 0x00, 0x00, 0x02, 'M', 'F', '_', 'V', 'I', 'T', 'A', 'L', 'E'};
    std::uint16_t root_file = iso7816::master_file;

    // Forms tried one after the other while the card says 6700 or 6Axx.
    std::vector<iso7816::SelectAnswer> select_by_aid{iso7816::SelectAnswer::wanted,
                                                     iso7816::SelectAnswer::not_wanted};
    std::vector<iso7816::SelectAnswer> select_by_file{iso7816::SelectAnswer::not_wanted};
    std::vector<iso7816::SelectAnswer> select_listed_file{iso7816::SelectAnswer::wanted,
                                                          iso7816::SelectAnswer::not_wanted};
    SelectAnnouncement select_announcement = SelectAnnouncement::fetched;
    // Ways tried one after the other until the identity file is found.
    std::vector<RootSelection> root_selection{RootSelection::by_file_identifier,
                                              RootSelection::by_application};

    std::uint8_t identity_sfi = 2;  // under the root
    std::uint8_t number_sfi = 2;    // in the application
    iso7816::ReadLimits limits{};
    Pointers pointers{};

    Tags tags{};
    Charset charset = Charset::iso_8859_1;
    // Tried one after the other until a whole file makes sense.
    std::vector<iso7816::LengthForm> length_forms{iso7816::LengthForm::ber,
                                                  iso7816::LengthForm::one_byte};

    std::vector<iso7816::StatusWord> denied{iso7816::security_status_not_satisfied,
                                            iso7816::conditions_of_use_not_satisfied};
    std::vector<iso7816::StatusWord> missing{iso7816::file_not_found,
                                             iso7816::function_not_supported,
                                             iso7816::incorrect_p1_p2, iso7816::wrong_p1_p2};

    // Hints by ATR, asked only after the application was refused: new values keep appearing.
    // Patterns over lower-case hexadecimal as in fnmatch(3): ? is half a byte.
    std::vector<std::string> vitale_1_atrs{"3f6525*"};
    std::vector<std::string> vitale_2_atrs{"3b751300004?09[ef]a9000"};
    std::vector<std::string> professional_atrs{"3bac00402a001225006480*", "3bdc18ff00001225006480*",
                                               "3b8f80010031b864*"};
};

// ISO 7816-4:2020, 12.2.3: five bytes of registered identifier and up to eleven of one's own.
bool is_aid(base::ByteView aid);

// Whether this card says "not allowed", or "not there", with a status word.
bool is_denied(Configuration const& configuration, iso7816::StatusWord sw);
bool is_missing(Configuration const& configuration, iso7816::StatusWord sw);

// Errc::configuration_invalid with the reason. Asked by read_card() too, but a program should ask
// when it starts.
base::Result<void> check(Configuration const& configuration);

}  // namespace vitale
