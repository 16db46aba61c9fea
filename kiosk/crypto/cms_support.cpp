#include "kiosk/crypto/cms_support.hpp"

#include <openssl/asn1.h>

namespace crypto {

void CmsDeleter::operator()(CMS_ContentInfo* cms) const {
    if (auto* content = CMS_get0_content(cms); content != nullptr && *content != nullptr)
        cleanse(const_cast<unsigned char*>(ASN1_STRING_get0_data(*content)),
                static_cast<std::size_t>(ASN1_STRING_length(*content)));
    CMS_ContentInfo_free(cms);
}

// Not by CMS_final: it copies the content through a buffer that it frees without overwriting.
bool embed(CMS_ContentInfo* cms, base::ByteView content) {
    CMS_set_detached(cms, 0);
    Bio const chain{CMS_dataInit(cms, nullptr), BIO_free_all};
    auto const size = static_cast<int>(content.size());
    return chain && BIO_write(chain.get(), content.data(), size) == size &&
           BIO_flush(chain.get()) == 1 && CMS_dataFinal(cms, chain.get()) == 1;
}

Cms parse_cms(base::ByteView der) {
    auto const* position = der.data();
    Cms cms{d2i_CMS_ContentInfo(nullptr, &position, static_cast<long>(der.size()))};
    if (cms && position != der.data() + der.size()) cms.reset();
    return cms;
}

}  // namespace crypto
