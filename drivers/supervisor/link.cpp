#include "drivers/supervisor/link.hpp"

#include "drivers/supervisor/names.hpp"

#include <algorithm>

namespace supervisor {

using base::Errc;
using base::failure;
using base::Result;

namespace {

constexpr int most_tries = 3;
constexpr std::chrono::milliseconds longest_answer{250};
// A line that is flooded must not fill our memory; the status tells all that matters anyway.
constexpr std::size_t most_notices = 64;

bool is_notice(Frame const& frame) {
    return (frame.type & answer_bit) == 0 && (frame.type & event_bit) != 0;
}

bool answers(Frame const& frame, Frame const& question) {
    if (frame.sequence != question.sequence) return false;
    if (frame.type == not_acknowledged) return frame.size >= 2 && frame.payload[0] == question.type;
    return frame.type == (question.type | answer_bit);
}

}  // namespace

Result<Frame> Link::ask(Request request, base::ByteView payload) {
    Frame question{static_cast<std::uint8_t>(request),
                   ++sequence_,
                   static_cast<std::uint8_t>(payload.size()),
                   {}};
    if (payload.size() > longest_payload)
        return failure(Errc::protocol_violated, "a question too long for a frame");
    std::ranges::copy(payload, question.payload);
    FrameWriter const wire{question};
    for (int i = 0; i < most_tries; ++i) {
        if (auto written = port_.write({wire.begin(), wire.end()}); !written)
            return failure(written.error());
        auto answer = answer_to(question, Clock::now() + longest_answer);
        if (!answer) return failure(answer.error());
        if (!*answer) continue;
        if ((*answer)->type == not_acknowledged)
            return failure(Errc::refused, describe_refusal(request, (*answer)->payload[1]));
        return **answer;
    }
    return failure(Errc::timed_out, "the supervision board does not answer");
}

Result<std::optional<Frame>> Link::answer_to(Frame const& question, Clock::time_point until) {
    for (;;) {
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
        if (left.count() <= 0) return std::nullopt;
        auto bytes = port_.read(left);
        if (!bytes) return failure(bytes.error());
        std::optional<Frame> answer;
        for (auto const byte : *bytes) {
            if (!reader_.take(byte)) continue;
            if (answers(reader_.frame(), question)) answer = reader_.frame();
            keep_notice(reader_.frame());
        }
        if (answer) return answer;
    }
}

Result<void> Link::listen(std::chrono::milliseconds timeout) {
    auto bytes = port_.read(timeout);
    if (!bytes) return failure(bytes.error());
    for (auto const byte : *bytes)
        if (reader_.take(byte)) keep_notice(reader_.frame());
    return {};
}

void Link::keep_notice(Frame const& frame) {
    if (is_notice(frame) && notices_.size() < most_notices) notices_.push_back(frame);
}

}  // namespace supervisor
