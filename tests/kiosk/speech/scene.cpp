#include "tests/kiosk/speech/scene.hpp"

#include "drivers/base/eventually.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace speech {
namespace {

using namespace std::chrono_literals;
constexpr auto patience = 30s;

}  // namespace

Scene::Scene() {
    std::string pattern = std::filesystem::temp_directory_path() / "dmp-speech-XXXXXX";
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder = pattern;
    options.audio.driver = "disk";
    options.audio.device = folder / "played.raw";
}

Scene::~Scene() {
    speaker_.reset();
    std::filesystem::remove_all(folder);
}

Speaker& Scene::begin() {
    return speaker_.emplace(
        options,
        SpeakerHooks{
            .finished = [this](Finished finished) { told_.post(std::move(finished)); },
            .status = [this](base::Result<void> status) { told_.post(std::move(status)); }});
}

std::vector<std::int16_t> Scene::played() {
    speaker_.reset();
    std::ifstream file{options.audio.device, std::ios::binary};
    std::vector<std::int16_t> samples(std::filesystem::file_size(options.audio.device) / 2);
    file.read(reinterpret_cast<char*>(samples.data()),
              static_cast<std::streamsize>(samples.size() * 2));
    return samples;
}

void Scene::take() {
    for (auto& told : told_.take()) {
        if (auto* finished = std::get_if<Finished>(&told))
            finished_.push_back(std::move(*finished));
        else
            statuses_.push_back(std::get<base::Result<void>>(std::move(told)));
    }
}

Finished Scene::await(Ticket ticket) {
    std::vector<Finished>::iterator found;
    REQUIRE(base::eventually(
        [&] {
            take();
            found = std::ranges::find(finished_, ticket, &Finished::ticket);
            return found != finished_.end();
        },
        patience));
    auto result = std::move(*found);
    finished_.erase(found);
    return result;
}

base::Result<void> Scene::await_status() {
    REQUIRE(base::eventually([&] { return has_status(); }, patience));
    auto result = std::move(statuses_.front());
    statuses_.erase(statuses_.begin());
    return result;
}

bool Scene::has_status() {
    take();
    return !statuses_.empty();
}

bool Scene::has_finished() {
    take();
    return !finished_.empty();
}

void Scene::await_buffers(std::uint64_t count) {
    auto const begun = speaker_->figures().buffers;
    REQUIRE(
        base::eventually([&] { return speaker_->figures().buffers >= begun + count; }, patience));
}

void Scene::await_sound() {
    ++heard_;
    REQUIRE(base::eventually([&] { return speaker_->figures().heard >= heard_; }, patience));
}

int peak(std::vector<std::int16_t> const& samples) {
    int result = 0;
    for (auto const sample : samples)
        result = std::max(result, std::abs(int{sample}));
    return result;
}

}  // namespace speech
