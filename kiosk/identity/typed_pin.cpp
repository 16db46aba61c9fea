#include "kiosk/identity/typed_pin.hpp"

#include <cerrno>
#include <iostream>
#include <string_view>
#include <utility>

#include <termios.h>
#include <unistd.h>

namespace identity {
namespace {

using base::Errc;
using base::failure;
using crypto::SecretBytes;
using crypto::SecretText;

constexpr std::size_t longest_line = 256;
constexpr char interrupt = 3;
constexpr char end_of_input = 4;
constexpr char backspace = 8;
constexpr char erase = 127;

// Nothing is shown, and every key reaches us: an interrupt that ended the program here would leave
// the terminal mute.
class MuteTerminal {
  public:
    static base::Result<MuteTerminal> open(int terminal) {
        termios before{};
        if (::tcgetattr(terminal, &before) != 0) return failure(base::system_error("tcgetattr"));
        auto mute = before;
        mute.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ICANON | ISIG);
        mute.c_cc[VMIN] = 1;
        mute.c_cc[VTIME] = 0;
        if (::tcsetattr(terminal, TCSAFLUSH, &mute) != 0)
            return failure(base::system_error("tcsetattr"));
        return MuteTerminal{terminal, before};
    }
    MuteTerminal(MuteTerminal&& other) noexcept
        : terminal_(std::exchange(other.terminal_, -1)), before_(other.before_) {}
    MuteTerminal& operator=(MuteTerminal&&) = delete;
    ~MuteTerminal() {
        if (terminal_ >= 0) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
    }

  private:
    MuteTerminal(int terminal, termios const& before) : terminal_(terminal), before_(before) {}

    int terminal_;
    termios before_;
};

// Byte by byte: a stream would keep a copy in a buffer that nobody wipes.
base::Result<SecretText> read_line(int input, bool keys) {
    SecretBytes line;
    line.reserve(longest_line);  // never grows
    for (;;) {
        char c = 0;
        auto const count = ::read(input, &c, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failure(base::system_error("read"));
        if (count == 0 || c == '\n' || c == '\r') break;
        if (keys && (c == interrupt || c == end_of_input))
            return failure(Errc::refused, "given up");
        if (keys && (c == backspace || c == erase)) {
            if (!line.empty()) line.pop_back();
        } else if (line.size() < longest_line) {
            line.push_back(static_cast<std::uint8_t>(c));
        }
    }
    return SecretText{std::string_view{reinterpret_cast<char const*>(line.data()), line.size()}};
}

base::Result<SecretText> asked(int terminal, std::string_view question) {
    std::cerr << question << std::flush;
    auto answer = read_line(terminal, true);
    std::cerr << '\n';
    return answer;
}

}  // namespace

base::Result<SecretText> typed_pin(int input) {
    if (::isatty(input) == 0) return read_line(input, false);
    auto const mute = MuteTerminal::open(input);
    if (!mute) return failure(mute.error());
    auto first = asked(input, "PIN (nothing is shown): ");
    if (!first) return first;
    auto const second = asked(input, "The same PIN again: ");
    if (!second) return second;
    if (*first != *second) return failure(Errc::refused, "the two PINs differ");
    return first;
}

}  // namespace identity
