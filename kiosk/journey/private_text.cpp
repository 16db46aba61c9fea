#include "kiosk/journey/private_text.hpp"

#include "kiosk/crypto/digest.hpp"

namespace journey {

void cleanse(void* memory, std::size_t size) { crypto::cleanse(memory, size); }

void PrivateText::erase_last() {
    auto size = size_;
    // UTF-8: continuation bytes are 10xxxxxx.
    while (size > 0 && (static_cast<unsigned char>(characters_[size - 1]) & 0xC0) == 0x80)
        --size;
    if (size > 0) --size;
    cleanse(characters_.data() + size, size_ - size);
    size_ = size;
}

}  // namespace journey
