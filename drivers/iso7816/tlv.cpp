#include "drivers/iso7816/tlv.hpp"

namespace iso7816 {
namespace {

// Takes bytes from the front; nothing when there are not enough.
class Reader {
  public:
    explicit Reader(base::ByteView bytes) : rest_(bytes) {}

    bool at_end() const { return rest_.empty(); }

    std::optional<std::uint8_t> byte() {
        if (rest_.empty()) return std::nullopt;
        auto const first = rest_.front();
        rest_ = rest_.subspan(1);
        return first;
    }

    std::optional<base::ByteView> bytes(std::size_t count) {
        if (count > rest_.size()) return std::nullopt;
        auto const taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }

  private:
    base::ByteView rest_;
};

// 6.3, table 22: five low bits all set mean that bytes follow, all but the last with bit 8 set.
std::optional<std::uint32_t> read_tag(Reader& reader) {
    constexpr int longest = 3;
    auto byte = reader.byte();
    if (!byte) return std::nullopt;
    std::uint32_t tag = *byte;
    if ((*byte & 0x1F) != 0x1F) return tag;
    for (int i = 1; i < longest; ++i) {
        byte = reader.byte();
        if (!byte) return std::nullopt;
        tag = tag << 8 | *byte;
        if ((*byte & 0x80) == 0) return tag;
    }
    return std::nullopt;
}

std::optional<std::size_t> read_length(Reader& reader, LengthForm form) {
    auto const first = reader.byte();
    if (!first) return std::nullopt;
    switch (form) {
    case LengthForm::one_byte: return *first;
    case LengthForm::ber: break;
    }
    if (*first < 0x80) return *first;
    // 80, the indefinite length, is not used on cards; nothing here is longer than 65535 bytes.
    if (*first != 0x81 && *first != 0x82) return std::nullopt;
    std::size_t length = 0;
    for (int left = *first & 0x7F; left > 0; --left) {
        auto const next = reader.byte();
        if (!next) return std::nullopt;
        length = length << 8 | *next;
    }
    return length;
}

enum class End : std::uint8_t { bytes, padding, nonsense };

End walk(base::ByteView bytes, LengthForm form, std::vector<Tlv>& list) {
    Reader reader{bytes};
    while (!reader.at_end()) {
        auto const tag = read_tag(reader);
        if (tag && *tag == 0) return End::padding;
        auto const length = tag ? read_length(reader, form) : std::nullopt;
        auto const value = length ? reader.bytes(*length) : std::nullopt;
        if (!value) return End::nonsense;
        list.push_back({*tag, *value});
    }
    return End::bytes;
}

}  // namespace

base::Result<std::vector<Tlv>> parse_tlv(base::ByteView bytes, LengthForm form) {
    std::vector<Tlv> list;
    if (walk(bytes, form, list) == End::nonsense)
        return base::failure(base::Errc::malformed,
                             "data object " + std::to_string(list.size() + 1));
    return list;
}

std::optional<std::uint32_t> first_tag(base::ByteView bytes) {
    Reader reader{bytes};
    return read_tag(reader);
}

bool ends_with_padding(base::ByteView bytes, LengthForm form) {
    std::vector<Tlv> list;
    return walk(bytes, form, list) == End::padding;
}

}  // namespace iso7816
