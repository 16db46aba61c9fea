#include "tests/fakes/pcsc/fake_pcsc.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace fake_pcsc {

using base::Bytes;
using base::ByteView;

Service& service() {
    static Service the_service;
    return the_service;
}

Card scripted(Bytes atr, ApduScript script) {
    auto const next = std::make_shared<std::size_t>(0);
    return {std::move(atr), [script = std::move(script), next](ByteView command) -> Bytes {
                auto const expected =
                    *next < script.size() ? base::to_hex(script[*next].first) : "";
                if (base::to_hex(command) != expected) {
                    service().complaints.push_back("not in the script: " + base::to_hex(command));
                    return {0x6F, 0x00};
                }
                return script[(*next)++].second;
            }};
}

void Service::plug(std::string const& name) { readers.push_back({name, {}, 0, false, false}); }

void Service::unplug(std::string const& name) {
    std::erase_if(readers, [&](Reader const& candidate) { return candidate.name == name; });
}

void Service::insert(std::string const& name, Card card) {
    auto& slot = reader(name);
    slot.card = std::move(card);
    ++slot.counter;
}

void Service::remove(std::string const& name) {
    auto& slot = reader(name);
    slot.card.reset();
    ++slot.counter;
}

Reader& Service::reader(std::string const& name) {
    auto const found = std::ranges::find(readers, name, &Reader::name);
    if (found == readers.end()) throw std::invalid_argument{"no such reader in this test"};
    return *found;
}

void Service::fail(std::string const& function, std::uint32_t code, int times) {
    for (int i = 0; i < times; ++i)
        failures[function].push_back(code);
}

void Service::before(std::string const& function, std::function<void()> happens, int call) {
    auto& coming = happenings[function];
    auto const index = static_cast<std::size_t>(call - 1);
    if (coming.size() <= index) coming.resize(index + 1);
    coming[index] = std::move(happens);
}

int Service::count(std::string const& function) const {
    return static_cast<int>(std::ranges::count(calls, function));
}

}  // namespace fake_pcsc
