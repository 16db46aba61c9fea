#include "kiosk/spooler/salvage.hpp"

#include "drivers/base/files.hpp"
#include "drivers/base/unix_socket.hpp"
#include "kiosk/crypto/digest.hpp"
#include "kiosk/spooler/cut_file.hpp"
#include "kiosk/spooler/durable_file.hpp"
#include "kiosk/spooler/outbox.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace spooler {
namespace {

using base::Errc;
using base::failure;
using nlohmann::json;
namespace fs = std::filesystem;

// The second is for when the first cannot be made or entered.
constexpr std::array quarantine_names{"quarantine", "quarantine-2"};
constexpr auto report_name = "report.json";

std::string boot_id() {
    std::ifstream file{"/proc/sys/kernel/random/boot_id"};  // of size 0, says the kernel
    std::string id;
    return std::getline(file, id) && id.size() == 36 ? id : "boot";
}

struct Rescued {
    base::Bytes id, key_id, sha256, sealed;
    std::string kind, day;
    std::optional<std::string> settled_day, receipt;
    std::optional<std::int64_t> refusal;
    std::int64_t state = 0, attempts = 0, offered = 1;
    bool has_body = false;

    bool whole() const {
        if (id.size() != 16 || sha256.size() != 32) return false;
        if (!has_body) return state == 1 || state == 4;
        return std::ranges::equal(crypto::sha256(sealed), sha256);
    }
};

std::optional<std::string> optional_text(Row const& row, int column) {
    if (row.null(column)) return std::nullopt;
    return row.text(column);
}

Rescued rescued_from(Row const& row) {
    Rescued it;
    it.id = row.bytes(0);
    it.kind = row.text(1);
    it.state = row.integer(2);
    it.attempts = row.integer(3);
    it.key_id = row.bytes(4);
    it.sha256 = row.bytes(5);
    it.day = row.text(6);
    it.settled_day = optional_text(row, 7);
    if (!row.null(8)) it.refusal = row.integer(8);
    it.receipt = optional_text(row, 9);
    it.has_body = !row.null(10);
    it.sealed = row.bytes(10);
    it.offered = row.integer(11);
    return it;
}

// A new folder below, safely there: nothing is moved into one that a power cut could still take
// away.
base::Result<fs::path> new_folder_in(fs::path const& quarantine) {
    if (auto made = base::private_folder(quarantine); !made) return failure(made.error());
    auto const boot = boot_id();
    fs::path target;
    std::error_code code;
    for (int n = 1; target.empty() || fs::exists(target, code); ++n)
        target = quarantine / (boot + "-" + std::to_string(n));
    if (auto made = base::private_folder(target); !made) return failure(made.error());
    for (auto const& changed : {quarantine, quarantine.parent_path()})
        if (auto synced = sync_folder(changed); !synced) return failure(synced.error());
    return target;
}

// One that cannot be understood may have lost anything.
SalvageReport report_from(base::Bytes const& content) {
    auto const report = json::parse(content.begin(), content.end(), nullptr, false);
    if (!report.is_object() || !report.contains("lost") || !report.contains("countable") ||
        !report.contains("restored") || !report["lost"].is_number_integer() ||
        !report["restored"].is_number_integer() || !report["countable"].is_boolean())
        return {0, 0, false};
    return {report["restored"].get<std::int64_t>(), report["lost"].get<std::int64_t>(),
            report["countable"].get<bool>()};
}

template <class T, class View>
Argument or_null(std::optional<T> const& value) {
    if (!value) return nullptr;
    return View{*value};
}

}  // namespace

base::Result<fs::path> set_aside(fs::path const& folder, std::string const& database) {
    base::Result<fs::path> made;
    for (auto const* name : quarantine_names)
        if (made = new_folder_in(folder / name); made) break;
    if (!made) return made;
    auto const& target = *made;
    std::error_code code;
    // The log first: a database without its log would look whole and old.
    for (auto const& name : {database + "-wal", database}) {
        if (!fs::exists(folder / name, code)) continue;
        if (::rename((folder / name).c_str(), (target / name).c_str()) != 0)
            return failure(base::system_error((folder / name).native(), Errc::storage_failed));
    }
    for (auto const& changed : {target, folder})
        if (auto synced = sync_folder(changed); !synced) return failure(synced.error());
    return target;
}

