#include "kiosk/robot/robot.hpp"

#include "kiosk/robot/answers.hpp"
#include "kiosk/robot/commands.hpp"
#include "kiosk/robot/tasks.hpp"

#include <spdlog/spdlog.h>

namespace robot {

using base::failure;
using nlohmann::json;

base::Result<std::unique_ptr<Robot>> Robot::listen(std::filesystem::path const& path,
                                                   kiosk::Loop& loop) {
    constexpr std::size_t longest_line = 65536;
    auto server = base::LineServer::listen(
        path, longest_line, {{}, [](base::Peer const& peer) {
                                 spdlog::warn("robot: user {} was turned away", peer.user);
                             }});
    if (!server) return failure(server.error());
    return std::unique_ptr<Robot>{new Robot{std::move(*server), loop}};
}

std::vector<int> Robot::descriptors() const {
    std::vector<pollfd> polled;
    server_.add_to(polled);
    std::vector<int> descriptors;
    for (auto const& entry : polled)
        descriptors.push_back(entry.fd);
    return descriptors;
}

void Robot::serve() {
    turn_wanted_ = false;
    server_.serve([this](base::LineServer::Client id, std::string_view line) {
        auto [entry, is_new] = clients_.try_emplace(id);
        if (is_new) entry->second.since = loop_.metrics().snapshot(loop_.wait().wakeups());
        entry->second.lines.emplace_back(line);
    });
    std::erase_if(clients_, [this](auto const& entry) { return !server_.connected(entry.first); });
    for (auto& [id, client] : clients_)
        go_on(id, client);
}

void Robot::go_on(base::LineServer::Client id, Client& client) {
    for (;;) {
        if (client.task) {
            auto answer = client.task->go_on(loop_);
            if (!answer) return;
            client.task.reset();
            server_.send(id, answer->dump());
        }
        if (client.lines.empty()) return;
        auto const line = std::move(client.lines.front());
        client.lines.pop_front();
        begin(id, client, line);
    }
}

void Robot::begin(base::LineServer::Client id, Client& client, std::string const& text) {
    auto const line = json::parse(text, nullptr, false);
    if (!line.is_object()) {
        server_.send(id, refusal("bad_request", "not a JSON object").dump());
        return;
    }
    // A value of the wrong type in a line is the sender's mistake; nlohmann-json says so by
    // throwing.
    try {
        auto const command = line.value("do", std::string{});
        Begun begun = json{};
        if (command == "tap")
            begun = begin_tap(line);
        else if (command == "key")
            begun = begin_key(line);
        else if (command == "type")
            begun = begin_type(line);
        else if (command == "wait")
            begun = begin_wait(line);
        else if (command == "metrics")
            begun = metrics(client);
        else
            begun = answer_at_once(loop_, command, line, client.said);
        if (auto* task = std::get_if<std::unique_ptr<Task>>(&begun)) {
            client.task = std::move(*task);
            return;
        }
        server_.send(id, std::get<json>(begun).dump());
        if (command == "quit") server_.flush(1000);
    } catch (json::exception const& problem) {
        server_.send(id, refusal("bad_request", problem.what()).dump());
    }
}

json Robot::metrics(Client& client) {
    auto const now = loop_.metrics().snapshot(loop_.wait().wakeups());
    auto answer = describe_metrics(client.since, now, loop_.app().reading_cost());
    client.since = now;
    return success(std::move(answer));
}

void Robot::frame_shown() {
    for (auto& [id, client] : clients_) {
        if (!client.task) continue;
        client.task->frame_shown();
        turn_wanted_ = true;
    }
}

std::optional<std::chrono::steady_clock::time_point> Robot::deadline() const {
    if (turn_wanted_) return std::chrono::steady_clock::now();
    std::optional<std::chrono::steady_clock::time_point> first;
    for (auto const& [id, client] : clients_) {
        if (!client.task) continue;
        auto const due = client.task->deadline();
        if (due && (!first || *due < *first)) first = due;
    }
    return first;
}

}  // namespace robot
