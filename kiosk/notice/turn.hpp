// Which of several pages is the newest: it alone stays on the panel.
#pragma once

#include <filesystem>

#include <sys/types.h>

namespace notice {

class Turn {
  public:
    // A file that the pages share. Where it cannot be written nobody knows of another page.
    explicit Turn(std::filesystem::path file) : file_(std::move(file)) {}

    // This program's page is the newest from now on.
    void take() const;
    // Whether that of another program which still lives is.
    bool is_another() const;

  private:
    std::filesystem::path file_;
};

}  // namespace notice
