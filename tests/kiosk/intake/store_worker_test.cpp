#include "kiosk/intake/store_worker.hpp"

#include "drivers/base/eventually.hpp"
#include "kiosk/intake/admin.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

#include <atomic>
#include <future>

using namespace intake;
using base::Errc;
using crypto::Uuid;

namespace {

// Remembers its groups; the first commit lasts until it is let go.
class SlowStore final : public Store {
  public:
    struct Seen {
        std::promise<void> first_began;
        std::promise<void> let_go;
        std::vector<std::size_t> groups;
        std::vector<std::string> notes;
        std::atomic<int> settled = 0;
        std::atomic<std::size_t> committed = 0;
    };
    explicit SlowStore(Seen& seen) : seen_(seen) {}

    std::vector<base::Result<Outcome>> put(std::span<Arrival const> group) override {
        seen_.groups.push_back(group.size());
        if (seen_.groups.size() == 1) {
            seen_.first_began.set_value();
            seen_.let_go.get_future().wait();
        }
        seen_.committed += group.size();
        std::vector<base::Result<Outcome>> outcomes;
        for (auto const& one : group)
            outcomes.emplace_back(Outcome{Outcome::Kind::stored, one.received_at});
        return outcomes;
    }
    base::Result<std::vector<Entry>> list(std::int64_t after, std::size_t most) override {
        std::vector<Entry> entries;
        for (auto i = after + 1; i <= 1200 && entries.size() < most; ++i)
            entries.push_back({i, Uuid::random(), "kiosk-1", {}, 100, "2026-11-21T10:00:00Z"});
        return entries;
    }
    base::Result<StoredRequest> fetch(Uuid const& id) override {
        return base::failure(Errc::file_missing, id.text() + ": never received");
    }
    std::vector<base::Result<Told>> tell(std::span<DmpOutcome const> outcomes) override {
        return {outcomes.size(), Told::now};
    }
    base::Result<std::vector<DmpOutcomeAt>>
    outcomes(std::string const& /*kiosk*/, std::int64_t after, std::size_t /*most*/) override {
        return std::vector{DmpOutcomeAt{after + 1, {Uuid{}, DmpOutcome::Kind::created}}};
    }
    base::Result<std::optional<AuditHead>> audit_head() override { return std::nullopt; }
    base::Result<void> keep_audit_head(AuditHead const& /*head*/) override { return {}; }
    void note(AuditEntry entry) override { seen_.notes.push_back(entry.result); }
    void settle() override { ++seen_.settled; }

  private:
    Seen& seen_;
};

ReceiptSigner signer() {
    pki::TemporaryFolder const folder;
    pki::Party const party{pki::ec(), nullptr};
    auto key = crypto::PrivateKey::read(folder.write("receipt.key", party.key_pem())).value();
    return ReceiptSigner::open(std::move(key), "test-node").value();
}

base::Result<std::unique_ptr<StoreWorker>> start(SlowStore::Seen& seen,
                                                 std::filesystem::path const& socket) {
    return StoreWorker::start(std::make_unique<SlowStore>(seen),
                              base::LineServer::listen(socket).value(), signer());
}

}  // namespace

TEST_CASE("arrivals that wait for a commit share the next one, and are answered after it",
          "[intake]") {
    pki::TemporaryFolder const folder;
    SlowStore::Seen seen;
    auto worker = start(seen, folder.path() / "socket").value();
    std::vector<std::string> answered;  // only the worker's thread writes it
    std::atomic<bool> too_early = false;
    auto const put = [&](std::string const& name) {
        worker->put({Uuid::random(), "kiosk-1", {}, name, "", {}}, [&, name](auto outcome) {
            answered.push_back(outcome->received_at);
            if (seen.committed < answered.size()) too_early = true;
        });
    };
    put("first");
    seen.first_began.get_future().wait();
    for (auto const* name : {"a", "b", "c", "d", "e", "f", "g"})
        put(name);
    seen.let_go.set_value();
    worker.reset();  // nothing that was handed over is lost by ending
    CHECK(seen.groups == std::vector<std::size_t>{1, 7});
    CHECK(answered == std::vector<std::string>{"first", "a", "b", "c", "d", "e", "f", "g"});
    CHECK_FALSE(too_early);
}

TEST_CASE("questions and notes are heard between two commits, and a quiet moment is used",
          "[intake]") {
    pki::TemporaryFolder const folder;
    SlowStore::Seen seen;
    auto worker = start(seen, folder.path() / "socket").value();
    std::promise<std::int64_t> answered;
    worker->note({.act = "refused", .result = "empty"});
    worker->ask({"kiosk-1", 41, 100,
                 [&](auto outcomes) { answered.set_value(outcomes->front().position); }});
    CHECK(answered.get_future().get() == 42);
    CHECK(base::eventually([&] { return seen.settled != 0; }, std::chrono::seconds{10}));
    CHECK(seen.settled == 1);
    worker.reset();
    CHECK(seen.notes == std::vector<std::string>{"empty"});
}

TEST_CASE("the admin socket lists page by page, fetches, and survives nonsense", "[intake]") {
    pki::TemporaryFolder const folder;
    SlowStore::Seen seen;
    auto const worker = start(seen, folder.path() / "socket").value();
    auto const client = AdminClient::connect(folder.path() / "socket").value();
    auto const first = client->list(0, 10000).value();
    REQUIRE(first.size() == 500);
    CHECK(first.front().position == 1);
    CHECK(client->list(1000, 10000)->size() == 200);
    CHECK(client->list(1200, 10000)->empty());
    auto const missing = client->fetch(Uuid::random());
    CHECK(missing.error().code == Errc::file_missing);

    auto raw = base::LineClient::connect(folder.path() / "socket").value();
    for (auto const* line : {"", "nonsense", "[]", "{}", R"({"do":1})", R"({"do":"put"})",
                             R"({"do":"fetch","id":7})", R"({"do":"fetch","id":"x"})",
                             R"({"do":"list","after":"x"})", R"({"do":"list","most":-1})"}) {
        CAPTURE(line);
        auto const answer = raw.ask(line, std::chrono::seconds{5});
        REQUIRE(answer);
        if (std::string_view{line}.find("most") == std::string_view::npos)
            CHECK_THAT(*answer, Catch::Contains("\"ok\":false"));
    }
    CHECK(client->list(0, 1)->size() == 1);
}
