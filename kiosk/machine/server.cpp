#include "kiosk/machine/server.hpp"

#include "kiosk/config/authors.hpp"
#include "kiosk/machine/answers.hpp"

#include <cerrno>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace machine {
namespace {

using base::Errc;

constexpr int last_words_ms = 500;
constexpr std::size_t longest_said = 400;

base::Admission admission(Settings const& settings) {
    return {{settings.kiosk_user},
            [](base::Peer const& peer) { spdlog::warn("user {} was turned away", peer.user); }};
}

// Root, or whoever runs this program on a desk.
bool is_root(uid_t user) { return user == 0 || user == ::geteuid(); }

std::string who(Request const& request, uid_t user) {
    return fmt::format("user {}{}{}", user, request.as.empty() ? "" : " as ", request.as);
}

Refusal refusal_of(base::Error const& error) {
    return {error.code == Errc::refused ? Refusal::Why::refused : Refusal::Why::failed,
            error.detail.empty() ? std::string{name(error.code)} : error.detail};
}

bool takes_machine_down(Verb verb) {
    return verb == Verb::restart || verb == Verb::power_off || verb == Verb::switch_slot;
}

}  // namespace

Server::Server(base::Descriptor listener, Settings settings, base::Descriptor const& stop)
    : settings_(std::move(settings)), stop_(stop), programs_(stop.number()),
      server_(base::LineServer::adopt(std::move(listener), longest_line, admission(settings_))) {}

Server::~Server() {
    if (running_) running_->thread.join();
}

base::Result<void> Server::run() {
    for (;;) {
        std::vector<pollfd> polled{{stop_.number(), POLLIN, 0}, {news_.descriptor(), POLLIN, 0}};
        server_.add_to(polled);
        bool const idle = !running_ && !server_.has_clients();
        auto const limit =
            idle ? static_cast<int>(std::chrono::milliseconds{settings_.idle}.count()) : -1;
        auto const ready = ::poll(polled.data(), polled.size(), limit);
        if (ready < 0 && errno != EINTR) return base::failure(base::system_error("poll"));
        if (ready == 0) return {};
        server_.serve([this](Client client, std::string_view line) { answer(client, line); });
        for (auto const& news : news_.take())
            take(news);
        if (polled[0].revents == 0) continue;
        // What it runs is being ended too.
        if (running_) running_->thread.join();
        for (auto const& news : news_.take())
            take(news);
        server_.flush(last_words_ms);
        return {};
    }
}

void Server::answer(Client client, std::string_view line) {
    auto const refuse = [&](Refusal const& refusal) {
        server_.send(client, refusal_line(refusal));
    };
    auto const peer = server_.peer(client);
    if (!peer) return;
    auto request = parse_request(line);
    if (!request) return refuse(request.error());
    auto const& row = row_of(request->verb);
    if (auto const refusal = judge(*request, *peer)) {
        spdlog::warn("{} for {}: {}", row.name, who(*request, peer->user), refusal->detail);
        return refuse(*refusal);
    }
    if (!running_ && !going_down_) return begin(std::move(*request), peer->user, client);
    if (request->verb == Verb::status) return server_.send(client, done_line(running_sentence()));
    refuse({Refusal::Why::busy, running_sentence()});
}

std::optional<Refusal> Server::judge(Request const& request, base::Peer const& peer) const {
    auto const& row = row_of(request.verb);
    if (!is_root(peer.user) && row.askers != Askers::kiosk)
        return Refusal{Refusal::Why::refused, fmt::format("{}: only for root", row.name)};
    if (row.named == Named::nobody) return std::nullopt;
    auto const authors = config::read_authors(settings_.authors);
    if (!authors) return Refusal{Refusal::Why::failed, authors.error().detail};
    if (config::find_author(*authors, request.as)) return std::nullopt;
    return Refusal{Refusal::Why::unknown_author,
                   fmt::format("{}: not in the list of authors", request.as)};
}

void Server::begin(Request request, uid_t user, Client client) {
    spdlog::info("{} for {}: begins", row_of(request.verb).name, who(request, user));
    running_.emplace(Running{request, user, client, {}, {}});
    running_->thread = std::thread{[this, request = std::move(request)] {
        Act const act{request, settings_, programs_, [this](std::string_view text) {
                          news_.post(std::string{text.substr(0, longest_said)});
                      }};
        news_.post(perform(act));
    }};
}

void Server::take(News const& news) {
    if (auto const* outcome = std::get_if<Outcome>(&news)) return end(*outcome);
    running_->last = std::get<std::string>(news);
    server_.send(running_->client, progress_line(running_->last));
}

void Server::end(Outcome const& outcome) {
    if (running_->thread.joinable()) running_->thread.join();
    auto const& row = row_of(running_->request.verb);
    auto const asked = who(running_->request, running_->user);
    if (outcome) {
        spdlog::info("{} for {}: done", row.name, asked);
        server_.send(running_->client, done_line(*outcome));
        if (takes_machine_down(row.verb)) going_down_ = row.verb;
    } else {
        auto const refusal = refusal_of(outcome.error());
        spdlog::error("{} for {}: {}: {}", row.name, asked, name(refusal.why), refusal.detail);
        server_.send(running_->client, refusal_line(refusal));
    }
    running_.reset();
}

std::string Server::running_sentence() const {
    if (!running_) return fmt::format("{}: the machine goes down", row_of(*going_down_).name);
    auto text = fmt::format("{} is under way, for {}", row_of(running_->request.verb).name,
                            who(running_->request, running_->user));
    if (!running_->last.empty()) text += ": " + running_->last;
    return text;
}

}  // namespace machine
