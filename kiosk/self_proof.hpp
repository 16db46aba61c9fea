// How dmp-kiosk shows that its screen works: after its first page it asks itself ten times over ten
// seconds, by an event posted to its own loop, for a fresh frame, and writes down how long each
// took. Nothing changes on the screen, and whoever stands before it is not disturbed. An update is
// judged by it (kiosk/update).
//
// The file is one JSON object, replaced as a whole:
//   {"version":1, "attract":true, "closed_for":null, "answers_ms":[10 numbers],
//    "reader":"present"|"absent", "recording":"possible"|"impossible"}
// `attract`: that screen was drawn since the start; else closed_for is the code of the trouble that
// the screen shows, if it shows one. What changes later (the reader comes) is written anew.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

class SelfProof {
  public:
    using Clock = std::chrono::steady_clock;

    // What the frame that was just drawn shows, and what is known.
    struct Seen {
        bool attract = false;
        std::string closed_for;  // empty: no trouble is shown
        bool has_reader = false;
        bool can_record = false;

        bool operator==(Seen const&) const = default;
    };

    // An empty path: nobody wants a proof, and nothing is done. What an earlier start of the
    // program left there is removed: it proves nothing about this one.
    explicit SelfProof(std::filesystem::path file);

    // Whether the next question is to be posted now; it counts from now on.
    bool asks(Clock::time_point now);
    // The question has come out of the mailbox: the next frame is the answer.
    void asked() { heard_ = asked_at_.has_value(); }
    // A frame was drawn.
    void drew(Seen const& seen, Clock::time_point now);

    // When asks() wants to be called next.
    std::optional<Clock::time_point> due() const;

  private:
    void write() const;

    std::filesystem::path file_;
    std::optional<Clock::time_point> first_frame_;
    std::optional<Clock::time_point> next_question_;
    std::optional<Clock::time_point> asked_at_;
    bool heard_ = false;
    std::vector<std::chrono::milliseconds> answers_;
    Seen seen_;
};

}  // namespace kiosk
