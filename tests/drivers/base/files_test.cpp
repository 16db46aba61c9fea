#include "drivers/base/files.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

#include <sys/stat.h>
#include <unistd.h>

using base::Errc;
using std::filesystem::perms;

TEST_CASE("a file is read whole, also an empty one and one with zeros", "[files]") {
    pki::TemporaryFolder const folder;
    std::string const content{"a\0b\n", 4};
    CHECK(base::to_text(base::read_file(folder.write("a", content)).value()) == content);
    CHECK(base::read_file(folder.write("empty", "")).value().empty());
    std::string const large(1024 * 1024, 'x');
    CHECK(base::read_file(folder.write("large", large)).value().size() == large.size());
}

TEST_CASE("a file that cannot be read is an error that names it and the reason", "[files]") {
    pki::TemporaryFolder const folder;
    auto const missing = base::read_file(folder / "missing.toml");
    CHECK(missing.error().code == Errc::file_unreadable);
    CHECK(missing.error().detail ==
          (folder / "missing.toml").native() + ": No such file or directory");
    auto const larger = folder.write("larger", std::string(1024 * 1024 + 1, 'x'));
    CHECK(base::read_file(larger).error().detail == larger.native() + ": larger than 1 MiB");
    CHECK(base::read_file(folder.path()).error().detail == folder.path().native() + ": not a file");
}

TEST_CASE("a pipe in the place of a file is refused instead of waited for", "[files]") {
    pki::TemporaryFolder const folder;
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    CHECK(base::read_file(folder / "pipe").error().code == Errc::file_unreadable);
    CHECK(base::read_secret_file(folder / "pipe").error().code == Errc::file_unreadable);
}

TEST_CASE("a private key that others may open is refused", "[files]") {
    pki::TemporaryFolder const folder;
    auto const key = folder.write("key.pem", "secret");
    CHECK(base::to_text(base::read_secret_file(key).value()) == "secret");
    for (auto const added :
         {perms::group_read, perms::others_read, perms::group_write, perms::others_exec}) {
        std::filesystem::permissions(key, perms::owner_read | perms::owner_write | added);
        auto const read = base::read_secret_file(key);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Errc::permissions_unsafe);
        CHECK(read.error().detail.find("chmod 600") != std::string::npos);
        CHECK(read.error().detail.find("secret") == std::string::npos);
    }
    std::filesystem::permissions(key, perms::owner_read);
    CHECK(base::read_secret_file(key));
}

TEST_CASE("a private key of another user is refused", "[files]") {
    if (::geteuid() != 0) {
        WARN("skipped: only root can give a file away");
        return;
    }
    pki::TemporaryFolder const folder;
    auto const key = folder.write("key.pem", "secret");
    REQUIRE(::chown(key.c_str(), 65534, 65534) == 0);
    CHECK(base::read_secret_file(key).error().code == Errc::permissions_unsafe);
}

TEST_CASE("a private folder is made, or accepted when nobody else may enter", "[files]") {
    pki::TemporaryFolder const folder;
    auto const made = folder / "state";
    REQUIRE(base::private_folder(made));
    struct stat status {};
    REQUIRE(::stat(made.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0700);
    CHECK(base::private_folder(made));

    std::filesystem::permissions(made, perms::group_exec, std::filesystem::perm_options::add);
    CHECK(base::private_folder(made).error().code == Errc::permissions_unsafe);
    CHECK(base::private_folder(folder.write("file", "")).error().detail.find("not a folder") !=
          std::string::npos);
    CHECK(base::private_folder(folder / "no/parent").error().code == Errc::file_unreadable);
}
