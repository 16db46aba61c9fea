#include "kiosk/intake/receipt.hpp"

#include "kiosk/crypto/jws.hpp"

#include <ctime>

#include <nlohmann/json.hpp>

namespace intake {

base::Result<ReceiptSigner> ReceiptSigner::open(crypto::PrivateKey key, std::string node) {
    if (auto tried = crypto::sign_jws("{}", key); !tried)
        return base::failure(base::Errc::key_unusable, "not an EC P-256 key");
    return ReceiptSigner{std::move(key), std::move(node)};
}

base::Result<std::string> ReceiptSigner::sign(Receipt const& receipt) const {
    nlohmann::ordered_json const payload{{"v", 1},
                                         {"id", receipt.id.text()},
                                         {"kiosk", receipt.kiosk},
                                         {"sha256", base::to_hex(receipt.sha256)},
                                         {"received_at", receipt.received_at},
                                         {"node", node_},
                                         {"replay", receipt.replay}};
    return crypto::sign_jws(payload.dump(), key_);
}

base::Result<std::string> ReceiptSigner::sign(OutcomePage const& page) const {
    auto outcomes = nlohmann::ordered_json::array();
    for (auto const& [position, outcome] : page.outcomes) {
        outcomes.push_back({{"id", outcome.id.text()}, {"outcome", name(outcome.kind)}});
        if (!outcome.refusal_class.empty()) outcomes.back()["class"] = outcome.refusal_class;
    }
    auto const next = page.outcomes.empty() ? page.after : page.outcomes.back().position;
    nlohmann::ordered_json const payload{{"typ", "outcomes"},
                                         {"v", 1},
                                         {"kiosk", page.kiosk},
                                         {"after", page.after},
                                         {"next", next},
                                         {"more", page.outcomes.size() == OutcomePage::longest},
                                         {"outcomes", std::move(outcomes)}};
    return crypto::sign_jws(payload.dump(), key_);
}

std::string utc_text(std::chrono::system_clock::time_point time) {
    auto const seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace intake
