#include "kiosk/machine/answers.hpp"
#include "tests/fuzz/answer.hpp"
#include "tests/fuzz/targets.hpp"

namespace fuzz {

bool read_machine_line(base::ByteView input) {
    auto const request = machine::parse_request(base::to_text(input));
    if (!request) {
        promise(!is_granted(machine::refusal_line(request.error())), "a refusal is one");
        return false;
    }
    // Names become arguments of programs and words of the log.
    for (auto const& id : {request->as})
        promise(id.empty() || machine::is_author_id(id), "a name is harmless");
    promise(machine::parse_request(machine::line_of(*request)) == *request,
            "a request has one meaning");
    return true;
}

}  // namespace fuzz
