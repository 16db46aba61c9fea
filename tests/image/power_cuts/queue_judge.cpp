#include "tests/image/power_cuts/queue_judge.hpp"

#include "drivers/base/eventually.hpp"
#include "drivers/base/line_client.hpp"
#include "drivers/base/process.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <algorithm>
#include <csignal>

#include <nlohmann/json.hpp>
#include <unistd.h>

namespace power_cuts {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using base::Errc;
using nlohmann::json;

constexpr auto patience = 20s;

// As the machine's own tmpfiles.d does at its start.
bool give_to_us(fs::path const& folder) {
    std::error_code code;
    fs::permissions(folder, fs::perms::owner_all, code);
    bool given = !code && ::lchown(folder.c_str(), ::getuid(), ::getgid()) == 0;
    for (auto const& entry : fs::recursive_directory_iterator{folder})
        given = ::lchown(entry.path().c_str(), ::getuid(), ::getgid()) == 0 && given;
    return given;
}

base::Result<json> ask(base::LineClient& client, json const& question) {
    auto const answer = client.ask(question.dump(), patience);
    if (!answer) return base::failure(answer.error());
    auto parsed = json::parse(*answer, nullptr, false);
    if (!parsed.is_object()) return base::failure(Errc::protocol_violated, *answer);
    return parsed;
}

// Recorded, and not forgotten: whatever became of it since.
bool is_there(json const& answer) {
    auto const state = answer.value("state", "");
    return answer.value("ok", false) && !state.empty() && state != "unknown";
}

}  // namespace

QueueJudge::QueueJudge(fs::path program, fs::path folder)
    : program_(std::move(program)), folder_(std::move(folder)),
      configuration_(spooler_test::write_configuration(folder_, "https://127.0.0.1:1")) {}

base::Result<void> QueueJudge::count(Expected const& expected, Verdict& verdict) const {
    auto const log = folder_ / "log";
    fs::remove(log);
    auto started = base::Process::start({{program_, "run", "--config", configuration_}, {}, log});
    if (!started) return base::failure(started.error());
    auto const is_ready = [&] {
        return spooler_test::content_of(log).find("ready") != std::string::npos;
    };
    if (!base::eventually([&] { return is_ready() || !started->running(); }, patience) ||
        !is_ready())
        return base::failure(Errc::storage_failed,
                             "dmp-spooler does not start: " + spooler_test::content_of(log));
    auto client = base::LineClient::connect(folder_ / "socket");
    if (!client) return base::failure(client.error());

    std::int64_t present = 0;
    for (auto const& id : expected.acknowledged) {
        auto const answer = ask(*client, {{"do", "ask"}, {"id", id}});
        if (!answer) return base::failure(answer.error());
        if (is_there(*answer)) {
            ++present;
            continue;
        }
        ++verdict.lost;
        verdict.problems.push_back("request " + id + " was acknowledged and is lost");
    }
    for (auto const& id : expected.asked) {
        auto const answer = ask(*client, {{"do", "ask"}, {"id", id}});
        if (!answer) return base::failure(answer.error());
        present += is_there(*answer) ? 1 : 0;
    }
    auto const status = ask(*client, {{"do", "status"}});
    if (!status) return base::failure(status.error());
    auto const balance = status->value("balance", json::object());
    auto const recorded = balance.value("recorded", std::int64_t{-1});
    if (recorded > present) {
        verdict.doubled += static_cast<int>(recorded - present);
        verdict.problems.push_back(std::to_string(recorded) + " requests are recorded, of which " +
                                   std::to_string(present) + " were asked for");
    }
    if (!balance.value("balanced", false) || balance.value("damaged", std::int64_t{-1}) != 0)
        verdict.problems.push_back("the balance does not hold: " + balance.dump());
    started->signal(SIGKILL);  // nothing of it is needed any more
    return started->wait(patience).map([](int) {});
}

void QueueJudge::judge(Expected const& expected, Verdict& verdict) const {
    if (!fs::exists(data())) {
        if (expected.acknowledged.empty()) return;
        verdict.lost += static_cast<int>(expected.acknowledged.size());
        verdict.problems.push_back("the outbox is gone, with all that it held");
        return;
    }
    base::Result<void> const counted =
        give_to_us(data()) ? count(expected, verdict)
                           : base::failure(Errc::system_failed, "the outbox cannot be taken over");
    if (!counted) {
        verdict.lost += static_cast<int>(expected.acknowledged.size());
        verdict.problems.push_back(base::describe(counted.error()));
    }
    std::error_code code;
    fs::remove_all(data(), code);
}

}  // namespace power_cuts
