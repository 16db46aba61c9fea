// The independent reading of a request that the receiver opened.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace system_tests {

// Reads the message independently of the code that wrote it: by XPath, "h" being the HL7 namespace.
class Message {
  public:
    explicit Message(std::filesystem::path const& file);
    ~Message();
    Message(Message const&) = delete;
    Message& operator=(Message const&) = delete;

    std::string operator[](std::string const& path) const;
    std::string observation(std::string const& code) const;

  private:
    struct Parsed;
    std::unique_ptr<Parsed> parsed_;
};

// Against the official schema; skipped with a sentence where there is none, a failure when CI=true.
void check_schema(std::filesystem::path const& file);

}  // namespace system_tests
