// Where dmp-machine finds what it works with: one file of the image, which nobody who asks can
// change (image/rootfs/usr/lib/dmp-kiosk/machine.toml). Every key must be there.
#pragma once

#include "drivers/base/result.hpp"

#include <chrono>
#include <filesystem>

#include <sys/types.h>

namespace machine {

struct Settings {
    uid_t kiosk_user;               // whose verbs are Askers::kiosk
    std::filesystem::path authors;  // the list of those who may be named
    std::filesystem::path spooler;  // socket of dmp-spooler
    std::filesystem::path quiet;    // is there while dmp-kiosk serves nobody
    std::filesystem::path slot;     // one line: a or b, the slot that was started
    std::filesystem::path release;  // lines such as VERSION=
    std::chrono::seconds idle;      // without anybody connected the program ends

    // The programs that do what this one decides.
    struct Programs {
        std::filesystem::path systemctl, rauc, spooler, supervisor;
    } programs;

    // One sentence with file, key and reason.
    static base::Result<Settings> read(std::filesystem::path const& path);
};

}  // namespace machine
