#include "tests/image/power_cuts/host_machine.hpp"

#include "drivers/base/eventually.hpp"
#include "drivers/base/line_client.hpp"
#include "kiosk/crypto/digest.hpp"
#include "tests/catch.hpp"
#include "tests/image/power_cuts/sparse_file.hpp"
#include "tests/image/power_cuts/tool.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace power_cuts {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using nlohmann::json;

constexpr std::uint64_t mebibyte = 1U << 20U;
constexpr std::uint64_t disk_size = 48 * mebibyte;
constexpr ByteRange esp{1 * mebibyte, 8 * mebibyte};
constexpr ByteRange root_a{9 * mebibyte, 1 * mebibyte};
constexpr ByteRange root_b{10 * mebibyte, 1 * mebibyte};
constexpr ByteRange data{11 * mebibyte, 32 * mebibyte};

std::string table() {
    auto const line = [](ByteRange range, std::string const& name) {
        return "start=" + std::to_string(range.offset / 512) +
               ", size=" + std::to_string(range.length / 512) + ", name=" + name + "\n";
    };
    return "label: gpt\n" + line(esp, "ESP") + line(root_a, "root-a") + line(root_b, "root-b") +
           line(data, "data");
}

// Of a version of the machine, whose content is nothing but different.
std::string image_of(std::string const& what, std::uint64_t size) {
    auto const seed = crypto::sha256(base::to_bytes(what));
    std::string image(size, '\0');
    for (std::size_t i = 0; i < image.size(); ++i)
        image[i] = static_cast<char>(seed[i % seed.size()] + i / 512);
    return image;
}

