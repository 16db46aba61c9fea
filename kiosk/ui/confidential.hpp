// Whether words tell something about the person: the one place where that is decided, for all that
// is read aloud.
#pragma once

#include "kiosk/journey/session.hpp"
#include "kiosk/journey/state.hpp"
#include "kiosk/ui/texts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ui {

class Confidential {
  public:
    // What is private in this session, as it is written on screens in these texts.
    Confidential(journey::Session const& session, journey::State state, Texts const& texts);
    Confidential(Confidential const&) = delete;
    Confidential& operator=(Confidential const&) = delete;
    ~Confidential();  // overwrites its copies

    // Everything is where something is typed: the keys passed tell what is typed.
    bool holds(std::string_view words) const;

  private:
    void keep(std::string_view value);

    std::vector<std::string> values_;
    bool typing_;
};

}  // namespace ui
