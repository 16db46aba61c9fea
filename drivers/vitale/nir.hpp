// The NIR, the French social-security number: 13 characters and a key of two digits.
#pragma once

#include "drivers/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vitale {

class Nir {
  public:
    static constexpr std::size_t size = 15;

    // What the first digits say about the number. Only man and woman are numbers for life.
    enum class Class : std::uint8_t {
        man,                       // 1
        woman,                     // 2
        provisional,               // 3, 4, 7, 8: being registered; the sex is not to be derived
        migrant,                   // 5, 6: on passage under an international agreement
        agricultural_provisional,  // 555555: number of the agricultural regime (MSA)
    };

    // Accepts 13 characters and the key without spaces, with 2A or 2B for Corsica. Months and
    // departments are not judged (pseudo-months exist, no list of departments is complete): the key
    // is the test. Errc::malformed says by its detail whether the form or the key is wrong.
    static base::Result<Nir> parse(std::string_view text);

    std::string_view text() const { return text_; }
    std::string_view digits() const { return text().substr(0, 13); }  // with the Corsican letter
    std::string_view key() const { return text().substr(13); }
    Class number_class() const { return class_; }

    friend bool operator==(Nir const&, Nir const&) = default;

  private:
    Nir(std::string_view text, Class number_class) : text_(text), class_(number_class) {}

    std::string text_;
    Class class_;
};

}  // namespace vitale
