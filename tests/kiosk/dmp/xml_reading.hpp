// An independent reading of an XML document: XPath, and the official schema.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct _xmlDoc;

namespace reading {

class Document {
  public:
    // Throws when the text is not well formed.
    explicit Document(std::string_view xml);

    // The string values of what an XPath 1.0 expression finds; the prefix is hl7.
    std::vector<std::string> all(std::string const& xpath) const;
    // Of the one thing it finds; "(none)" or "(several)" otherwise.
    std::string one(std::string const& xpath) const;
    std::size_t count(std::string const& xpath) const { return all(xpath).size(); }

    // What the schema has against it, empty when it is valid.
    std::string faults(std::filesystem::path const& schema) const;

  private:
    std::shared_ptr<_xmlDoc> document_;
};

}  // namespace reading
