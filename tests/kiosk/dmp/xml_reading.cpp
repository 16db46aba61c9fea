#include "tests/kiosk/dmp/xml_reading.hpp"

#include <cstdarg>
#include <cstdio>
#include <stdexcept>

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

namespace reading {
namespace {

xmlChar const* text(char const* plain) { return reinterpret_cast<xmlChar const*>(plain); }

void append_fault(void* faults, char const* format, ...) {
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    static_cast<std::string*>(faults)->append(line);
}

}  // namespace

Document::Document(std::string_view xml)
    : document_(xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
                              XML_PARSE_NONET | XML_PARSE_NOERROR),
                xmlFreeDoc) {
    if (!document_) throw std::runtime_error("not well formed");
}

std::vector<std::string> Document::all(std::string const& xpath) const {
    std::unique_ptr<xmlXPathContext, decltype(&xmlXPathFreeContext)> const context{
        xmlXPathNewContext(document_.get()), xmlXPathFreeContext};
    xmlXPathRegisterNs(context.get(), text("hl7"), text("urn:hl7-org:v3"));
    xmlXPathRegisterNs(context.get(), text("xsi"),
                       text("http://www.w3.org/2001/XMLSchema-instance"));
    std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)> const found{
        xmlXPathEvalExpression(text(xpath.c_str()), context.get()), xmlXPathFreeObject};
    if (!found) throw std::runtime_error("not an XPath expression: " + xpath);
    std::vector<std::string> values;
    auto const* nodes = found->nodesetval;
    for (int i = 0; nodes != nullptr && i < nodes->nodeNr; ++i) {
        auto* value = xmlNodeGetContent(nodes->nodeTab[i]);
        values.emplace_back(reinterpret_cast<char const*>(value));
        xmlFree(value);
    }
    return values;
}

std::string Document::one(std::string const& xpath) const {
    auto const values = all(xpath);
    if (values.size() == 1) return values.front();
    return values.empty() ? "(none)" : "(several)";
}

std::string Document::faults(std::filesystem::path const& schema) const {
    std::string faults;
    // One reading serves the whole program: the schema is of 60 files.
    static std::filesystem::path read;
    static std::shared_ptr<xmlSchema> parsed;
    if (read != schema) {
        std::unique_ptr<xmlSchemaParserCtxt, decltype(&xmlSchemaFreeParserCtxt)> const parser{
            xmlSchemaNewParserCtxt(schema.c_str()), xmlSchemaFreeParserCtxt};
        parsed = {xmlSchemaParse(parser.get()), xmlSchemaFree};
        read = schema;
    }
    if (!parsed) return "the schema cannot be read: " + schema.native();
    std::unique_ptr<xmlSchemaValidCtxt, decltype(&xmlSchemaFreeValidCtxt)> const validation{
        xmlSchemaNewValidCtxt(parsed.get()), xmlSchemaFreeValidCtxt};
    xmlSchemaSetValidErrors(validation.get(), append_fault, nullptr, &faults);
    if (xmlSchemaValidateDoc(validation.get(), document_.get()) != 0 && faults.empty())
        faults = "not valid";
    return faults;
}

}  // namespace reading
