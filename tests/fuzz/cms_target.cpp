#include "kiosk/crypto/cms_frame.hpp"
#include "tests/fuzz/targets.hpp"

namespace fuzz {

bool read_cms_frame(base::ByteView input) {
    auto const recipients = crypto::recipients_of_envelope(input);
    if (!recipients) return false;
    promise(recipients->size() == 1 || recipients->size() == 2, "one recipient or two");
    for (auto const& recipient : *recipients)
        promise(recipient.data() >= input.data() &&
                    recipient.data() + recipient.size() <= input.data() + input.size(),
                "the recipients are named within the envelope");
    auto longer = base::Bytes{input.begin(), input.end()};
    longer.push_back(0);
    promise(!crypto::recipients_of_envelope(longer), "nothing may follow an envelope");
    promise(!crypto::recipients_of_envelope(input.first(input.size() - 1)), "an envelope is whole");
    return true;
}

}  // namespace fuzz
