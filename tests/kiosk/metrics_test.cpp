#include "kiosk/metrics.hpp"

#include "tests/catch.hpp"

using kiosk::Metrics;
using kiosk::Milliseconds;

TEST_CASE("frames are counted between two snapshots") {
    Metrics metrics;
    metrics.frame_took(Milliseconds{100});
    auto const before = metrics.snapshot(0);
    for (int i = 1; i <= 100; ++i)
        metrics.frame_took(Milliseconds{static_cast<double>(i)});
    auto const frames = metrics.snapshot(0).frames_since(before);
    CHECK(frames.count == 100);
    CHECK(frames.p50.count() == Approx(51));
    CHECK(frames.p99.count() == Approx(100));
    CHECK(before.frames_since(before).count == 0);
}

TEST_CASE("thousands of frames cost bounded memory and the count stays right") {
    Metrics metrics;
    auto const before = metrics.snapshot(0);
    for (int i = 0; i < 20'000; ++i)
        metrics.frame_took(Milliseconds{8});
    auto const after = metrics.snapshot(0);
    CHECK(after.frame_count - before.frame_count == 20'000);
    CHECK(after.frames_ms.size() <= 4096);
    CHECK(after.frames_since(before).p99.count() == Approx(8));
}

TEST_CASE("processor time, wake-ups and memory are those of this process") {
    Metrics metrics;
    auto const before = metrics.snapshot(3);
    double volatile sum = 0;
    for (int i = 0; i < 20'000'000; ++i)
        sum = sum + i;
    auto const after = metrics.snapshot(5);
    CHECK(after.ui_wakeups - before.ui_wakeups == 2);
    CHECK(after.cpu > before.cpu);
    CHECK(after.wall > before.wall);
    CHECK(after.pss_kb > 100);
}
