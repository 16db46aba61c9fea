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

std::optional<Fault> FaultPlan::strike() {
    if (!fault_) return std::nullopt;
    if (fault_->after_apdus > 0) {
        --fault_->after_apdus;
        return std::nullopt;
    }
    auto const fault = fault_;
    if (fault->times == 1)
        fault_.reset();
    else if (fault->times > 1)
        --fault_->times;
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
