#include "tests/image/machine/disk.hpp"

#include "tests/catch.hpp"
#include "tests/image/machine/tool.hpp"

#include <fstream>

using namespace machine;
namespace fs = std::filesystem;

namespace {

struct Folder {
    fs::path path;
    Folder() {
        auto pattern = (fs::temp_directory_path() / "disk-test.XXXXXX").native();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ~Folder() { fs::remove_all(path); }
};

template <class T>
T must(base::Result<T> result) {
    if (!result) FAIL(base::describe(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

std::string content_of(fs::path const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// A disk of 20 MiB with root-a and data, of 8 MiB each.
fs::path make_image(fs::path const& folder, std::string const& data = "data") {
    auto const image = folder / "disk.img";
    std::ofstream{image}.close();
    fs::resize_file(image, 20 << 20);
    std::ofstream{folder / "script"} << "label: gpt\nstart=1MiB, size=8MiB, name=root-a\n"
                                        "size=8MiB, name="
                                     << data << "\n";
    must(run_tool({"sh", "-c", "sfdisk --quiet \"$0\" <\"$1\"", image, folder / "script"}));
    return image;
}

}  // namespace

TEST_CASE("a disk's data is made of a folder, and its image stays as it was", "[disk]") {
    Folder const folder;
    auto const image = make_image(folder.path);
    auto const before = content_of(image);
    auto disk = must(Disk::over(image, folder.path / "disk.qcow2"));
    fs::create_directories(folder.path / "site/kiosk");
    std::ofstream{folder.path / "site/kiosk/kiosk.toml"} << "[kiosk]\n";
    must(disk.make_data(folder.path / "site"));
    must(disk.read_partition("data", folder.path / "data.img"));
    CHECK(must(run_tool({"debugfs", "-R", "cat /kiosk/kiosk.toml", folder.path / "data.img"}))
              .find("[kiosk]") != std::string::npos);
    CHECK(content_of(image) == before);
    CHECK_FALSE(disk.write_partition("root-b", image));
}

TEST_CASE("a disk from the workshop has its data partition named when it is made", "[disk]") {
    Folder const folder;
    auto const image = make_image(folder.path, "data-new");
    auto disk = must(Disk::over(image, folder.path / "disk.qcow2"));
    fs::create_directories(folder.path / "site");
    CHECK_FALSE(disk.read_partition("data", folder.path / "data.img"));
    must(disk.make_data(folder.path / "site"));
    must(disk.read_partition("data", folder.path / "data.img"));
    must(run_tool({"qemu-img", "convert", "-O", "raw", disk.file(), folder.path / "whole"}));
    auto const table = must(run_tool({"sfdisk", "--dump", folder.path / "whole"}));
    CHECK(table.find("name=\"root-a\"") != std::string::npos);
    CHECK(table.find("name=\"data\"") != std::string::npos);
    CHECK(must(run_tool({"sfdisk", "--verify", folder.path / "whole"})).find("No errors") !=
          std::string::npos);
}

TEST_CASE("damage changes bytes where it is told and nowhere else", "[disk]") {
    Folder const folder;
    auto disk = must(Disk::over(make_image(folder.path), folder.path / "disk.qcow2"));
    std::string content(8 << 20, 'Z');
    std::ofstream{folder.path / "root"} << content;
    must(disk.write_partition("root-a", folder.path / "root"));
    must(disk.damage("root-a", 4096, 64));
    must(disk.read_partition("root-a", folder.path / "read"));
    auto const read = content_of(folder.path / "read");
    REQUIRE(read.size() == content.size());
    CHECK(read.substr(0, 4096) == content.substr(0, 4096));
    CHECK(read.substr(4096, 64) != content.substr(4096, 64));
    CHECK(read.substr(4096 + 64) == content.substr(4096 + 64));
}
