#include "kiosk/machine/slots.hpp"

#include <nlohmann/json.hpp>

namespace machine {

using nlohmann::json;

base::Result<Slots> read_slots(std::string_view text) {
    auto const status = json::parse(text, nullptr, false);
    try {
        Slots slots{status.at("booted").get<std::string>(), {}, false};
        auto const& primary = status.at("boot_primary");
        if (!primary.is_string()) return slots;
        // An array of objects with one member each, named as the slot.
        for (auto const& entry : status.at("slots"))
            for (auto const& [name, slot] : entry.items()) {
                if (name != primary.get<std::string>()) continue;
                slots.next = slot.at("bootname").get<std::string>();
                slots.next_is_good = slot.value("boot_status", "") == "good";
            }
        return slots;
    } catch (json::exception const& problem) {
        return base::failure(base::Errc::protocol_violated,
                             std::string{"rauc's status is not understood: "} + problem.what());
    }
}

}  // namespace machine
