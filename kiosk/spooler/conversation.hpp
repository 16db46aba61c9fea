// Many questions to the running spooler over one connection, for commands that carry something.
#pragma once

#include "drivers/base/line_client.hpp"

#include <nlohmann/json.hpp>

namespace spooler {

class Conversation {
  public:
    static base::Result<Conversation> open(std::filesystem::path const& socket);

    // The answer to {"do":word, ...}. A refusal is Errc::conflict or storage_full where the spooler
    // says so, else Errc::refused, with its sentence.
    base::Result<nlohmann::json> ask(char const* word, nlohmann::json question = {});

  private:
    explicit Conversation(base::LineClient line) : line_(std::move(line)) {}
    base::LineClient line_;
};

// A member of an answer; throws nlohmann's exceptions, which understood() turns into an error.
template <class Work>
auto understood(Work const& work) -> decltype(work()) {
    try {
        return work();
    } catch (nlohmann::json::exception const& problem) {
        return base::failure(base::Errc::protocol_violated, problem.what());
    }
}

}  // namespace spooler
