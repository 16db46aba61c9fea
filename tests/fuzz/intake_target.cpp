#include "kiosk/intake/rules.hpp"
#include "tests/fuzz/targets.hpp"

namespace fuzz {
namespace {

std::string_view line_of(std::string_view& text) {
    auto const end = text.find('\n');
    auto const line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

}  // namespace

bool read_intake_fields(base::ByteView input) {
    auto const whole = base::to_text(input);
    std::string_view rest = whole;
    auto const path = line_of(rest);
    auto const media_type = line_of(rest);
    auto const digest = line_of(rest);
    auto const target = intake::target_of(path);
    auto const id = intake::accept_id(target.id);
    promise(!id || id->text() == target.id, "an id has one form");
    auto const after = intake::accept_after(target.after);
    promise(!after || *after >= 0, "a position is a count");
    bool const is_cms = intake::is_cms(media_type);
    auto const body =
        base::ByteView{reinterpret_cast<std::uint8_t const*>(rest.data()), rest.size()};
    auto const hash = intake::accept_digest(digest, body);
    promise(!hash || *hash == crypto::sha256(body), "a digest is that of its body");
    for (auto const* refusal : {id ? nullptr : &id.error(), hash ? nullptr : &hash.error(),
                                after ? nullptr : &after.error()})
        promise(refusal == nullptr || (refusal->status >= 400 && refusal->status < 500),
                "a refusal blames the request");
    return target.kind == intake::Target::Kind::request && id && is_cms && hash;
}

}  // namespace fuzz
