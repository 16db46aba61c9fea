// What cms_sign.cpp and cms_seal.cpp share of OpenSSL.
#pragma once

#include "kiosk/crypto/secret.hpp"

#include "drivers/base/bytes.hpp"

#include <memory>

#include <openssl/bio.h>
#include <openssl/cms.h>

namespace crypto {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

// Frees a message; the content it embeds is overwritten first.
struct CmsDeleter {
    void operator()(CMS_ContentInfo* cms) const;
};
using Cms = std::unique_ptr<CMS_ContentInfo, CmsDeleter>;

// Runs the content through the message (signs or encrypts it) and embeds the result.
bool embed(CMS_ContentInfo* cms, base::ByteView content);

// The one message in these bytes; null when there is none or something follows it.
Cms parse_cms(base::ByteView der);

template <class Container>
bool encode_cms(CMS_ContentInfo* cms, Container& der) {
    auto const size = i2d_CMS_ContentInfo(cms, nullptr);
    if (size <= 0) return false;
    der.resize(static_cast<std::size_t>(size));
    auto* position = der.data();
    return i2d_CMS_ContentInfo(cms, &position) == size;
}

}  // namespace crypto
