#include "kiosk/desk/tour.hpp"

#include "drivers/base/eventually.hpp"
#include <array>
#include <chrono>

namespace desk {
namespace {

using base::Errc;
using base::failure;
using base::Result;
using nlohmann::json;
namespace fs = std::filesystem;

// What the patient does on a screen, and the screen that must follow.
struct Step {
    enum class Act { insert_card, remove_card, tap, type } act;
    std::string_view what;
    std::string_view leads_to;  // empty: the screen stays
};

constexpr std::array steps{
    Step{Step::Act::tap, "learn", "learn"},
    Step{Step::Act::tap, "done", "attract"},
    Step{Step::Act::insert_card, "P01", "explain"},
    Step{Step::Act::tap, "more", "explain_more"},
    Step{Step::Act::tap, "back", "explain"},
    Step{Step::Act::tap, "next", "consent"},
    Step{Step::Act::tap, "more", "consent_details"},
    Step{Step::Act::tap, "back", "consent"},
    Step{Step::Act::tap, "accept", "birth_name"},
    Step{Step::Act::tap, "name_is_birth_name", "emergency"},
    Step{Step::Act::tap, "toggle_professional", ""},
    Step{Step::Act::tap, "next", "contact"},
    Step{Step::Act::tap, "give_mobile", "mobile_entry"},
    Step{Step::Act::type, "0612345678", ""},
    Step{Step::Act::tap, "next", "mobile_check"},
    Step{Step::Act::tap, "next", "contact"},
    Step{Step::Act::tap, "next", "review"},
    Step{Step::Act::tap, "show_number", ""},
    Step{Step::Act::tap, "send", "recorded"},
    Step{Step::Act::remove_card, "", ""},
    Step{Step::Act::tap, "done", "attract"},
};

class Photographer {
  public:
    Photographer(Desk& desk, fs::path folder) : desk_(desk), folder_(std::move(folder)) {}

    Result<void> take() {
        auto screen = desk_.robot().order(json{{"do", "screen"}});
        if (!screen) return failure(screen.error());
        auto const state = screen->value("state", std::string{"unknown"});
        auto const number = std::to_string(++count_);
        auto const name = (number.size() < 2 ? "0" : "") + number + "-" + state + ".png";
        auto shot =
            desk_.robot().order(json{{"do", "screenshot"}, {"path", (folder_ / name).native()}});
        if (!shot) return failure(shot.error());
        return {};
    }

    int count() const { return count_; }

  private:
    Desk& desk_;
    fs::path folder_;
    int count_ = 0;
};

// Until the screen shows it: pcscd looks at the virtual reader each 400 ms.
Result<void> remove_card(Desk& desk) {
    auto const texts = [&]() -> Result<json> {
        auto screen = desk.robot().order(json{{"do", "screen"}});
        if (!screen) return failure(screen.error());
        return (*screen)["texts"];
    };
    auto const before = texts();
    if (!before) return failure(before.error());
    if (auto done = desk.card().order(json{{"do", "remove"}}); !done) return failure(done.error());
    auto const noticed = [&] {
        auto const now = texts();
        return !now || *now != *before;
    };
    if (!base::eventually(noticed, std::chrono::seconds{5}))
        return failure(Errc::timed_out, "the screen does not notice the card's removal");
    return {};
}

Result<void> act(Desk& desk, Step const& step) {
    Result<json> answer = json{};
    switch (step.act) {
    case Step::Act::insert_card:
        answer = desk.card().order(json{{"do", "insert"}, {"profile", step.what}});
        break;
    case Step::Act::remove_card: return remove_card(desk);
    case Step::Act::tap: answer = desk.robot().order(json{{"do", "tap"}, {"id", step.what}}); break;
    case Step::Act::type:
        answer = desk.robot().order(json{{"do", "type"}, {"text", step.what}});
        break;
    }
    if (!answer) return failure(answer.error());
    if (step.leads_to.empty()) return {};
    return desk.robot().wait_for(step.leads_to);
}

// One folder a request, as `dmp-intake open --all` leaves them beside its list of groups.
Result<fs::path> only_request(fs::path const& received) {
    fs::path found;
    int count = 0;
    for (auto const& entry : fs::directory_iterator{received}) {
        if (!entry.is_directory()) continue;
        found = entry.path();
        ++count;
    }
    if (count != 1)
        return failure(Errc::protocol_violated,
                       std::to_string(count) + " requests were received instead of one");
    return found;
}

}  // namespace

Result<TourReport> tour(Desk& desk, fs::path const& output) {
    std::error_code ignored;
    fs::remove_all(output, ignored);
    fs::create_directories(output);
    Photographer photographer{desk, output};
    TourReport report;
    std::chrono::steady_clock::time_point inserted_at;
    if (auto taken = photographer.take(); !taken) return failure(taken.error());
    for (auto const& step : steps) {
        if (step.act == Step::Act::insert_card) inserted_at = std::chrono::steady_clock::now();
        if (auto done = act(desk, step); !done) return failure(done.error());
        if (step.leads_to == "recorded")
            report.card_to_recorded = std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::steady_clock::now() - inserted_at);
        if (auto taken = photographer.take(); !taken) return failure(taken.error());
    }
    report.screens = photographer.count();

    if (auto sent = desk.wait_until_sent(std::chrono::seconds{20}); !sent)
        return failure(sent.error());
    auto const received = desk.file("received");
    if (auto opened = desk.open_received(received); !opened) return failure(opened.error());
    auto request = only_request(received);
    if (!request) return failure(request.error());
    report.request_id = request->filename();
    for (auto const* name : {"request.xml", "card.json", "evidence.json"})
        fs::copy_file(*request / name, output / name, fs::copy_options::overwrite_existing);
    return report;
}

}  // namespace desk
