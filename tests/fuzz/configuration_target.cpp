#include "drivers/base/toml_file.hpp"
#include "tests/fuzz/memory_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace fuzz {

bool read_configuration(base::ByteView input) {
    static MemoryFile const memory{"configuration"};
    memory.write(input);
    auto const path = memory.path().native();
    auto const told = [&](base::Error const& error) {
        promise(error.detail.find(path) != std::string::npos, "an error names the file");
        promise(error.detail.find('\n') == std::string::npos, "an error is one line");
    };
    auto file = base::TomlFile::open(path);
    if (!file) return told(file.error()), false;
    if (auto const name = file->text("reader.name"); !name) told(name.error());
    auto const port = file->integer("listen.port", 0, 65535, 443);
    if (!port) told(port.error());
    promise(!port || (*port >= 0 && *port <= 65535), "a number is within its bounds");
    if (auto const pitch = file->number("screen.mm_per_pixel", 0.01, 2, 0.18); !pitch)
        told(pitch.error());
    if (auto const on = file->flag("sound.signals", true); !on) told(on.error());
    if (auto const names = file->texts("relationships", {}); !names) told(names.error());
    for (std::size_t i = 0; i < std::min<std::size_t>(file->count("authors"), 3); ++i)
        if (auto const id = file->text("authors." + std::to_string(i) + ".id"); !id)
            told(id.error());
    auto const known = file->no_other_keys();
    if (!known) told(known.error());
    return known.has_value();
}

}  // namespace fuzz
