// The spooler without socket, thread or loop, on a clock that is told.
#pragma once

#include "kiosk/spooler/spooler.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

namespace spooler_test {

struct Running {
    TestClock clock;
    TemporaryFolder folder;
    double random = 0.5;
    std::optional<spooler::Spooler> spooler;

    explicit Running(std::string const& limits = "") {
        write_configuration(folder.path(), "https://intake.example.org", "19:00", limits);
        restart();
    }

    void restart() {
        spooler.reset();
        auto const settings = spooler::Settings::read(folder / "spooler.toml");
        REQUIRE(settings);
        auto opened = spooler::Spooler::open(*settings, clock, [this] { return random; });
        REQUIRE(opened);
        spooler.emplace(std::move(*opened));
    }
    void advance(std::chrono::milliseconds by) {
        clock.advance(by);
        spooler->tick();
    }
    void open_day() { REQUIRE(spooler->open_day("A1")); }
    spooler::SealedRequest enqueue() {
        auto request = sealed_request();
        REQUIRE(spooler->enqueue(request));
        return request;
    }
    // Takes what is to be sent and answers all of it the same way.
    std::size_t deliver(spooler::Delivery::Result result, std::string const& detail = "",
                        int status = 0,
                        std::optional<std::chrono::seconds> retry_after = std::nullopt) {
        auto const parcels = spooler->to_send();
        std::vector<spooler::Delivery> deliveries;
        for (auto const& parcel : parcels) {
            bool const stopped = !deliveries.empty() && deliveries.front().stops_queue();
            deliveries.push_back({.id = parcel.id,
                                  .result = stopped ? spooler::Delivery::Result::not_sent : result,
                                  .receipt = "receipt",
                                  .status = status,
                                  .detail = detail,
                                  .retry_after = retry_after});
        }
        spooler->note(deliveries);
        return parcels.size();
    }
    spooler::Status status() {
        auto status = spooler->status();
        REQUIRE(status);
        return *status;
    }
};

template <class T>
spooler::Refusal why(spooler::Answer<T> const& answer) {
    REQUIRE_FALSE(answer);
    return answer.error().why;
}

}  // namespace spooler_test
