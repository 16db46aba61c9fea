// A scripted patient who enrols through the robot: every screen on the way becomes a picture, and
// what the intake received is opened beside them.
#pragma once

#include "kiosk/desk/desk.hpp"

namespace desk {

struct TourReport {
    int screens = 0;
    std::chrono::milliseconds card_to_recorded{};
    std::string request_id;
};

// Empties the folder first, then writes NN-state.png, request.xml, card.json and evidence.json.
base::Result<TourReport> tour(Desk& desk, std::filesystem::path const& output);

}  // namespace desk
