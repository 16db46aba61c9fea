// The form of the audit log: JSON lines, each with the SHA-256 of the line before, so that no line
// can be changed, removed, inserted or moved without the next one telling. README.md says what each
// member holds, and what a chain alone cannot show.
#pragma once

#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/uuid.hpp"

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace intake {

// The last line of a log. Kept elsewhere, it shows whether the log was cut behind.
struct AuditHead {
    std::int64_t seq = 0;    // 0: before the first line
    crypto::Sha256 hash{};   // of the whole line, without its end
    std::int64_t begin = 0;  // where the line begins in its file

    std::string text() const;  // "1234:<hash in hexadecimal>", for people to keep
    static base::Result<AuditHead> parse(std::string_view text);  // without `begin`
};

// Never anything about a person.
struct AuditEntry {
    std::string act;          // of README.md
    std::string kiosk = {};   // empty: none
    std::string id = {};      // empty: none
    std::string result = {};  // empty: done
    std::string time = {};    // UTC, whole seconds
};

// The act of the first line of every file.
inline constexpr std::string_view audit_begins = "began";

// Without the line's end. The chain goes on at the head after it.
std::string audit_line(AuditEntry const& entry, AuditHead const& before);

// After this line, which begins there.
AuditHead after_line(AuditHead const& before, std::string_view line, std::int64_t begin);

struct AuditFinding {
    std::int64_t first = 0;            // seq of the first line; 0: there is none
    AuditHead head;                    // the last line that holds
    std::int64_t sound = 0;            // offset behind it
    std::optional<std::string> fault;  // a sentence about the first thing that is wrong
    bool torn = false;                 // which is no line in our form, as a power cut leaves it
};

// From where the stream stands to its end. `kept`: a head known from elsewhere, which must be among
// the lines read.
AuditFinding check_audit(std::istream& log, std::optional<AuditHead> const& kept);

}  // namespace intake
