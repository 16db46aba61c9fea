#include "tests/kiosk/spooler/fakes.hpp"

#include "kiosk/crypto/base64.hpp"
#include "kiosk/spooler/schema.hpp"
#include "tests/kiosk/spooler/pki.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <random>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace spooler_test {
namespace {

// The log of the daemon under test would hide what the tests say.
[[maybe_unused]] bool const quiet = [] {
    spdlog::set_level(spdlog::level::off);
    return true;
}();

void use_time_of_paris() {
    // Written out, so that the zone files need not be installed.
    [[maybe_unused]] static bool const done = [] {
        ::setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
        ::tzset();
        return true;
    }();
}

}  // namespace

spooler::CalendarTime local_time(int year, int month, int day, int hour, int minute) {
    use_time_of_paris();
    std::tm fields{};
    fields.tm_year = year - 1900;
    fields.tm_mon = month - 1;
    fields.tm_mday = day;
    fields.tm_hour = hour;
    fields.tm_min = minute;
    fields.tm_isdst = -1;
    return spooler::CalendarTime{std::chrono::seconds{std::mktime(&fields)}};
}

TemporaryFolder::TemporaryFolder(On on) {
    fs::path const memory = "/dev/shm";
    auto const parent = on == On::memory && ::access(memory.c_str(), W_OK) == 0
                            ? memory
                            : fs::temp_directory_path();
    auto pattern = (parent / "spooler-XXXXXX").native();
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code code;
    fs::remove_all(path_, code);
}

spooler::SealedRequest sealed_request(std::size_t size) {
    static std::mt19937_64 noise{20260617};
    base::Bytes sealed(size);
    std::ranges::generate(sealed, [] { return static_cast<std::uint8_t>(noise()); });
    auto const hash = crypto::sha256(sealed);
    return {crypto::Uuid::random(), "creation", {0xAB, 0xCD}, hash, std::move(sealed)};
}

std::string enqueue_line(spooler::SealedRequest const& request) {
    return nlohmann::json{{"do", "enqueue"},
                          {"id", request.id.text()},
                          {"kind", request.kind},
                          {"key_id", base::to_hex(request.key_id)},
                          {"sha256", base::to_hex(request.sha256)},
                          {"sealed", crypto::to_base64(request.sealed)}}
        .dump();
}

spooler::Database database_in(fs::path const& folder, std::int64_t most_pages) {
    auto database = spooler::Database::open(folder / "outbox.db", most_pages);
    if (!database || !spooler::lay_out(*database)) std::abort();
    return std::move(*database);
}

spooler::RoomLimits small_room() { return {64, 0, 0}; }

std::string content_of(fs::path const& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

void write(fs::path const& file, std::string_view content) {
    std::ofstream stream{file, std::ios::binary | std::ios::trunc};
    stream.write(content.data(), static_cast<std::streamsize>(content.size()));
}

int occurrences(fs::path const& folder, base::ByteView bytes) {
    auto const wanted = base::to_text(bytes);
    int count = 0;
    for (auto const& entry : fs::recursive_directory_iterator{folder}) {
        if (!entry.is_regular_file()) continue;
        auto const content = content_of(entry.path());
        for (auto at = content.find(wanted); at != std::string::npos;
             at = content.find(wanted, at + 1))
            ++count;
    }
    return count;
}

fs::path write_configuration(fs::path const& folder, std::string const& intake_url,
                             std::string const& closing_hour, std::string const& more) {
    std::string authors;
    for (auto const* id : {"A1", "A2"})
        authors += std::string{"[[authors]]\nid = \""} + id +
                   "\"\nfamily_name = \"EXEMPLE\"\ngiven_name = \"Luc\"\n"
                   "structure_id = \"1750000001\"\nstructure_name = \"Caisse\"\n";
    write(folder / "authors.toml", authors);
    auto const file = folder / "spooler.toml";
    write(file, "socket = \"socket\"\ndata = \"data\"\nkiosk = \"" + std::string{kiosk_name} +
                    "\"\nauthors = \"authors.toml\"\nclosing_hour = \"" + closing_hour +
                    "\"\n[intake]\nurl = \"" + intake_url + "\"\nca_certificate = \"" +
                    pki().authority.native() + "\"\nclient_key = \"" + pki().client_key.native() +
                    "\"\nclient_certificate = \"" + pki().client_certificate.native() +
                    "\"\nreceipt_key = \"" + pki().receipt_public.native() +
                    "\"\n[limits]\nleast_free_mib = 0\nballast_mib = 0\n" + more);
    return file;
}

}  // namespace spooler_test
