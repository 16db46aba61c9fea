#include "kiosk/machine/client.hpp"

#include "drivers/base/line_client.hpp"
#include "kiosk/machine/answers.hpp"

#include <fmt/format.h>

namespace machine {
namespace {

// The longest silence of an act: a bundle being written on a slow disk.
constexpr std::chrono::minutes patience{15};

Ended ended(std::string const& error) {
    if (error == "failed") return Ended::failed;
    if (error == "busy") return Ended::busy;
    return Ended::refused;
}

}  // namespace

Ended ask(std::filesystem::path const& socket, Request const& request, std::FILE* out,
          std::FILE* problems) {
    auto const complain = [&](Ended how, std::string const& sentence) {
        fmt::print(problems, "dmp-machine: {}\n", sentence);
        return how;
    };
    auto line = base::LineClient::connect(socket);
    if (!line) return complain(Ended::nobody, line.error().detail);
    if (auto sent = line->send(line_of(request)); !sent)
        return complain(Ended::nobody, "hung up on: this user may ask for nothing");
    for (bool heard = false;; heard = true) {
        auto const said = line->receive(patience);
        if (!said && !heard)
            return complain(Ended::nobody,
                            said.error().code == base::Errc::connection_lost
                                ? "hung up on: this user may ask for nothing, or the service ended"
                                : said.error().detail);
        if (!said) return complain(Ended::failed, "the service ended: " + said.error().detail);
        auto const answer = read_answer(*said);
        if (!answer) return complain(Ended::failed, answer.error().detail);
        switch (answer->kind) {
        case Answer::Kind::progress:
            fmt::print(out, "{}\n", answer->text);
            std::fflush(out);
            break;
        case Answer::Kind::done: fmt::print(out, "{}\n", answer->text); return Ended::done;
        case Answer::Kind::refused: return complain(ended(answer->error), answer->text);
        }
    }
}

}  // namespace machine