std::string kernel_of(std::string const& version) { return image_of("kernel " + version, 600'000); }
std::string root_of(std::string const& version) { return image_of("root " + version, 900'096); }

RecordedVersion recorded(std::string const& version) {
    auto const hash = [](std::string const& image) {
        return base::to_hex(crypto::sha256(base::to_bytes(image)));
    };
    auto const root = root_of(version);
    return {version, hash(kernel_of(version)), hash(root), root.size()};
}

std::string entry(char slot, std::string const& key) {
    return "title DMP kiosk\nsort-key " + key + "\nefi /EFI/dmp/" + slot + ".efi\n";
}

// mtools' name of a partition in an image.
std::string fat_in(fs::path const& disk) {
    return disk.native() + "@@" + std::to_string(esp.offset);
}

// In parts, as a kernel's write-back might.
void write_root(fs::path const& disk, ByteRange slot, std::string const& version) {
    constexpr std::size_t part = 32 << 10;
    base::Descriptor const file{::open(disk.c_str(), O_WRONLY | O_CLOEXEC)};
    REQUIRE(file);
    auto const root = base::to_bytes(root_of(version));
    for (std::size_t at = 0; at < root.size(); at += part)
        REQUIRE(write_at(file, slot.offset + at,
                         base::ByteView{root}.subspan(at, std::min(part, root.size() - at))));
}

}  // namespace

std::optional<std::string> why_no_host_machine() {
    if (::geteuid() != 0) return "only root may attach disks";
    for (auto const* device : {"/dev/fuse", "/dev/loop-control"})
        if (::access(device, R_OK | W_OK) != 0) return std::string{"no "} + device;
    // Of this process alone, so that they go with it.
    if (::unshare(CLONE_NEWNS) != 0 ||
        ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return "no name space with mounts";
    return std::nullopt;
}

void HostMachine::run(std::vector<std::string> const& command) const {
    auto const ran = run_tool(command, folder_.path());
    REQUIRE(ran);
    INFO(command.front() << ": " << ran->output);
    REQUIRE(ran->code == 0);
}

void HostMachine::put_on_esp(std::string const& content, std::string const& to) const {
    auto const disk = disk_ ? disk_->file() : Recording::disk_in(folder());
    spooler_test::write(folder_ / "put", content);
    run({"mcopy", "-D", "o", "-i", fat_in(disk), folder_ / "put", "::" + to});
}

HostMachine::HostMachine() {
    auto const before = Recording::disk_in(folder());
    REQUIRE(make_sparse(before, disk_size));
    spooler_test::write(folder_ / "table", table());
    run({"sh", "-c", "sfdisk -q " + before.native() + " < " + (folder_ / "table").native()});
    run({"mkfs.vfat", "--offset", std::to_string(esp.offset / 512), before,
         std::to_string(esp.length / 1024)});
    run({"mke2fs", "-q", "-t", "ext4", "-J", "size=4", "-E",
         "offset=" + std::to_string(data.offset), before,
         std::to_string(data.length / 1024) + "k"});
    run({"mmd", "-i", fat_in(before), "::/loader", "::/loader/entries", "::/EFI", "::/EFI/dmp"});
    put_on_esp(kernel_of("1"), "/EFI/dmp/a.efi");
    put_on_esp(entry('a', "500000"), "/loader/entries/kiosk-a.conf");
    write_root(before, root_a, "1");
    recording_.versions = {recorded("1"), recorded("2")};
    auto const disk = folder_ / "disk.img";
    fs::copy_file(before, disk);
    auto opened = LoggedDisk::open(disk, Recording::log_in(folder()));
    if (!opened) FAIL(base::describe(opened.error()));
    disk_.emplace(std::move(*opened));
}

HostMachine::~HostMachine() {
    if (mounted_) ::umount2((folder_ / "var").c_str(), MNT_DETACH);
}

void HostMachine::mount_data() {
    auto const var = folder_ / "var";
    fs::create_directories(var);
    run({"mount", "-o",
         "loop,offset=" + std::to_string(data.offset) + ",sizelimit=" + std::to_string(data.length),
         disk_->file(), var});
    mounted_ = true;
    fs::create_directories(fs::path{var} / "lib" / "dmp-spooler");
    fs::permissions(fs::path{var} / "lib" / "dmp-spooler", fs::perms::owner_all);
}

void HostMachine::unmount_data() {
    run({"umount", folder_ / "var"});
    mounted_ = false;
}

void HostMachine::enrol(int requests) {
    mount_data();
    auto const configuration = spooler_test::write_configuration(folder(), "https://127.0.0.1:1");
    auto settings = spooler_test::content_of(configuration);
    auto const from = settings.find("\"data\"");
    settings.replace(from, 6, "\"var/lib/dmp-spooler\"");
    spooler_test::write(configuration, settings);
    auto const log = folder_ / "spooler.log";
    auto spooler =
        base::Process::start({{SPOOLER_PROGRAM, "run", "--config", configuration}, {}, log});
    REQUIRE(spooler);
    auto const is_ready = [&] {
        return spooler_test::content_of(log).find("ready") != std::string::npos;
    };
    REQUIRE(base::eventually(is_ready, 10s));
    auto client = base::LineClient::connect(folder_ / "socket");
    REQUIRE(client);
    REQUIRE(client->ask(R"({"do":"open_day","as":"A1"})", 5s));
    std::ofstream others{folder_ / "var" / "others.log"};
    for (int i = 0; i < requests; ++i) {
        auto const request = spooler_test::sealed_request();
        auto const answer = client->ask(spooler_test::enqueue_line(request), 5s);
        REQUIRE(answer);
        REQUIRE(json::parse(*answer)["ok"] == true);
        recording_.requests.push_back({request.id.text(), disk_->moment()});
        // Written by somebody who never syncs.
        others << std::string(5000, static_cast<char>('a' + i % 26)) << std::flush;
    }
    others.close();
    spooler->signal(SIGKILL);
    REQUIRE(spooler->wait(5s));
    unmount_data();
}

void HostMachine::update() {
    auto const flush = [&] { REQUIRE(disk_->flush()); };
    write_root(disk_->file(), root_b, "2");
    flush();
    put_on_esp(kernel_of("2"), "/EFI/dmp/b.new");
    flush();
    run({"mren", "-i", fat_in(disk_->file()), "::/EFI/dmp/b.new", "::/EFI/dmp/b.efi"});
    flush();
    put_on_esp(entry('b', "499999"), "/loader/entries/kiosk-b+3.conf");
    flush();
}

Recording HostMachine::finish() {
    REQUIRE(disk_->close());
    REQUIRE(recording_.write(folder()));
    return recording_;
}

}  // namespace power_cuts
