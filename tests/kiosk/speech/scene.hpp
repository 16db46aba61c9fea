// A speaker whose sound goes into a file, at the pace of a real device.
#pragma once

#include "kiosk/speech/speaker.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace speech {

struct Scene {
    Scene();
    ~Scene();
    Scene(Scene const&) = delete;
    Scene& operator=(Scene const&) = delete;

    std::filesystem::path folder;
    SpeakerOptions options;  // SDL's "disk" driver; to be changed before begin()

    Speaker& begin();  // without waiting for its status
    // Ends the speaker; what its device played.
    std::vector<std::int16_t> played();

    Finished await(Ticket ticket);
    base::Result<void> await_status();
    bool has_status();
    bool has_finished();  // something that was not awaited

    // Until so many more buffers were played.
    void await_buffers(std::uint64_t count);
    // Until one more of the things said is heard.
    void await_sound();

  private:
    void take();

    using Told = std::variant<Finished, base::Result<void>>;
    workers::Mailbox<Told> told_;
    std::vector<Finished> finished_;
    std::vector<base::Result<void>> statuses_;
    std::uint64_t heard_ = 0;
    std::optional<Speaker> speaker_;
};

int peak(std::vector<std::int16_t> const& samples);

}  // namespace speech