Salvage Salvage::open(fs::path const& quarantined, std::string const& database,
                      std::int64_t most_pages) {
    mend_length(quarantined / database, most_pages);
    auto damaged = Database::open_damaged(quarantined / database);
    Salvage salvage{quarantined, database,
                    damaged ? std::optional{std::move(*damaged)} : std::nullopt};
    salvage.find_last(quarantined / database);
    salvage.knows_offered_ =
        salvage.damaged_ && salvage.damaged_->number("SELECT offered FROM outbox LIMIT 0");
    salvage.knows_outcome_ =
        salvage.damaged_ && salvage.damaged_->number("SELECT outcome FROM outbox LIMIT 0");
    return salvage;
}

void Salvage::find_last(fs::path const& file) {
    if (!damaged_) {
        report_.countable = false;
        return;
    }
    if (auto const last = damaged_->number("SELECT max(seq) FROM outbox NOT INDEXED")) {
        last_ = last->value_or(0);
        return;
    }
    // The end of the table is damaged: the index over the ids knows the numbers too.
    auto read = damaged_->each(
        "SELECT seq FROM outbox INDEXED BY sqlite_autoindex_outbox_1 WHERE id >= x''", {},
        [&](Row const& row) { last_ = std::max(last_, row.integer(0)); });
    if (read) return;
    // Neither can be read to its end, but the number was also kept by itself.
    auto const kept = damaged_->number("SELECT value FROM counter WHERE name = 'recorded'");
    if (kept && *kept) {
        last_ = std::max(last_, **kept);
        return;
    }
    // Try as many as the file could hold, without counting the numbers that do not answer.
    report_.countable = false;
    std::error_code code;
    auto const pages = static_cast<std::int64_t>(fs::file_size(file, code)) / Database::page_size;
    if (!code && damaged_->number("SELECT 1 FROM outbox LIMIT 0"))
        last_ = std::max(last_, pages * 8);
}

base::Result<void> Salvage::carry_over_the_day(Database& fresh) {
    if (!damaged_) return {};
    return fresh.transaction([&]() -> base::Result<void> {
        base::Result<void> kept;
        auto const note = [&](base::Result<int> const& written) {
            if (!written && kept) kept = failure(written.error());
        };
        // What cannot be read of these is lost; what was carried over before a restart stays.
        static_cast<void>(damaged_->each(
            "SELECT author, opened_at, closes_at FROM opening", {}, [&](Row const& row) {
                note(fresh.run("INSERT OR IGNORE INTO opening (one, author, opened_at, closes_at) "
                               "VALUES (1, ?, ?, ?)",
                               {std::string_view{row.text(0)}, row.integer(1), row.integer(2)}));
            }));
        static_cast<void>(
            damaged_->each("SELECT day, outcome, count FROM ledger", {}, [&](Row const& row) {
                note(
                    fresh.run("INSERT OR IGNORE INTO ledger (day, outcome, count) VALUES (?, ?, ?)",
                              {std::string_view{row.text(0)}, std::string_view{row.text(1)},
                               row.integer(2)}));
            }));
        static_cast<void>(
            damaged_->each("SELECT number, day FROM session", {}, [&](Row const& row) {
                note(fresh.run("INSERT OR IGNORE INTO session (number, day) VALUES (?, ?)",
                               {row.integer(0), std::string_view{row.text(1)}}));
            }));
        auto const carry = [&](std::string_view name, std::int64_t value) {
            note(fresh.run("INSERT INTO counter (name, value) VALUES (?1, ?2) "
                           "ON CONFLICT (name) DO UPDATE SET value = max(value, ?2)",
                           {name, value}));
        };
        static_cast<void>(
            damaged_->each("SELECT name, value FROM counter", {},
                           [&](Row const& row) { carry(row.text(0), row.integer(1)); }));
        // So that nothing recorded from now on takes the place of a row to come.
        carry("recorded", last_);
        return kept;
    });
}

