#include "kiosk/spooler/protocol.hpp"
#include "tests/fuzz/answer.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <unistd.h>

namespace fuzz {
namespace {

struct Running {
    spooler_test::TestClock clock;
    spooler_test::TemporaryFolder folder;
    spooler::Spooler spooler = open();

    spooler::Spooler open() {
        auto const settings = spooler::Settings::read(
            spooler_test::write_configuration(folder.path(), "https://intake.example.org"));
        promise(settings.has_value(), "the settings of the test are read");
        auto opened = spooler::Spooler::open(*settings, clock, [] { return 0.5; });
        promise(opened.has_value(), "the spooler of the test opens");
        promise(opened->open_day("A1").has_value(), "the day of the test opens");
        return std::move(*opened);
    }
};

}  // namespace

bool read_spooler_line(base::ByteView input) {
    static Running running;
    auto const reply = spooler::reply_to(running.spooler, base::to_text(input),
                                         base::Peer{::geteuid(), 0, ::getpid()});
    return is_granted(reply.line);
}

}  // namespace fuzz
