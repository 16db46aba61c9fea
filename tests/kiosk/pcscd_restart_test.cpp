#include "kiosk/pcscd_restart.hpp"

#include "tests/catch.hpp"
#include "tests/drivers/base/temporary_folder.hpp"

namespace fs = std::filesystem;

TEST_CASE("a new pcscd is asked for by an empty file and again when that was taken", "[reader]") {
    TemporaryFolder const folder;
    auto const request = folder / "pcscd-restart";
    kiosk::ask_for_new_pcscd({});
    CHECK_FALSE(fs::exists(request));
    kiosk::ask_for_new_pcscd(request);
    CHECK(fs::file_size(request) == 0);
    CHECK((fs::status(request).permissions() & fs::perms::others_all) == fs::perms::none);
    kiosk::ask_for_new_pcscd(request);  // nobody took it yet
    CHECK(fs::exists(request));
    fs::remove(request);
    kiosk::ask_for_new_pcscd(request);
    CHECK(fs::exists(request));
}

TEST_CASE("asking for a new pcscd follows no link and survives a folder that is away", "[reader]") {
    TemporaryFolder const folder;
    auto const other = folder / "other";
    fs::create_symlink(other, folder / "pcscd-restart");
    kiosk::ask_for_new_pcscd(folder / "pcscd-restart");
    CHECK_FALSE(fs::exists(other));
    kiosk::ask_for_new_pcscd(folder / "no/such/folder");
}
