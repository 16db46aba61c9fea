#include "kiosk/machine/settings.hpp"

#include "drivers/base/toml_file.hpp"

#include <array>

#include <pwd.h>

namespace machine {

using base::failure;

base::Result<Settings> Settings::read(std::filesystem::path const& path) {
    auto file = base::TomlFile::open(path);
    if (!file) return failure(file.error());
    Settings settings{};
    auto const user = file->text("kiosk_user");
    if (!user) return failure(user.error());
    auto const* const account = ::getpwnam(user->c_str());
    if (account == nullptr)
        return failure(file->error("kiosk_user", "this machine has no user \"" + *user + "\""));
    settings.kiosk_user = account->pw_uid;
    auto const idle = file->integer("idle_seconds", 1, 3600);
    if (!idle) return failure(idle.error());
    settings.idle = std::chrono::seconds{*idle};

    struct Field {
        char const* key;
        std::filesystem::path& path;
    };
    std::array const fields{Field{"authors", settings.authors},
                            Field{"spooler", settings.spooler},
                            Field{"quiet", settings.quiet},
                            Field{"slot", settings.slot},
                            Field{"release", settings.release},
                            Field{"programs.systemctl", settings.programs.systemctl},
                            Field{"programs.rauc", settings.programs.rauc},
                            Field{"programs.spooler", settings.programs.spooler},
                            Field{"programs.supervisor", settings.programs.supervisor}};
    for (auto const& field : fields) {
        auto value = file->path(field.key);
        if (!value) return failure(value.error());
        field.path = std::move(*value);
    }
    if (auto checked = file->no_other_keys(); !checked) return failure(checked.error());
    return settings;
}

}  // namespace machine
