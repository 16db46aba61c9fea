#include "kiosk/ui/plural.hpp"

#include <algorithm>

#include <unicode/locid.h>
#include <unicode/plurrule.h>
#include <unicode/unistr.h>

namespace ui {

struct PluralRules::Icu {
    std::unique_ptr<icu::PluralRules> rules;
};

PluralRules::PluralRules(std::unique_ptr<Icu> icu) : icu_(std::move(icu)) {}
PluralRules::PluralRules(PluralRules&&) noexcept = default;
PluralRules& PluralRules::operator=(PluralRules&&) noexcept = default;
PluralRules::~PluralRules() = default;

base::Result<PluralRules> PluralRules::open(std::string_view language) {
    auto status = U_ZERO_ERROR;
    icu::Locale const locale{std::string{language}.c_str()};
    std::unique_ptr<icu::PluralRules> rules{icu::PluralRules::forLocale(locale, status)};
    if (U_FAILURE(status) != 0 || !rules)
        return base::failure(base::Errc::system_failed, std::string{"plural rules of "} +
                                                            std::string{language} + ": " +
                                                            u_errorName(status));
    return PluralRules{std::make_unique<Icu>(Icu{std::move(rules)})};
}

std::string PluralRules::form(int count) const {
    std::string keyword;
    return icu_->rules->select(count).toUTF8String(keyword);
}

std::vector<std::string> PluralRules::forms() const {
    std::vector<std::string> all;
    for (int count = 0; count < 1000; ++count)
        if (auto keyword = form(count); std::ranges::find(all, keyword) == all.end())
            all.push_back(std::move(keyword));
    return all;
}

}  // namespace ui
