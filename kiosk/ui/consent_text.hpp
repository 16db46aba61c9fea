// What a person is told and asked before a record is opened in their name, in two layers: the short
// text that everybody reads, and all that stands behind "more". A version of it never changes: the
// evidence names it and carries its digest.
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

struct ConsentSection {
    std::string title;
    std::vector<std::string> paragraphs;
};

struct ConsentText {
    std::string id;
    std::string version;
    std::string language;
    std::string whole;  // the exact bytes of the file

    // The explain screen and, behind its "more", further sections.
    std::string explanation_title;
    std::vector<std::string> explanation;
    std::string already_open;  // nothing is lost for who has a record
    std::vector<ConsentSection> explanation_more;

    // The consent screen: what the person says, in the first person.
    std::string question;
    std::string i_am;  // {name}
    std::vector<std::string> statements;

    // Behind "everything before you decide". {controller}, {controller_address} and
    // {data_protection_contact} come from the site.
    std::vector<ConsentSection> details;

    // assets/consent/<language>-<version>.toml
    static base::Result<ConsentText> open(std::filesystem::path const& assets,
                                          std::string_view language, std::string_view version);
};

}  // namespace ui
