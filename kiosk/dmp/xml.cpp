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
    cleanse_what_libxml_frees();
    std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> const document{
        xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
        xmlFreeDoc};
    auto* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    if (root == nullptr || document->intSubset != nullptr) return std::nullopt;
    for (auto* node = root->children; node != nullptr; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || node->ns != root->ns ||
            xmlStrcmp(node->name, xml_text(child)) != 0)
            continue;
        std::unique_ptr<xmlChar, void (*)(xmlChar*)> const value{
            xmlGetNoNsProp(node, xml_text(attribute)), [](xmlChar* text) { xmlFree(text); }};
        if (!value) return std::nullopt;
        return crypto::SecretString{reinterpret_cast<char const*>(value.get())};
    }
    return std::nullopt;
}

}  // namespace dmp
