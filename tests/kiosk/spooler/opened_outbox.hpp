// An outbox on a file of its own, and what to look for in that file.
#pragma once

#include "kiosk/spooler/outbox.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

namespace spooler_test {

struct OpenedOutbox {
    TestClock clock;
    TemporaryFolder folder;
    spooler::Database database = database_in(folder.path());
    spooler::Outbox outbox{database, clock};

    spooler::SealedRequest enqueue() {
        auto request = sealed_request();
        REQUIRE(outbox.enqueue(request));
        return request;
    }
};

// A body is scattered over pages of 4 KiB: its middle stands in one of them.
inline base::ByteView piece_of(spooler::SealedRequest const& request) {
    return base::ByteView{request.sealed}.subspan(request.sealed.size() / 2, 48);
}

}  // namespace spooler_test
