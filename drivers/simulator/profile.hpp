// A virtual card as data: what a profile file describes and what the card answers from.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/simulator/day.hpp"
#include "drivers/simulator/fault.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace simulator {

using Status = std::uint16_t;  // SW1 SW2

enum class Kind : std::uint8_t {
    vitale_2,  // ISO 7816-4 files made from persons
    vitale_1,  // Bull CP8: refuses the ISO class
    other,     // any ISO card without a VITALE application: CPS, bank card
};

struct ElementaryFile {
    std::uint16_t fid = 0;
    std::uint8_t sfi = 0;  // 0: cannot be read by short identifier
    base::Bytes content;
    std::optional<Status> refusal;  // answered to every reading
};

struct Application {
    base::Bytes aid;            // empty: cannot be selected by name
    std::uint16_t fid = 0;      // 0: cannot be selected by file identifier
    base::Bytes select_answer;  // file control information, returned when asked for
    std::vector<ElementaryFile> files;
};

// How an ISO card behaves where the standard, or our knowledge of the carte Vitale, leaves a
// choice.
struct Rules {
    bool strict = false;  // T=0 as a real reader carries it: 61xx and GET RESPONSE, 6Cxx
    bool select_with_le = true;
    Status unknown_file = 0x6A82;
    Status past_end = 0x6B00;
    Status wrong_length = 0x6700;
    Status unknown_instruction = 0x6D00;
    Status unknown_class = 0x6E00;
    Status get_data = 0x6A81;  // what Windows probes a new card with
};

// Part of a Vitale 1's memory. Its addresses count half-bytes: a 32-bit word is eight further on.
struct MemoryDump {
    std::uint16_t address = 0;
    base::Bytes content;
};

struct Profile {
    std::string id;  // the file's name without .toml
    std::string title;
    std::string tests;  // what the card is for
    Kind kind = Kind::vitale_2;
    base::Bytes atr;    // 2 to 33 bytes
    bool mute = false;  // never answers to reset
    Rules rules;
    std::vector<Application> applications;  // the root first
    MemoryDump memory;
    std::vector<Fault> faults;  // each insertion goes through them again
};

// Birth dates may be relative to the day. Errc::configuration_invalid and file_unreadable say file,
// key and reason in one sentence.
base::Result<Profile> read_profile(std::filesystem::path const& path, Day today = local_day());

// Every *.toml of a folder, by id; at least one.
base::Result<std::vector<Profile>> read_profiles(std::filesystem::path const& folder,
                                                 Day today = local_day());

}  // namespace simulator
