#include "kiosk/crypto/cms_frame.hpp"
#include "tests/fuzz/targets.hpp"

namespace fuzz {

bool read_cms_frame(base::ByteView input) {
    auto const recipient = crypto::recipient_of_envelope(input);
    if (!recipient) return false;
    promise(recipient->data() >= input.data() &&
                recipient->data() + recipient->size() <= input.data() + input.size(),
            "the recipient is named within the envelope");
    auto longer = base::Bytes{input.begin(), input.end()};
    longer.push_back(0);
    promise(!crypto::recipient_of_envelope(longer), "nothing may follow an envelope");
    promise(!crypto::recipient_of_envelope(input.first(input.size() - 1)), "an envelope is whole");
    return true;
}

}  // namespace fuzz
