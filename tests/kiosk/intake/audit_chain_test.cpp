#include "kiosk/intake/audit_chain.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

using namespace intake;

namespace {

using Lines = std::vector<std::string>;

// A day at the intake, and the head as it was kept elsewhere after its last line.
struct Log {
    Lines lines;
    AuditHead head;

    Log() {
        add({.act = std::string{audit_begins}});
        for (auto const* act : {"stored", "replayed", "refused", "rate_limited", "fetched",
                                "outcome", "stored", "stored", "mended", "stored"})
            add({.act = act,
                 .kiosk = "kiosk-1",
                 .id = crypto::Uuid::random().text(),
                 .result = "created"});
    }
    void add(AuditEntry entry) {
        entry.time = "2026-11-21T10:00:00Z";
        lines.push_back(audit_line(entry, head));
        head = after_line(head, lines.back(), 0);
    }
};

std::string joined(Lines const& lines) {
    std::string text;
    for (auto const& line : lines)
        text += line + "\n";
    return text;
}

AuditFinding checked(std::string const& text, std::optional<AuditHead> const& kept) {
    std::istringstream stream{text};
    return check_audit(stream, kept);
}

bool found(Lines const& lines, AuditHead const& kept) {
    return checked(joined(lines), kept).fault.has_value();
}

}  // namespace

TEST_CASE("an untouched log is found whole", "[audit]") {
    Log const log;
    for (auto const& kept : {std::optional<AuditHead>{}, std::optional{log.head}}) {
        auto const finding = checked(joined(log.lines), kept);
        CHECK_FALSE(finding.fault);
        CHECK(finding.first == 1);
        CHECK(finding.head.seq == static_cast<std::int64_t>(log.lines.size()));
        CHECK(finding.head.hash == log.head.hash);
        CHECK(finding.sound == static_cast<std::int64_t>(joined(log.lines).size()));
    }
}

TEST_CASE("a change of any byte of any line is found", "[audit]") {
    Log const log;
    for (std::size_t i = 0; i < log.lines.size(); ++i) {
        for (std::size_t at = 0; at < log.lines[i].size(); ++at) {
            auto lines = log.lines;
            lines[i][at] = lines[i][at] == '7' ? '8' : '7';
            if (!found(lines, log.head)) FAIL("line " << i + 1 << " byte " << at);
        }
    }
}

TEST_CASE("a line removed, doubled, moved or put in between is found wherever it is", "[audit]") {
    Log const log;
    for (std::size_t i = 0; i < log.lines.size(); ++i) {
        INFO("line " << i + 1);
        auto const at = static_cast<std::ptrdiff_t>(i);
        auto removed = log.lines;
        removed.erase(removed.begin() + at);
        CHECK(found(removed, log.head));

        auto doubled = log.lines;
        doubled.insert(doubled.begin() + at, log.lines[i]);
        CHECK(found(doubled, log.head));

        if (i + 1 < log.lines.size()) {
            auto moved = log.lines;
            std::swap(moved[i], moved[i + 1]);
            CHECK(found(moved, log.head));
        }

        // Made by somebody who knows the form: in its place with the right number and hash.
        AuditHead before;
        for (std::size_t j = 0; j < i; ++j)
            before = after_line(before, log.lines[j], 0);
        AuditEntry const forged{.act = i == 0 ? std::string{audit_begins} : "stored",
                                .kiosk = "kiosk-9",
                                .time = "2026-11-21T10:00:00Z"};
        auto inserted = log.lines;
        inserted.insert(inserted.begin() + at, audit_line(forged, before));
        CHECK(found(inserted, log.head));

        auto replaced = log.lines;
        replaced[i] = audit_line(forged, before);
        CHECK(found(replaced, log.head));
    }
}

TEST_CASE("a log cut off after any line, or within one, is found by the head kept elsewhere",
          "[audit]") {
    Log const log;
    for (std::size_t i = 0; i + 1 < log.lines.size(); ++i) {
        INFO("after line " << i + 1);
        Lines const cut(log.lines.begin(), log.lines.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        CHECK(found(cut, log.head));
        CHECK_FALSE(checked(joined(cut), std::nullopt).fault);  // and by nothing else
        auto torn = joined(cut);
        torn.resize(torn.size() - 5);
        CHECK(checked(torn, std::nullopt).fault);
    }
    CHECK(found({}, log.head));
}

TEST_CASE("lines after a head that was kept are no fault, and the head is found among them",
          "[audit]") {
    Log log;
    auto const kept = log.head;
    log.add({.act = "stored"});
    CHECK_FALSE(found(log.lines, kept));
    auto other = kept;
    other.hash.front() ^= 1;
    CHECK(found(log.lines, other));
}

TEST_CASE("a file that goes on another says so, and a head of the other is not in it", "[audit]") {
    Log log;
    auto const before = log.head;
    Lines const first = std::exchange(log.lines, {});
    log.add({.act = std::string{audit_begins}, .result = "goes on after line 11"});
    log.add({.act = "stored"});
    auto const finding = checked(joined(log.lines), log.head);
    CHECK_FALSE(finding.fault);
    CHECK(finding.first == static_cast<std::int64_t>(first.size()) + 1);
    CHECK(found(log.lines, before));
    // Without its beginning it is a log of which something is missing.
    CHECK(found({log.lines.back()}, log.head));
}

TEST_CASE("a head is read as it is printed", "[audit]") {
    Log const log;
    auto const read = AuditHead::parse(log.head.text());
    REQUIRE(read);
    CHECK(read->seq == log.head.seq);
    CHECK(read->hash == log.head.hash);
    for (auto const* wrong : {"", "1", "1:", ":00", "x:00", "0:00", "1:zz"})
        CHECK_FALSE(AuditHead::parse(wrong));
    CHECK_FALSE(AuditHead::parse("0" + log.head.text().substr(log.head.text().find(':'))));
}
