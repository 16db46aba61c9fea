// A small card of files for tests: it understands SELECT, READ BINARY and GET RESPONSE from their
// bytes, shares no code with the readers it tests, and counts what it is asked.
#pragma once

#include "drivers/iso7816/apdu.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace test_cards {

struct File {
    base::Bytes content;
    std::uint16_t refusal = 0;  // a status word instead of the content
};

using Directory = std::map<std::uint8_t, File>;  // by short file identifier

class ModelCard {
  public:
    base::Bytes atr;
    Directory root;
    std::map<base::Bytes, Directory> applications;

    bool strict_t0 = false;  // 61xx after SELECT, 6Cxx for any Le but the right one
    bool refuses_le_on_select = false;
    bool root_has_file_identifier = true;
    std::optional<base::Bytes> root_aid;
    std::uint16_t unknown_application = 0x6A82;
    std::uint16_t short_read = 0x9000;           // ends a friendly answer shorter than Le
    std::optional<std::uint16_t> only_class_bc;  // a Vitale 1: its answer to every other class

    std::vector<base::Bytes> log;  // every command

    base::Bytes exchange(base::ByteView command);
    iso7816::Transmit transmit();

  private:
    base::Bytes select(base::ByteView command);
    base::Bytes read_binary(base::ByteView command);
    base::Bytes get_response(std::size_t le);
    base::Bytes selected(Directory const& directory, bool le_present);

    Directory const* directory_ = nullptr;
    File const* file_ = nullptr;
    base::Bytes pending_;
};

}  // namespace test_cards
