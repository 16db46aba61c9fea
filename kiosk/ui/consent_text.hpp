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

// The version in use, in every language.
inline constexpr std::string_view consent_version = "2";

struct ConsentSection {
    std::string title;
    std::vector<std::string> paragraphs;
};

// The first layer, for an adult or for whoever acts for a minor.
struct ConsentWords {
    std::vector<std::string> explanation;
    std::string already_open;  // nothing is lost for who has a record
    // The consent screen: what the person says, in the first person.
    std::string question;
    std::string i_am;  // {name}; for a minor also {child}
    std::vector<std::string> statements;
};

struct ConsentText {
    std::string id;
    std::string version;
    std::string language;
    std::string whole;  // the exact bytes of the file

    std::string explanation_title;
    ConsentWords adult;
    ConsentWords child;
    std::vector<ConsentSection> explanation_more;  // behind the explanation's "more"

    // Behind "everything before you decide". {controller}, {controller_address} and
    // {data_protection_contact} come from the site.
    std::vector<ConsentSection> details;

    ConsentWords const& of(bool minor) const { return minor ? child : adult; }

    // assets/consent/<language>-<version>.toml
    static base::Result<ConsentText> open(std::filesystem::path const& assets,
                                          std::string_view language, std::string_view version);
};

}  // namespace ui
