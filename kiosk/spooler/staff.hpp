// What staff type and read: one question to the running spooler, the answer in sentences.
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>
#include <string>

namespace spooler {

// The running spooler's answer as it came, or why there is none: Errc::refused with its words.
base::Result<std::string> ask_spooler(std::filesystem::path const& socket, std::string const& line);

// "12 waiting, oldest 2 h, none lost." and what else staff must know, a sentence a line.
base::Result<std::string> status_sentences(std::string const& answer);

// "Day opened for ID until 2026-11-21 19:00."
base::Result<std::string> opened_sentence(std::string const& answer);

// What became of a request whose person asked for it to be withdrawn.
base::Result<std::string> withdrawn_sentence(std::string const& answer);

std::string open_day_line(std::string const& author);
// The reference as it is written down: spaces and small letters do not matter.
std::string withdraw_line(std::string const& reference);
inline constexpr auto close_day_line = R"({"do":"close_day"})";
inline constexpr auto retry_now_line = R"({"do":"retry_now"})";
inline constexpr auto status_line = R"({"do":"status"})";

}  // namespace spooler
