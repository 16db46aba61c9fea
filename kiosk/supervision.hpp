// dmp-kiosk and its supervision board: who is told of whom, and in whose words.
#pragma once

#include "kiosk/journey/lights.hpp"
#include "kiosk/settings.hpp"
#include "kiosk/workers/supervisor_worker.hpp"

#include <memory>

namespace kiosk {

// Nothing at a site without a board. Posts to `facts`, which must outlive the worker; when the UI
// thread hangs and the board wants a restart, the worker ends this program.
std::unique_ptr<workers::SupervisorWorker> watch_over(Settings const& settings,
                                                      workers::Mailbox<workers::Fact>& facts);

supervisor::SlotLight for_board(journey::SlotLight light);
supervisor::StatusLight for_board(journey::StatusLight light);

}  // namespace kiosk
