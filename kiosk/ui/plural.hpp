// Which form of a text goes with a number: "1 seconde", "2 secondes", and six of them in Arabic.
// The rules are those of the Unicode CLDR, as ICU knows them.
#pragma once

#include "drivers/base/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

class PluralRules {
  public:
    // `language` as in "fr". Errc::system_failed when ICU has no rules at all.
    static base::Result<PluralRules> open(std::string_view language);
    PluralRules(PluralRules&&) noexcept;
    PluralRules& operator=(PluralRules&&) noexcept;
    ~PluralRules();

    // A keyword of the CLDR: "zero", "one", "two", "few", "many" or "other".
    std::string form(int count) const;

    // Those that numbers under a thousand take: others are for millions and fractions.
    std::vector<std::string> forms() const;

  private:
    struct Icu;
    explicit PluralRules(std::unique_ptr<Icu> icu);

    std::unique_ptr<Icu> icu_;
};

}  // namespace ui
