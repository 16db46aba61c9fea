#include "kiosk/dmp/xml.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlwriter.h>
#include <malloc.h>

namespace dmp {
namespace {

// libxml2 escapes and buffers in memory of its own, which it frees as it is. These functions serve
// memory of malloc too, so it does not matter who else used libxml2 in this process before.
void free_cleansed(void* memory) {
    if (memory == nullptr) return;
    crypto::cleanse(memory, ::malloc_usable_size(memory));
    std::free(memory);
}

void* realloc_cleansed(void* memory, std::size_t size) {
    auto* fresh = std::malloc(size);
    if (fresh != nullptr && memory != nullptr) {
        std::memcpy(fresh, memory, std::min(size, ::malloc_usable_size(memory)));
        free_cleansed(memory);
    }
    return fresh;
}

void cleanse_what_libxml_frees() {
    static std::once_flag once;
    std::call_once(once,
                   [] { xmlMemSetup(free_cleansed, std::malloc, realloc_cleansed, ::strdup); });
}

xmlChar const* xml_text(char const* text) { return reinterpret_cast<xmlChar const*>(text); }

// libxml2 wants a zero at the end.
class Terminated {
  public:
    explicit Terminated(std::string_view text) : bytes_(text.begin(), text.end()) {
        bytes_.push_back(0);
    }
    xmlChar const* get() const { return bytes_.data(); }

  private:
    crypto::SecretBytes bytes_;
};

// The only length in which UTF-8 may write a character; libxml2 reads longer ones too.
int utf8_size(int code) { return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4; }

using Parsed = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

// None for what is not well formed, and for what declares entities of its own.
Parsed parsed(std::string_view xml) {
    cleanse_what_libxml_frees();
    Parsed document{xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
                    xmlFreeDoc};
    if (document && document->intSubset != nullptr) document.reset();
    return document;
}

bool is_element(xmlNode const* node, xmlNs const* space, char const* name) {
    return node->type == XML_ELEMENT_NODE && node->ns == space &&
           xmlStrcmp(node->name, xml_text(name)) == 0;
}

std::optional<crypto::SecretString> attribute_of(xmlNode const* node, char const* attribute) {
    std::unique_ptr<xmlChar, void (*)(xmlChar*)> const value{
        xmlGetNoNsProp(node, xml_text(attribute)), [](xmlChar* text) { xmlFree(text); }};
    if (!value) return std::nullopt;
    return crypto::SecretString{reinterpret_cast<char const*>(value.get())};
}

// The element that follows in the order of the document.
xmlNode* following(xmlNode* node) {
    if (node->children != nullptr) return node->children;
    while (node != nullptr && node->next == nullptr)
        node = node->parent;
    return node != nullptr ? node->next : nullptr;
}

}  // namespace

bool is_printable(std::string_view text) {
    Terminated const terminated{text};
    for (std::size_t i = 0; i < text.size();) {
        auto size = static_cast<int>(std::min<std::size_t>(4, text.size() - i));
        auto const code = xmlGetUTF8Char(terminated.get() + i, &size);
        if (code < 0 || size != utf8_size(code) || !IS_CHAR(code)) return false;
        if (code < 0x20 || (code >= 0x7F && code < 0xA0)) return false;
        i += static_cast<std::size_t>(size);
    }
    return true;
}

struct XmlWriter::Document {
    xmlBufferPtr buffer = xmlBufferCreate();
    xmlTextWriterPtr writer = xmlNewTextWriterMemory(buffer, 0);

    Document() = default;
    Document(Document const&) = delete;
    Document& operator=(Document const&) = delete;
    ~Document() {
        xmlFreeTextWriter(writer);
        xmlBufferFree(buffer);
    }

    // Writing to memory fails only when there is none left.
    void require(bool done) const {
        if (!done || writer == nullptr) std::abort();
    }
};

XmlWriter::XmlWriter() {
    cleanse_what_libxml_frees();
    document_ = std::make_unique<Document>();
    document_->require(document_->writer != nullptr);
    document_->require(xmlTextWriterStartDocument(document_->writer, nullptr, "UTF-8", nullptr) >=
                       0);
}

XmlWriter::~XmlWriter() = default;

XmlWriter::Element XmlWriter::element(char const* name, Attributes attributes) {
    open(name, attributes);
    return Element{*this};
}

void XmlWriter::leaf(char const* name, Attributes attributes, std::string_view text) {
    open(name, attributes);
    if (!text.empty())
        document_->require(xmlTextWriterWriteString(document_->writer, Terminated{text}.get()) >=
                           0);
    close();
}

void XmlWriter::open(char const* name, Attributes attributes) {
    document_->require(xmlTextWriterStartElement(document_->writer, xml_text(name)) >= 0);
    for (auto const& attribute : attributes)
        document_->require(xmlTextWriterWriteAttribute(document_->writer, xml_text(attribute.name),
                                                       Terminated{attribute.value}.get()) >= 0);
}

void XmlWriter::close() { document_->require(xmlTextWriterEndElement(document_->writer) >= 0); }

crypto::SecretString XmlWriter::finish() {
    document_->require(xmlTextWriterEndDocument(document_->writer) >= 0 &&
                       xmlTextWriterFlush(document_->writer) >= 0);
    auto const* content = reinterpret_cast<char const*>(xmlBufferContent(document_->buffer));
    return {content, static_cast<std::size_t>(xmlBufferLength(document_->buffer))};
}

std::optional<crypto::SecretString> attribute_below_root(std::string_view xml, char const* child,
                                                         char const* attribute) {
    auto const document = parsed(xml);
    auto* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    if (root == nullptr) return std::nullopt;
    for (auto* node = root->children; node != nullptr; node = node->next)
        if (is_element(node, root->ns, child)) return attribute_of(node, attribute);
    return std::nullopt;
}

std::vector<crypto::SecretText> attributes_below_root(std::string_view xml, char const* element,
                                                      char const* attribute) {
    std::vector<crypto::SecretText> found;
    auto const document = parsed(xml);
    auto* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    for (auto* node = root; node != nullptr; node = following(node)) {
        if (node == root || !is_element(node, root->ns, element)) continue;
        if (auto value = attribute_of(node, attribute)) found.emplace_back(*value);
    }
    return found;
}

}  // namespace dmp
