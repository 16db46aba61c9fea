// Where something of a person may be left after the session.
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace system_tests {

using Words = std::vector<std::string>;

// Names and numbers of a card profile, as they stand on the card and on the screen.
Words words_of(std::filesystem::path const& profile);

// Where the words stand in the writable memory of a process: a line each, with the mapping and what
// stands around.
std::vector<std::string> found_in_memory(pid_t process, Words const& words);

// The files under a folder that hold one of the words, in whatever part of them: what a database
// has freed and what waits in its log count too.
std::vector<std::filesystem::path> files_with(std::filesystem::path const& folder,
                                              Words const& words);

}  // namespace system_tests