base::Result<void> Salvage::carry_over(Database& fresh, std::int64_t seq) {
    std::optional<Rescued> row;
    auto read = damaged_->each(
        knows_offered_ ? "SELECT id, kind, state, attempts, key_id, sha256, day, settled_day, "
                         "refusal, receipt, sealed, offered FROM outbox WHERE seq = ?"
                       : "SELECT id, kind, state, attempts, key_id, sha256, day, settled_day, "
                         "refusal, receipt, sealed, 1 FROM outbox WHERE seq = ?",
        {seq}, [&](Row const& found) { row = rescued_from(found); });
    if (read && !row) return {};  // a number that was purged or never given
    if (!read || !row->whole()) {
        if (report_.countable || row) ++report_.lost;
        return {};
    }
    auto added = fresh.run(
        "INSERT OR IGNORE INTO outbox (seq, id, kind, state, attempts, next_due, key_id, sha256, "
        "day, settled_day, refusal, receipt, sealed, offered) "
        "VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)",
        {seq, base::ByteView{row->id}, std::string_view{row->kind}, row->state, row->attempts,
         base::ByteView{row->key_id}, base::ByteView{row->sha256}, std::string_view{row->day},
         or_null<std::string, std::string_view>(row->settled_day),
         or_null<std::int64_t, std::int64_t>(row->refusal),
         or_null<std::string, std::string_view>(row->receipt),
         row->has_body ? Argument{base::ByteView{row->sealed}} : Argument{nullptr}, row->offered});
    if (!added) return failure(added.error());
    ++report_.restored;
    return knows_outcome_ ? carry_over_outcome(fresh, seq) : base::Result<void>{};
}

// It was counted in the ledger; without it the request would be awaited for ever.
base::Result<void> Salvage::carry_over_outcome(Database& fresh, std::int64_t seq) {
    base::Result<int> kept = 0;
    static_cast<void>(
        damaged_->each("SELECT outcome FROM outbox WHERE seq = ? AND outcome IS NOT NULL", {seq},
                       [&](Row const& row) {
                           kept = fresh.run("UPDATE outbox SET outcome = ? WHERE seq = ?",
                                            {std::string_view{row.text(0)}, seq});
                       }));
    if (!kept) return failure(kept.error());
    return {};
}

base::Result<void> Salvage::step(Database& fresh, int rows) {
    auto const end = std::min(last_ + 1, next_ + rows);
    auto const before = report_;
    if (next_ < end) {
        auto done = fresh.transaction([&]() -> base::Result<void> {
            for (auto seq = next_; seq < end; ++seq)
                if (auto carried = carry_over(fresh, seq); !carried) return carried;
            return {};
        });
        if (!done) {
            report_ = before;  // the same rows come again
            return failure(done.error());
        }
        next_ = end;
    }
    return {};
}

base::Result<void> Salvage::finish() {
    json const report{
        {"restored", report_.restored}, {"lost", report_.lost}, {"countable", report_.countable}};
    if (auto written = write_durably(folder_ / report_name, report.dump() + "\n"); !written)
        return failure(written.error());
    // What was carried over whole need not lie about twice; else a technician may look at it.
    damaged_.reset();
    if (report_.lost == 0 && report_.countable) {
        std::error_code code;
        for (auto const& suffix : {"", "-wal"})
            fs::remove(folder_ / (database_ + suffix), code);
    }
    return {};
}

Quarantine Quarantine::read(fs::path const& folder) {
    Quarantine quarantine;
    std::error_code code;
    for (auto const* name : quarantine_names)
        for (auto const& entry : fs::directory_iterator{folder / name, code}) {
            // Made for a file that then could not be moved.
            if (fs::is_empty(entry.path(), code)) continue;
            if (auto const content = base::read_file(entry.path() / report_name))
                quarantine.reports.push_back(report_from(*content));
            else
                quarantine.unfinished.push_back(entry.path());
        }
    std::ranges::sort(quarantine.unfinished);
    return quarantine;
}

}  // namespace spooler
