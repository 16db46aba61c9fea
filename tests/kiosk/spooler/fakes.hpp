// What the tests of the spooler give it instead of the world: a clock that is told, a folder that
// goes away, requests made of noise, and settings that fit together.
#pragma once

#include "kiosk/spooler/settings.hpp"
#include "kiosk/spooler/storage.hpp"

#include <atomic>

namespace spooler_test {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// Local time of the tests is that of Paris, wherever they run.
spooler::CalendarTime local_time(int year, int month, int day, int hour, int minute);

class TestClock : public spooler::Clock {
  public:
    explicit TestClock(spooler::CalendarTime now = local_time(2026, 6, 17, 9, 30))
        : calendar_(now) {}

    spooler::CalendarTime calendar() const override { return calendar_; }
    spooler::BootTime since_boot() const override { return boot_; }

    void advance(std::chrono::milliseconds by) {
        boot_ = boot_.load() + by;
        calendar_ = calendar_.load() + std::chrono::floor<std::chrono::seconds>(by);
    }
    void set_calendar(spooler::CalendarTime now) { calendar_ = now; }

  private:
    std::atomic<spooler::CalendarTime> calendar_;
    std::atomic<spooler::BootTime> boot_{1h};
};

// In memory where an fsync proves nothing and only takes time; on the disk otherwise.
enum class On : std::uint8_t { memory, disk };

class TemporaryFolder {
  public:
    explicit TemporaryFolder(On on = On::memory);
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    ~TemporaryFolder();

    fs::path const& path() const { return path_; }
    fs::path operator/(std::string const& name) const { return path_ / name; }

  private:
    fs::path path_;
};

// Random bytes under a new id: what a sealed request looks like to whoever cannot open it.
spooler::SealedRequest sealed_request(std::size_t size = 8192);

// The line that asks for it to be recorded.
std::string enqueue_line(spooler::SealedRequest const& request);

spooler::RoomLimits small_room();

// A file with its tables.
spooler::Database database_in(fs::path const& folder, std::int64_t most_pages = 16384);

std::string content_of(fs::path const& file);
void write(fs::path const& file, std::string_view content);

// How often the bytes occur in all files of a folder.
int occurrences(fs::path const& folder, base::ByteView bytes);

// Writes a whole configuration with keys, certificates and two authors (A1 and A2) into the folder
// and returns the file. `more` may add lines at its end, in [limits].
fs::path write_configuration(fs::path const& folder, std::string const& intake_url,
                             std::string const& closing_hour = "19:00",
                             std::string const& more = "");

}  // namespace spooler_test
