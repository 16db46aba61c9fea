#include "kiosk/intake/rules.hpp"

#include "kiosk/crypto/base64.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace intake {
namespace {

constexpr std::string_view request_prefix = "/v1/requests/";
constexpr std::string_view outcomes_prefix = "/v1/outcomes?after=";

std::string_view trimmed(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool same_ignoring_case(std::string_view text, std::string_view lower) {
    return std::ranges::equal(text, lower, [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

}  // namespace

Target target_of(std::string_view path) {
    if (path == "/v1/health") return {.kind = Target::Kind::health};
    if (path.starts_with(request_prefix))
        return {.kind = Target::Kind::request, .id = path.substr(request_prefix.size())};
    if (path.starts_with(outcomes_prefix))
        return {.kind = Target::Kind::outcomes, .after = path.substr(outcomes_prefix.size())};
    return {.kind = Target::Kind::unknown};
}

Accepted<crypto::Uuid> accept_id(std::string_view text) {
    if (auto id = crypto::Uuid::parse(text)) return *id;
    return tl::unexpected(Refusal{400, "bad_id", "the path must end in a lower-case UUID"});
}

Accepted<std::int64_t> accept_after(std::string_view text) {
    std::int64_t after = -1;
    auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), after);
    if (problem == std::errc{} && end == text.data() + text.size() && after >= 0) return after;
    return tl::unexpected(
        Refusal{400, "bad_position", "after= takes the `next` of the last answer, or 0"});
}

bool is_cms(std::string_view content_type) {
    return same_ignoring_case(trimmed(content_type.substr(0, content_type.find(';'))),
                              "application/cms");
}

Accepted<crypto::Sha256> accept_digest(std::string_view field, base::ByteView body) {
    constexpr Refusal malformed{400, "bad_digest",
                                "Content-Digest must hold one sha-256=:base64: (RFC 9530)"};
    constexpr std::string_view name = "sha-256=:";
    std::optional<base::Bytes> announced;
    while (!field.empty()) {
        auto const end = std::min(field.find(','), field.size());
        auto const member = trimmed(field.substr(0, end));
        field.remove_prefix(std::min(end + 1, field.size()));
        if (!member.starts_with(name)) continue;
        if (announced || member.size() == name.size() || !member.ends_with(':'))
            return tl::unexpected(malformed);
        auto bytes =
            crypto::from_base64(member.substr(name.size(), member.size() - name.size() - 1));
        if (!bytes) return tl::unexpected(malformed);
        announced = std::move(*bytes);
    }
    if (!announced || announced->size() != crypto::Sha256{}.size())
        return tl::unexpected(malformed);
    auto const hash = crypto::sha256(body);
    if (!std::ranges::equal(*announced, hash))
        return tl::unexpected(Refusal{400, "digest_mismatch",
                                      "the body is not the one that Content-Digest announces"});
    return hash;
}

}  // namespace intake
