// Writing and reading XML: the one door to libxml2.
#pragma once

#include "kiosk/crypto/secret.hpp"

#include <initializer_list>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace dmp {

// Whether a text may stand in a document and be shown again: UTF-8 without control characters.
bool is_printable(std::string_view text);

// Elements close where their scope ends. What libxml2 frees while a document is made is
// overwritten.
class XmlWriter {
  public:
    struct Attribute {
        char const* name;
        std::string_view value;
    };
    using Attributes = std::initializer_list<Attribute>;

    class [[nodiscard]] Element {
      public:
        explicit Element(XmlWriter& writer) : writer_(&writer) {}
        Element(Element const&) = delete;
        Element& operator=(Element const&) = delete;
        ~Element() { writer_->close(); }

      private:
        XmlWriter* writer_;
    };

    XmlWriter();
    ~XmlWriter();
    XmlWriter(XmlWriter const&) = delete;
    XmlWriter& operator=(XmlWriter const&) = delete;

    Element element(char const* name, Attributes attributes = {});
    void leaf(char const* name, Attributes attributes = {}, std::string_view text = {});

    // The whole document, when every element is closed.
    crypto::SecretString finish();

  private:
    void open(char const* name, Attributes attributes);
    void close();

    struct Document;
    std::unique_ptr<Document> document_;
};

// The attribute of the root's first child element of that name, in its own namespace; none when the
// document is not well formed, declares a DTD, or has no such thing.
std::optional<crypto::SecretString> attribute_below_root(std::string_view xml, char const* child,
                                                         char const* attribute);

// That attribute of every element of that name in the root's namespace, at any depth, in the order
// of the document; none when it is not well formed or declares a DTD.
std::vector<crypto::SecretText> attributes_below_root(std::string_view xml, char const* element,
                                                      char const* attribute);

}  // namespace dmp
