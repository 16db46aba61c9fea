#include "tests/cards/model_card.hpp"

#include <algorithm>
#include <utility>

namespace test_cards {
namespace {

using base::Bytes;

Bytes status(std::uint16_t sw, Bytes data = {}) {
    data.push_back(static_cast<std::uint8_t>(sw >> 8));
    data.push_back(static_cast<std::uint8_t>(sw & 0xFF));
    return data;
}

std::uint16_t with_length(std::uint8_t sw1, std::size_t length) {
    return static_cast<std::uint16_t>(static_cast<std::size_t>(sw1) << 8 | (length & 0xFF));
}

std::size_t le_of(base::ByteView command) {
    if (command.size() != 5) return 0;
    return command[4] == 0 ? 256 : command[4];
}

}  // namespace

Bytes ModelCard::exchange(base::ByteView command) {
    log.emplace_back(command.begin(), command.end());
    if (command.size() < 4) return status(0x6700);
    if (only_class_bc) return status(command[0] == 0xBC ? 0x6D00 : *only_class_bc);
    if (command[0] != 0x00) return status(0x6E00);
    if (command[1] != 0xC0) pending_.clear();
    switch (command[1]) {
    case 0xA4: return select(command);
    case 0xB0: return read_binary(command);
    case 0xC0: return get_response(le_of(command));
    default: return status(0x6D00);
    }
}

iso7816::Transmit ModelCard::transmit() {
    return [this](iso7816::CommandApdu const& command) {
        return iso7816::ResponseApdu::parse(exchange(command.bytes()));
    };
}

Bytes ModelCard::select(base::ByteView command) {
    if (command.size() < 6) return status(0x6700);
    std::size_t const lc = command[4];
    if (command.size() != 5 + lc && command.size() != 6 + lc) return status(0x6700);
    auto const le_present = command.size() == 6 + lc;
    if (le_present && refuses_le_on_select) return status(0x6700);
    Bytes const name{command.begin() + 5, command.begin() + 5 + static_cast<std::ptrdiff_t>(lc)};
    if (command[2] == 0x00 && name == Bytes{0x3F, 0x00} && root_has_file_identifier)
        return selected(root, le_present);
    if (command[2] != 0x04) return status(0x6A82);
    if (root_aid && name == *root_aid) return selected(root, le_present);
    auto const application = applications.find(name);
    if (application == applications.end()) return status(unknown_application);
    return selected(application->second, le_present);
}

Bytes ModelCard::selected(Directory const& directory, bool le_present) {
    directory_ = &directory;
    file_ = nullptr;
    Bytes const control_information{0x6F, 0x04, 0x84, 0x02, 0x3F, 0x00};
    if (strict_t0) {
        pending_ = control_information;
        return status(with_length(0x61, pending_.size()));
    }
    return le_present ? status(0x9000, control_information) : status(0x9000);
}

Bytes ModelCard::read_binary(base::ByteView command) {
    auto const le = le_of(command);
    if (le == 0) return status(0x6700);
    std::size_t offset = command[3];
    if ((command[2] & 0x80) != 0) {
        if (directory_ == nullptr) return status(0x6986);
        auto const file = directory_->find(command[2] & 0x1F);
        if (file == directory_->end()) return status(0x6A82);
        if (file->second.refusal != 0) return status(file->second.refusal);
        file_ = &file->second;
    } else {
        offset += static_cast<std::size_t>(command[2]) << 8;
    }
    if (file_ == nullptr) return status(0x6986);
    auto const& content = file_->content;
    if (offset > content.size() || (offset == content.size() && offset > 0)) return status(0x6B00);
    auto const available = std::min<std::size_t>(content.size() - offset, 256);
    if (strict_t0 && le > available) return status(with_length(0x6C, available));
    auto const size = std::min(le, available);
    auto const begin = content.begin() + static_cast<std::ptrdiff_t>(offset);
    return status(size < le ? short_read : 0x9000,
                  Bytes{begin, begin + static_cast<std::ptrdiff_t>(size)});
}

Bytes ModelCard::get_response(std::size_t le) {
    if (pending_.empty()) return status(0x6985);
    if (strict_t0 && le != pending_.size()) return status(with_length(0x6C, pending_.size()));
    return status(0x9000, std::exchange(pending_, {}));
}

}  // namespace test_cards
