#include "tests/system/request_xml.hpp"

#include "tests/system/fixture.hpp"

#include <cstdlib>

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

namespace system_tests {

namespace fs = std::filesystem;

struct Message::Parsed {
    xmlDocPtr document;
    xmlXPathContextPtr context;
};

Message::Message(fs::path const& file) {
    auto* const document = xmlReadFile(file.c_str(), nullptr, XML_PARSE_NONET);
    REQUIRE(document != nullptr);
    parsed_ = std::make_unique<Parsed>(Parsed{document, xmlXPathNewContext(document)});
    xmlXPathRegisterNs(parsed_->context, BAD_CAST "h", BAD_CAST "urn:hl7-org:v3");
}

Message::~Message() {
    xmlXPathFreeContext(parsed_->context);
    xmlFreeDoc(parsed_->document);
}

std::string Message::operator[](std::string const& path) const {
    auto* result =
        xmlXPathEvalExpression(BAD_CAST("string(" + path + ")").c_str(), parsed_->context);
    std::string const text = reinterpret_cast<char const*>(result->stringval);
    xmlXPathFreeObject(result);
    return text;
}

std::string Message::observation(std::string const& code) const {
    return (*this)["//h:administrativeObservation[h:code/@code='" + code + "']/h:value/@value"];
}

void check_schema(fs::path const& file) {
    fs::path const schema =
        fs::path{DMP_SCHEMA_DIR} / "HL7V3/NE2009/multicacheschemas/PRPA_IN201311UV02.xsd";
    if (!fs::exists(schema)) {
        INFO("the official schemas are not at " << DMP_SCHEMA_DIR << " (set DMP_SCHEMA_DIR)");
        REQUIRE(std::getenv("CI") == nullptr);
        WARN("skipped: validity against the official schema");
        return;
    }
    auto process = must(base::Process::start(
        {{"xmllint", "--nonet", "--noout", "--schema", schema, file}, {}, file.native() + ".log"}));
    auto const code = must(process.wait(std::chrono::seconds{60}));
    INFO(content_of(file.native() + ".log"));
    CHECK(code == 0);
}

}  // namespace system_tests
