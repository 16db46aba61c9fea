#include "kiosk/notice/turn.hpp"

#include <cerrno>
#include <csignal>
#include <fstream>

#include <unistd.h>

namespace notice {

void Turn::take() const {
    // Whole or not at all: another page may be reading it.
    auto const beside = file_.native() + "." + std::to_string(::getpid());
    std::ofstream{beside} << ::getpid() << '\n';
    std::error_code none;
    std::filesystem::rename(beside, file_, none);
}

bool Turn::is_another() const {
    pid_t holder = 0;
    if (!(std::ifstream{file_} >> holder) || holder <= 0 || holder == ::getpid()) return false;
    return ::kill(holder, 0) == 0 || errno == EPERM;
}

}  // namespace notice
