#include "drivers/base/line_server.hpp"
#include "kiosk/workers/spool_client.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/kiosk/crypto/pki.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace fuzz {
namespace {

using Clock = std::chrono::steady_clock;

// Questions that are on the wire before the spooler says anything: watch, enqueue, withdraw and
// session_started.
constexpr std::size_t questions = 4;
constexpr std::chrono::seconds patience{60};

// A spooler that hears the questions, says the input and hangs up.
class Scene {
  public:
    explicit Scene(std::filesystem::path const& socket)
        : server_(std::move(base::LineServer::listen(socket).value())), client_(socket, facts_) {
        client_.enqueue({id_, dmp::Kind::creation, {1, 2, 3}, {}, "ab"});
        client_.withdraw(order, "ABCD");
        client_.session_started();
    }

    std::vector<workers::Fact> hear(std::string_view input) {
        std::size_t heard = 0;
        base::LineServer::Client kiosk = 0;
        until([&] { return heard == questions; },
              [&] {
                  server_->serve([&](base::LineServer::Client client, std::string_view) {
                      kiosk = client;
                      ++heard;
                  });
              });
        server_->send(kiosk, input);
        server_.reset();
        auto const is_lost = [](workers::Fact const& fact) {
            return std::holds_alternative<workers::StoreLost>(fact);
        };
        std::vector<workers::Fact> facts;
        until([&] { return std::ranges::any_of(facts, is_lost); },
              [&] {
                  for (auto& fact : facts_.take())
                      facts.push_back(std::move(fact));
              });
        return facts;
    }

    static constexpr std::uint64_t order = 7;

  private:
    template <class Done, class Turn>
    void until(Done done, Turn turn) {
        auto const deadline = Clock::now() + patience;
        for (turn(); !done(); turn()) {
            promise(Clock::now() < deadline, "every question ends, at the latest with the spooler");
            std::vector<pollfd> polled{{facts_.descriptor(), POLLIN, 0}};
            if (server_) server_->add_to(polled);
            ::poll(polled.data(), polled.size(), 1000);
        }
    }

    crypto::Uuid id_ = crypto::Uuid::random();
    workers::Mailbox<workers::Fact> facts_;
    std::optional<base::LineServer> server_;
    workers::SpoolClient client_;
};

bool any_line_is_ok(std::string_view input) {
    while (!input.empty()) {
        auto const line = input.substr(0, input.find('\n'));
        auto const answer = nlohmann::json::parse(line, nullptr, false);
        if (answer.is_object() && answer.contains("ok") && answer["ok"] == true) return true;
        input.remove_prefix(std::min(line.size() + 1, input.size()));
    }
    return false;
}

}  // namespace

bool read_spooler_answers(base::ByteView input) {
    static pki::TemporaryFolder const folder;
    auto const text = base::to_text(input);
    auto const facts = Scene{folder.path() / "s"}.hear(text);
    std::size_t answers = 0;
    std::size_t withdrawals = 0;
    bool saved = false;
    for (auto const& fact : facts) {
        bool const is_saved = std::holds_alternative<workers::RequestSaved>(fact);
        saved = saved || is_saved;
        if (is_saved || std::holds_alternative<workers::RequestRefused>(fact) ||
            std::holds_alternative<workers::RequestUnanswered>(fact))
            ++answers;
        if (auto const* answered = std::get_if<workers::WithdrawalAnswered>(&fact)) {
            ++withdrawals;
            promise(answered->order == Scene::order, "an answer belongs to its question");
        }
    }
    promise(answers == 1, "a request handed over is answered once, whatever is said");
    promise(withdrawals == 1, "a reference asked for is answered once, whatever is said");
    promise(!saved || any_line_is_ok(text), "recorded is what the spooler said");
    return saved;
}

}  // namespace fuzz
