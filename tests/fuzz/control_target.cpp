#include "drivers/simulator/control.hpp"
#include "drivers/simulator/vpcd_reader.hpp"
#include "tests/fuzz/answer.hpp"
#include "tests/fuzz/targets.hpp"

namespace fuzz {
namespace {

struct Running {
    simulator::Slot slot{
        std::make_unique<simulator::VpcdReader>(simulator::TcpAddress{"127.0.0.1", 1})};
    simulator::Catalogue catalogue = open();
    simulator::Control control{slot, catalogue};

    static simulator::Catalogue open() {
        auto opened = simulator::Catalogue::open(SIMULATOR_PROFILES, std::nullopt);
        promise(opened.has_value(), "the cards that are shipped are read");
        return std::move(*opened);
    }
};

}  // namespace

bool read_control_line(base::ByteView input) {
    static Running running;
    return is_granted(running.control.answer(base::to_text(input), {}));
}

}  // namespace fuzz
