#include "kiosk/workers/spool_client.hpp"

#include "drivers/base/line_client.hpp"
#include "kiosk/crypto/base64.hpp"

#include <deque>
#include <functional>
#include <optional>

#include <nlohmann/json.hpp>
#include <poll.h>

namespace workers {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

constexpr auto reconnect_after = 500ms;

StoreLevel level_from(json const& status) {
    StoreLevel level;
    level.accepts = status.value("accepts", false);
    if (auto const reason = status.find("reason"); reason != status.end() && reason->is_string())
        level.full = *reason == "full";
    if (auto const day = status.find("day"); day != status.end() && day->is_object()) {
        level.day_open = day->value("open", false);
        if (auto const author = day->find("author"); author != day->end() && author->is_string())
            level.author_id = author->get<std::string>();
    }
    return level;
}

bool said_ok(json const& answer) { return answer.value("ok", false); }

using Withdrawn = WithdrawalAnswered::Result;

Withdrawn withdrawn_from(json const& answer) {
    if (!said_ok(answer))
        return answer.value("error", std::string{}) == "wait" ? Withdrawn::closed
                                                              : Withdrawn::failed;
    auto const state = answer.value("state", std::string{});
    if (state == "cancelled") return Withdrawn::cancelled;
    if (state == "left") return Withdrawn::left;
    return state == "unknown" ? Withdrawn::unknown : Withdrawn::failed;
}

base::Errc errc_of(std::string_view refusal) {
    if (refusal == "full") return base::Errc::storage_full;
    if (refusal == "conflict") return base::Errc::conflict;
    return base::Errc::refused;
}

}  // namespace

// One connection, from its first line to its loss. Answers come in the order of the questions;
// pushed status lines stand between them and are told apart by their "event".
class SpoolClient::Conversation {
  public:
    Conversation(base::LineClient client, Mailbox<Fact>& facts, LedgerSession& session)
        : client_(std::move(client)), facts_(facts), session_(session) {
        say(json{{"do", "watch"}}, [this](json const& answer) { facts_.post(level_from(answer)); });
    }

    ~Conversation() {
        for (auto const& question : questions_)
            if (question.unanswered) facts_.post(*question.unanswered);
        facts_.post(StoreLost{});
    }

    Conversation(Conversation const&) = delete;
    Conversation& operator=(Conversation const&) = delete;

    bool lost() const { return lost_; }
    int descriptor() const { return client_.descriptor(); }

    void operator()(Enqueue const& order) {
        auto const& request = order.request;
        say(
            json{{"do", "enqueue"},
                 {"id", request.id.text()},
                 {"kind", dmp::name(request.kind)},
                 {"key_id", request.key_id},
                 {"sha256", base::to_hex(request.sha256)},
                 {"sealed", crypto::to_base64(request.sealed)}},
            [this, id = request.id](json const& answer) {
                if (said_ok(answer)) return facts_.post(RequestSaved{id});
                auto const reason = answer.value("error", std::string{"failed"});
                facts_.post(RequestRefused{id, {errc_of(reason), "spooler: " + reason}});
            },
            RequestUnanswered{request.id});
    }

    void operator()(Ask const& order) {
        say(
            json{{"do", "ask"}, {"id", order.id.text()}},
            [this, id = order.id](json const& answer) {
                if (!said_ok(answer)) return facts_.post(RequestUnanswered{id});
                if (answer.value("state", std::string{"unknown"}) == "unknown")
                    return facts_.post(
                        RequestRefused{id, {base::Errc::refused, "spooler: id unknown"}});
                facts_.post(RequestSaved{id});
            },
            RequestUnanswered{order.id});
    }

    void operator()(Withdraw const& order) {
        say(
            json{{"do", "withdraw"}, {"reference", order.reference}},
            [this, number = order.order](json const& answer) {
                WithdrawalAnswered fact{number, withdrawn_from(answer)};
                if (fact.result == Withdrawn::left) {
                    auto const id = crypto::Uuid::parse(answer.value("id", std::string{}));
                    if (id)
                        fact.id = *id;
                    else
                        fact.result = Withdrawn::failed;
                }
                facts_.post(fact);
            },
            WithdrawalAnswered{order.order});
    }

    void operator()(Started const&) {
        session_ = {.starting = true};
        say(json{{"do", "session_started"}}, [this](json const& answer) {
            session_.starting = false;
            if (auto const number = answer.find("session");
                number != answer.end() && number->is_number_integer())
                session_.number = number->get<std::int64_t>();
            tell_end();
        });
    }

