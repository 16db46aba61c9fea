// The words of the screens in one language: assets/texts/<language>.toml.
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace ui {

class Texts {
  public:
    // `assets` is the folder that holds texts/. Fails naming every text that the screens use and
    // the file lacks, or the first that no screen uses.
    static base::Result<Texts> open(std::filesystem::path const& assets, std::string_view language);

    // An id that is not in text_ids ends the program: what the screens use is checked by open().
    std::string_view operator[](std::string_view id) const;

  private:
    std::map<std::string, std::string, std::less<>> texts_;
};

// Each {name} in the text replaced by its value.
std::string fill(std::string_view text,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace ui
