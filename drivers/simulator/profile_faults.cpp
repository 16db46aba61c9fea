#include "drivers/simulator/profile_faults.hpp"

#include "drivers/simulator/profile_reading.hpp"

#include <limits>

namespace simulator {
namespace {

using base::failure;
using base::Result;

Result<std::uint32_t> count(ProfileFile& file, std::string const& key, std::uint32_t otherwise) {
    auto const value = file.integer(key, 0, std::numeric_limits<std::int32_t>::max(), otherwise);
    if (!value) return failure(value.error());
    return static_cast<std::uint32_t>(*value);
}

Result<std::uint32_t> read_value(ProfileFile& file, std::string const& key, Fault::Kind kind) {
    switch (kind) {
    case Fault::Kind::status: {
        if (!file.has(key)) return failure(file.error(key, "missing"));
        auto const status = file.status(key, 0);
        if (!status) return failure(status.error());
        return std::uint32_t{*status};
    }
    case Fault::Kind::truncate: return count(file, key, 1);
    case Fault::Kind::delay:
    case Fault::Kind::silence: return count(file, key, 0);
    case Fault::Kind::remove:
    case Fault::Kind::garbage: return 0U;
    }
    return 0U;
}

Result<Fault> read_fault(ProfileFile& file, std::string const& table) {
    auto const name = file.text(table + ".kind");
    if (!name) return failure(name.error());
    auto const kind = fault_kind(*name);
    if (!kind)
        return failure(file.error(table + ".kind",
                                  "must be remove, status, delay, silence, garbage or truncate"));
    Fault fault{.kind = *kind};
    Reading reading;
    reading.into(fault.after_apdus, count(file, table + ".after_apdus", 0));
    reading.into(fault.value, read_value(file, table + ".value", *kind));
    reading.into(fault.times, count(file, table + ".times", 1));
    if (reading.error()) return failure(*reading.error());
    return fault;
}

}  // namespace

Result<std::vector<Fault>> read_faults(ProfileFile& file) {
    std::vector<Fault> faults;
    for (std::size_t i = 0; i < file.count("fault"); ++i) {
        auto const fault = read_fault(file, "fault." + std::to_string(i));
        if (!fault) return failure(fault.error());
        faults.push_back(*fault);
    }
    return faults;
}

}  // namespace simulator