    void operator()(Ended const& order) {
        session_.ended_as = order.outcome;
        tell_end();
    }

    // A session may end before its number is known, or while no spooler is there.
    void tell_end() {
        if (session_.starting || !session_.ended_as) return;
        if (session_.number)
            say(json{{"do", "session_ended"},
                     {"session", *session_.number},
                     {"outcome", *session_.ended_as}},
                [](json const&) {});
        session_ = {};
    }

    void operator()(Stop const&) {}

    void read() {
        while (!lost_) {
            auto line = client_.receive(0ms);
            if (!line) {
                lost_ = line.error().code != base::Errc::timed_out;
                return;
            }
            // After a line that is no answer nobody knows what the next would belong to.
            auto const answer = json::parse(*line, nullptr, false);
            lost_ = !answer.is_object() || !hear(answer);
        }
    }

  private:
    // A value of the wrong type is the spooler's mistake; nlohmann-json says so by throwing, and
    // the question is still one.
    bool hear(json const& answer) {
        try {
            if (answer.contains("event")) {
                facts_.post(level_from(answer));
            } else if (!questions_.empty()) {
                questions_.front().answered(answer);
                questions_.pop_front();
            }
            return !lost_;
        } catch (json::exception const&) {
            return false;
        }
    }

    struct Question {
        std::function<void(json const&)> answered;
        std::optional<Fact> unanswered;  // what is told when the connection is lost before
    };

    void say(json const& line, std::function<void(json const&)> answered,
             std::optional<Fact> unanswered = std::nullopt) {
        questions_.push_back({std::move(answered), std::move(unanswered)});
        if (!client_.send(line.dump())) lost_ = true;
    }

    base::LineClient client_;
    Mailbox<Fact>& facts_;
    std::deque<Question> questions_;
    LedgerSession& session_;
    bool lost_ = false;
};

SpoolClient::SpoolClient(std::filesystem::path socket, Mailbox<Fact>& facts)
    : thread_([this, path = std::move(socket), &facts] { run(path, facts); }) {}

SpoolClient::~SpoolClient() {
    orders_.post(Stop{});
    thread_.join();
}

void SpoolClient::enqueue(dmp::SealedRequest request) { orders_.post(Enqueue{std::move(request)}); }
void SpoolClient::ask(crypto::Uuid const& id) { orders_.post(Ask{id}); }
void SpoolClient::withdraw(std::uint64_t order, std::string reference) {
    orders_.post(Withdraw{order, std::move(reference)});
}
void SpoolClient::session_started() { orders_.post(Started{}); }
void SpoolClient::session_ended(std::string_view outcome) {
    orders_.post(Ended{std::string{outcome}});
}

void SpoolClient::run(std::filesystem::path const& socket, Mailbox<Fact>& facts) {
    LedgerSession session;
    std::optional<Conversation> conversation;
    auto connect = [&] {
        auto client = base::LineClient::connect(socket);
        if (!client) return;
        session.starting = false;  // its answer was lost with the connection
        conversation.emplace(std::move(*client), facts, session);
        conversation->tell_end();
    };
    connect();
    if (!conversation) facts.post(StoreLost{});
    for (;;) {
        pollfd polled[] = {{orders_.descriptor(), POLLIN, 0},
                           {conversation ? conversation->descriptor() : -1, POLLIN, 0}};
        ::poll(polled, 2, conversation ? -1 : static_cast<int>(reconnect_after.count()));
        for (auto const& order : orders_.take()) {
            if (std::holds_alternative<Stop>(order)) return;
            if (!conversation) connect();
            if (conversation) {
                std::visit(*conversation, order);
            } else if (auto const* request = std::get_if<Enqueue>(&order)) {
                facts.post(RequestRefused{request->request.id,
                                          {base::Errc::connection_lost, "never handed over"}});
            } else if (auto const* ended = std::get_if<Ended>(&order)) {
                session.ended_as = ended->outcome;
            } else if (auto const* question = std::get_if<Ask>(&order)) {
                facts.post(RequestUnanswered{question->id});
            } else if (auto const* withdrawal = std::get_if<Withdraw>(&order)) {
                facts.post(WithdrawalAnswered{withdrawal->order});
            }
        }
        if (!conversation) connect();
        if (conversation) conversation->read();
        if (conversation && conversation->lost()) conversation.reset();
    }
}

}  // namespace workers
