#include "kiosk/intake/audit_chain.hpp"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

namespace intake {
namespace {

using base::Errc;
using base::failure;
using Json = nlohmann::ordered_json;

constexpr std::string_view members[] = {"seq", "time", "act", "kiosk", "id", "result", "hash"};

struct Link {
    std::int64_t seq;
    std::string hash;
    bool begins;  // a file
};

// What a line says of its place; none when it is not in our form.
std::optional<Link> link_of(std::string_view line) {
    auto const json = Json::parse(line, nullptr, false);
    if (!json.is_object() || json.size() != std::size(members)) return std::nullopt;
    for (auto const name : members) {
        auto const member = json.find(name);
        if (member == json.end()) return std::nullopt;
        if (name == "seq" ? !member->is_number_integer() : !member->is_string())
            return std::nullopt;
    }
    return Link{json["seq"], json["hash"], json["act"] == audit_begins};
}

std::string numbered(std::int64_t seq) { return "line " + std::to_string(seq); }

std::optional<std::string> fault_of(std::optional<Link> const& link, AuditHead const& before) {
    auto const expected = numbered(before.seq + 1);
    if (!link) return expected + " is not a line of this log: changed or torn";
    if (link->seq != before.seq + 1)
        return "in the place of " + expected + " stands " + numbered(link->seq) +
               ": a line was removed, inserted or moved";
    if (link->hash != base::to_hex(before.hash))
        return expected + " does not follow " + numbered(before.seq) + ": one of them was changed";
    return std::nullopt;
}

}  // namespace

std::string AuditHead::text() const { return std::to_string(seq) + ":" + base::to_hex(hash); }

base::Result<AuditHead> AuditHead::parse(std::string_view text) {
    auto const wrong = failure(Errc::malformed, "a head is NUMBER:HASH as `audit head` prints it");
    AuditHead head;
    auto const colon = text.find(':');
    if (colon == std::string_view::npos) return wrong;
    auto const [end, problem] = std::from_chars(text.data(), text.data() + colon, head.seq);
    auto const hash = base::from_hex(text.substr(colon + 1));
    if (problem != std::errc{} || end != text.data() + colon || head.seq < 1 || !hash ||
        hash->size() != head.hash.size())
        return wrong;
    std::ranges::copy(*hash, head.hash.begin());
    return head;
}

std::string audit_line(AuditEntry const& entry, AuditHead const& before) {
    return Json{{"seq", before.seq + 1},
                {"time", entry.time},
                {"act", entry.act},
                {"kiosk", entry.kiosk},
                {"id", entry.id},
                {"result", entry.result},
                {"hash", base::to_hex(before.hash)}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

AuditHead after_line(AuditHead const& before, std::string_view line, std::int64_t begin) {
    auto const* bytes = reinterpret_cast<std::uint8_t const*>(line.data());
    return {before.seq + 1, crypto::sha256({bytes, line.size()}), begin};
}

AuditFinding check_audit(std::istream& log, std::optional<AuditHead> const& kept) {
    AuditFinding found;
    found.sound = log.tellg();
    bool const whole = found.sound == 0;
    for (std::string line; std::getline(log, line);) {
        auto const link = link_of(line);
        // A log that goes on with another file, or is read from its middle, begins where it says.
        if (found.first == 0 && link && link->seq > 1) {
            found.head.seq = link->seq - 1;
            auto const hash = base::from_hex(link->hash).value_or(base::Bytes{});
            if (hash.size() == found.head.hash.size())
                std::ranges::copy(hash, found.head.hash.begin());
        }
        found.torn = log.eof() || !link;
        found.fault = log.eof() ? "the line after " + numbered(found.head.seq) + " is torn"
                                : fault_of(link, found.head);
        if (!found.fault && whole && found.first == 0 && !link->begins)
            found.fault =
                numbered(link->seq) + " does not begin a log: lines before it were removed";
        if (found.fault) return found;
        found.head = after_line(found.head, line, found.sound);
        if (found.first == 0) found.first = found.head.seq;
        if (kept && kept->seq == found.head.seq && kept->hash != found.head.hash) {
            found.fault = numbered(kept->seq) + " is not the one that was kept as head: it or a "
                                                "line before it was changed";
            return found;
        }
        found.sound += static_cast<std::int64_t>(line.size()) + 1;
    }
    if (kept && kept->seq > found.head.seq)
        found.fault = numbered(kept->seq) + " was written and is missing: lines were cut off";
    else if (kept && found.first > kept->seq)
        found.fault = "it begins with " + numbered(found.first) + ", after " + numbered(kept->seq) +
                      " which was kept as head: another file holds that one";
    return found;
}

}  // namespace intake
