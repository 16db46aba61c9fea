#include "kiosk/self_proof.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/error.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t questions = 10;
constexpr auto between_questions = 1s;
// Attract comes when reader and spooler have spoken. A kiosk that is closed for want of one of them
// is asked too.
constexpr auto patience_for_attract = 30s;

}  // namespace

SelfProof::SelfProof(std::filesystem::path file) : file_(std::move(file)) {
    if (!file_.empty()) ::unlink(file_.c_str());
}

bool SelfProof::asks(Clock::time_point now) {
    if (!next_question_ || now < *next_question_ || asked_at_) return false;
    asked_at_ = now;
    return true;
}

void SelfProof::drew(Seen const& seen, Clock::time_point now) {
    if (file_.empty()) return;
    auto const before = seen_;
    auto const shown_attract = seen_.attract || seen.attract;
    seen_ = seen;
    seen_.attract = shown_attract;
    if (!first_frame_) {
        first_frame_ = now;
        next_question_ = now + patience_for_attract;
    }
    if (seen_.attract && answers_.empty() && !asked_at_)
        next_question_ = std::min(*next_question_, now + between_questions);
    if (heard_) {
        answers_.push_back(std::chrono::ceil<std::chrono::milliseconds>(now - *asked_at_));
        // In step with the questions, however long an answer took.
        next_question_ = std::max(*next_question_, *asked_at_) + between_questions;
        heard_ = false;
        asked_at_.reset();
        if (answers_.size() < questions) return;
        next_question_.reset();
        return write();
    }
    if (answers_.size() == questions && seen_ != before) write();
}

std::optional<SelfProof::Clock::time_point> SelfProof::due() const {
    if (asked_at_) return std::nullopt;
    return next_question_;
}

void SelfProof::write() const {
    nlohmann::json proof{{"version", 1},
                         {"attract", seen_.attract},
                         {"closed_for", nullptr},
                         {"answers_ms", nlohmann::json::array()},
                         {"reader", seen_.has_reader ? "present" : "absent"},
                         {"recording", seen_.can_record ? "possible" : "impossible"}};
    if (!seen_.closed_for.empty()) proof["closed_for"] = seen_.closed_for;
    for (auto const answer : answers_)
        proof["answers_ms"].push_back(answer.count());
    if (!base::replace_file(file_, proof.dump() + "\n"))
        spdlog::error("proof: {}", base::describe(base::system_error(file_.native())));
}

}  // namespace kiosk
