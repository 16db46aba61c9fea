// Authors whose PINs the tests know, with the weakest hashes allowed: a check takes some 50 ms.
#pragma once

#include "kiosk/config/authors.hpp"

#include <string>

namespace identity_tests {

inline constexpr auto anne = "899900000001";
inline constexpr auto annes_pin = "482913";
inline constexpr auto bruno = "899900000002";
inline constexpr auto brunos_pin = "71930562";
inline constexpr auto without_pin = "899900000003";

inline std::string annes_hash() {
    return "$argon2id$v=19$m=19456,t=2,p=1$c2FsdC1vZi1hbm5lLTAwMQ$"
           "vIOEN0Q+JLkLBKHUJ4WOwwejx6bFj3Ln/AtsKUlG/Gs";
}
inline std::string annes_next_hash() {  // of the same PIN, with another salt
    return "$argon2id$v=19$m=19456,t=2,p=1$c2FsdC1vZi1hbm5lLTAwMg$"
           "4oGLuBPi2UPg1zYwFIM8LzRkgZjIllcRJ4T9zJRqOhU";
}
inline std::string brunos_hash() {
    return "$argon2id$v=19$m=19456,t=2,p=1$c2FsdC1vZi1icnVuby0wMQ$"
           "XuVfYoPYCOguNNsPA8zCAGlS6KRnLmHbkznaMfBMs/Y";
}

inline config::Author author(std::string id, std::optional<std::string> pin_hash) {
    return {std::move(id), "TEST", "AGENT", "10B0000000", "STRUCTURE", std::move(pin_hash)};
}

inline std::vector<config::Author> authors() {
    return {author(anne, annes_hash()), author(bruno, brunos_hash()),
            author(without_pin, std::nullopt)};
}

}  // namespace identity_tests
