#include "drivers/simulator/fault.hpp"

namespace simulator {

std::optional<Fault::Kind> fault_kind(std::string_view name) {
    using enum Fault::Kind;
    if (name == "remove") return remove;
    if (name == "status") return status;
    if (name == "delay") return delay;
    if (name == "silence") return silence;
    if (name == "garbage") return garbage;
    if (name == "truncate") return truncate;
    return std::nullopt;
}

void FaultPlan::order(std::optional<Fault> fault) {
    faults_.clear();
    if (fault) faults_.push_back(*fault);
}

std::optional<Fault> FaultPlan::strike() {
    if (faults_.empty()) return std::nullopt;
    auto& next = faults_.front();
    if (next.after_apdus > 0) {
        --next.after_apdus;
        return std::nullopt;
    }
    auto const fault = next;
    if (fault.times == 1)
        faults_.pop_front();
    else if (fault.times > 1)
        --next.times;
    return fault;
}

base::Bytes garbled(base::Bytes response) {
    std::uint32_t noise = 0x2545F491;
    for (std::size_t i = 0; i + 2 < response.size(); ++i) {
        noise = noise * 1664525 + 1013904223;
        // An odd mask: no byte survives.
        response[i] = static_cast<std::uint8_t>(response[i] ^ (noise >> 24 | 1));
    }
    return response;
}

}  // namespace simulator
