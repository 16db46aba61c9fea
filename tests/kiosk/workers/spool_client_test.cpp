#include "kiosk/workers/spool_client.hpp"

#include "drivers/base/line_server.hpp"
#include "tests/catch.hpp"

#include <filesystem>
#include <functional>

#include <nlohmann/json.hpp>

using namespace std::chrono_literals;
using nlohmann::json;
using namespace workers;

namespace {

// A spooler of a few lines: each question is answered by what the test says.
class Spooler {
  public:
    explicit Spooler(std::filesystem::path const& path)
        : server_(std::move(base::LineServer::listen(path, 128 * 1024).value())) {}

    std::function<std::string(json const&)> answer = [](json const&) { return R"({"ok":true})"; };
    std::vector<json> heard;

    void serve() {
        server_.serve([this](base::LineServer::Client client, std::string_view line) {
            heard.push_back(json::parse(line));
            client_ = client;
            if (auto const text = answer(heard.back()); !text.empty()) server_.send(client, text);
        });
    }
    void push(std::string_view line) { server_.send(client_, line); }

  private:
    base::LineServer server_;
    base::LineServer::Client client_ = 0;
};

std::filesystem::path new_folder() {
    std::string pattern = std::filesystem::temp_directory_path() / "dmp-spool-XXXXXX";
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    return pattern;
}

struct Scene {
    std::filesystem::path folder = new_folder();
    std::filesystem::path socket = folder / "s";
    Mailbox<Fact> facts;
    std::vector<Fact> seen;

    ~Scene() { std::filesystem::remove_all(folder); }

    // Serves until a fact of this kind came.
    template <class Kind>
    Kind await(Spooler* spooler = nullptr) {
        auto const deadline = std::chrono::steady_clock::now() + 10s;
        while (std::chrono::steady_clock::now() < deadline) {
            if (spooler != nullptr) spooler->serve();
            for (auto& fact : facts.take())
                seen.push_back(std::move(fact));
            for (auto entry = seen.begin(); entry != seen.end(); ++entry) {
                if (auto* found = std::get_if<Kind>(&*entry)) {
                    auto result = std::move(*found);
                    seen.erase(entry);
                    return result;
                }
            }
            std::vector<pollfd> polled{{facts.descriptor(), POLLIN, 0}};
            ::poll(polled.data(), 1, 5);
        }
        FAIL("the fact did not come");
        return Kind{};
    }
};

dmp::SealedRequest request() {
    return {crypto::Uuid::random(), dmp::Kind::creation, {1, 2, 3}, {}, "ab"};
}

std::string level(bool accepts, bool open) {
    return json{{"ok", true},
                {"accepts", accepts},
                {"reason", nullptr},
                {"day", {{"open", open}, {"author", "42"}}}}
        .dump();
}

}  // namespace

TEST_CASE("without a spooler the store is lost, and found when it comes") {
    Scene scene;
    SpoolClient client{scene.socket, scene.facts};
    scene.await<StoreLost>();
    Spooler spooler{scene.socket};
    spooler.answer = [](json const&) { return level(true, true); };
    auto const found = scene.await<StoreLevel>(&spooler);
    CHECK(found.accepts);
    CHECK(found.day_open);
    CHECK(found.author_id == "42");
}

TEST_CASE("a level that the spooler pushes becomes a fact") {
    Scene scene;
    Spooler spooler{scene.socket};
    spooler.answer = [](json const&) { return level(true, false); };
    SpoolClient client{scene.socket, scene.facts};
    scene.await<StoreLevel>(&spooler);
    spooler.push(R"({"event":"status","accepts":false,"reason":"full","day":{"open":true}})");
    auto const changed = scene.await<StoreLevel>(&spooler);
    CHECK_FALSE(changed.accepts);
    CHECK(changed.full);
}

TEST_CASE("only an ok makes a request saved; any other answer is a refusal") {
    Scene scene;
    Spooler spooler{scene.socket};
    SpoolClient client{scene.socket, scene.facts};
    auto const good = request();
    client.enqueue(good);
    CHECK(scene.await<RequestSaved>(&spooler).id == good.id);
    spooler.answer = [](json const&) { return R"({"ok":false,"error":"full"})"; };
    client.enqueue(request());
    CHECK(scene.await<RequestRefused>(&spooler).error.code == base::Errc::storage_full);
}

TEST_CASE("a connection lost before the answer leaves the request unanswered, not refused") {
    Scene scene;
    auto const asked = request();
    auto spooler = std::make_unique<Spooler>(scene.socket);
    spooler->answer = [](json const& line) {
        return line["do"] == "watch" ? level(true, true) : std::string{};
    };
    SpoolClient client{scene.socket, scene.facts};
    scene.await<StoreLevel>(spooler.get());
    client.enqueue(asked);
    while (spooler->heard.size() < 2)
        spooler->serve();
    spooler.reset();
    CHECK(scene.await<RequestUnanswered>().id == asked.id);
    scene.await<StoreLost>();
}

TEST_CASE("an answer with a value of the wrong type is none: the kiosk goes on and asks again") {
    Scene scene;
    Spooler spooler{scene.socket};
    spooler.answer = [](json const& line) {
        return line["do"] == "watch" ? level(true, true) : R"({"ok":"yes","error":7})";
    };
    SpoolClient client{scene.socket, scene.facts};
    scene.await<StoreLevel>(&spooler);
    auto const asked = request();
    client.enqueue(asked);
    CHECK(scene.await<RequestUnanswered>(&spooler).id == asked.id);
    scene.await<StoreLost>(&spooler);
    scene.await<StoreLevel>(&spooler);
}

