// In whose name the kiosk enrols today. It is stored, so that it survives a restart and a power
// cut, and it ends by itself at the site's closing hour.
#pragma once

#include "kiosk/spooler/calendar.hpp"
#include "kiosk/spooler/database.hpp"

namespace spooler {

struct OpenDay {
    std::string author;  // id in the list of authors
    CalendarTime opened_at;
    CalendarTime closes_at;

    bool operator==(OpenDay const&) const = default;
};

class Opening {
  public:
    // Reads what is stored; the tables are laid out.
    static base::Result<Opening> open(Database& database, Clock const& clock, ClosingHour closing);

    // Replaces whoever opened before. Opened after the closing hour, it lasts until the next one.
    base::Result<OpenDay> begin(std::string_view author);
    base::Result<void> end();

    // What is open now, by the clock.
    std::optional<OpenDay> current() const;

    // Forgets an opening whose hour has come; whether there was one.
    base::Result<bool> end_if_due();

  private:
    Opening(Database& database, Clock const& clock, ClosingHour closing)
        : database_(&database), clock_(&clock), closing_(closing) {}

    Database* database_;
    Clock const* clock_;
    ClosingHour closing_;
    std::optional<OpenDay> day_;
};

}  // namespace spooler
