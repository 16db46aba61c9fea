// Run by the build: where a text of a deck or its consent is missing, nothing is built.
#include "kiosk/ui/consent_text.hpp"
#include "kiosk/ui/texts.hpp"
#include "kiosk/ui/view.hpp"

#include <cstdio>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: check-texts ASSETS\n", stderr);
        return 2;
    }
    int missing = 0;
    auto const tell = [&](auto const& result) {
        if (result) return;
        std::fprintf(stderr, "%s\n", base::describe(result.error()).c_str());
        ++missing;
    };
    for (auto const deck : ui::decks) {
        tell(ui::Texts::open(argv[1], deck));
        tell(ui::ConsentText::open(argv[1], deck, ui::consent_version));
    }
    return missing == 0 ? 0 : 1;
}