TEST_CASE("asking tells a request the spooler holds from one it never saw") {
    Scene scene;
    Spooler spooler{scene.socket};
    auto const held = crypto::Uuid::random();
    spooler.answer = [&](json const& line) {
        bool const known = line.value("id", "") == held.text();
        return json{{"ok", true}, {"state", known ? "ready" : "unknown"}}.dump();
    };
    SpoolClient client{scene.socket, scene.facts};
    client.ask(held);
    CHECK(scene.await<RequestSaved>(&spooler).id == held);
    client.ask(crypto::Uuid::random());
    scene.await<RequestRefused>(&spooler);
}

TEST_CASE("a request that no spooler was there to take is refused: it certainly was not recorded") {
    Scene scene;
    SpoolClient client{scene.socket, scene.facts};
    auto const asked = request();
    client.enqueue(asked);
    CHECK(scene.await<RequestRefused>().id == asked.id);
}

TEST_CASE("a session that ends before its number is known is ended all the same") {
    Scene scene;
    Spooler spooler{scene.socket};
    bool started = false;
    spooler.answer = [&](json const& line) {
        started = started || line["do"] == "session_started";
        return line["do"] == "session_started" ? std::string{} : level(true, true);
    };
    SpoolClient client{scene.socket, scene.facts};
    client.session_started();
    client.session_ended("troubled");
    scene.await<StoreLevel>(&spooler);
    while (!started)
        spooler.serve();
    spooler.push(R"({"ok":true,"session":7})");
    while (spooler.heard.back()["do"] != "session_ended")
        spooler.serve();
    CHECK(spooler.heard.back()["session"] == 7);
    CHECK(spooler.heard.back()["outcome"] == "troubled");
}

TEST_CASE("a session that ends while the spooler is away is ended over the next connection") {
    Scene scene;
    auto spooler = std::make_unique<Spooler>(scene.socket);
    spooler->answer = [](json const& line) {
        return line["do"] == "watch" ? level(true, true) : R"({"ok":true,"session":9})";
    };
    SpoolClient client{scene.socket, scene.facts};
    client.session_started();
    scene.await<StoreLevel>(spooler.get());
    while (spooler->heard.back()["do"] != "session_started")
        spooler->serve();
    client.enqueue(request());  // its answer comes after the session's: by then the number is known
    scene.await<RequestSaved>(spooler.get());
    spooler.reset();
    scene.await<StoreLost>();
    client.session_ended("left");
    Spooler next{scene.socket};
    next.answer = [](json const&) { return level(true, true); };
    scene.await<StoreLevel>(&next);
    while (next.heard.back()["do"] != "session_ended")
        next.serve();
    CHECK(next.heard.back()["session"] == 9);
}

TEST_CASE("a withdrawal is handed over as one, and other bytes under its id are told apart") {
    Scene scene;
    Spooler spooler{scene.socket};
    SpoolClient client{scene.socket, scene.facts};
    auto withdrawal = request();
    withdrawal.kind = dmp::Kind::withdrawal;
    client.enqueue(withdrawal);
    scene.await<RequestSaved>(&spooler);
    CHECK(spooler.heard.back()["kind"] == "withdrawal");
    spooler.answer = [](json const&) { return R"({"ok":false,"error":"conflict"})"; };
    client.enqueue(withdrawal);
    CHECK(scene.await<RequestRefused>(&spooler).error.code == base::Errc::conflict);
}

TEST_CASE("what the spooler says of a reference comes back under the order it was asked with") {
    using enum WithdrawalAnswered::Result;
    auto const id = crypto::Uuid::random();
    struct Case {
        json answer;
        WithdrawalAnswered::Result result;
    };
    Scene scene;
    Spooler spooler{scene.socket};
    SpoolClient client{scene.socket, scene.facts};
    std::uint64_t order = 40;
    for (auto const& [answer, result] :
         {Case{{{"ok", true}, {"state", "cancelled"}}, cancelled},
          Case{{{"ok", true}, {"state", "left"}, {"id", id.text()}}, left},
          Case{{{"ok", true}, {"state", "left"}}, failed},
          Case{{{"ok", true}, {"state", "unknown"}}, unknown},
          Case{{{"ok", true}, {"state", "something new"}}, failed},
          Case{{{"ok", false}, {"error", "wait"}}, closed},
          Case{{{"ok", false}, {"error", "failed"}}, failed}}) {
        INFO(answer.dump());
        spooler.answer = [&](json const&) { return answer.dump(); };
        client.withdraw(++order, "7KM4P2XD9C");
        auto const fact = scene.await<WithdrawalAnswered>(&spooler);
        CHECK(fact.order == order);
        CHECK(fact.result == result);
        CHECK(fact.id.has_value() == (result == left));
        CHECK(spooler.heard.back() == json{{"do", "withdraw"}, {"reference", "7KM4P2XD9C"}});
    }
}

TEST_CASE("without a spooler nobody knows what became of a withdrawn request") {
    Scene scene;
    SpoolClient client{scene.socket, scene.facts};
    client.withdraw(7, "7KM4P2XD9C");
    auto const fact = scene.await<WithdrawalAnswered>();
    CHECK(fact.order == 7);
    CHECK(fact.result == WithdrawalAnswered::Result::failed);
}
