#include "tests/image/machine/site.hpp"

#include "drivers/base/eventually.hpp"
#include "tests/image/machine/tool.hpp"

#include <cstdlib>
#include <fstream>

#include <nlohmann/json.hpp>

namespace machine {

using base::Errc;
using base::failure;
using base::Process;
using base::Result;
namespace fs = std::filesystem;

namespace {

std::string content_of(fs::path const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

constexpr auto kiosk_file = "var/lib/dmp-site/kiosk/kiosk.toml";

constexpr auto intake_toml = R"(node = "intake-machine"
[listen]
address = "127.0.0.1"
port = 0
port_file = "intake.port"
[tls]
certificate = "keys/intake-tls.pem"
key = "keys/intake-tls.key"
client_ca = "keys/kiosk-authority.pem"
[receipts]
key = "keys/receipt.key"
[store]
database = "intake/intake.db"
admin_socket = "intake.sock"
)";

}  // namespace

Result<std::unique_ptr<Site>> Site::commission(Places places, Screen const& screen) {
    std::string folder = fs::temp_directory_path() / "site-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) return failure(base::system_error(folder));
    std::unique_ptr<Site> site{new Site{std::move(places), screen, folder}};
    if (auto made = site->make(); !made) return failure(made.error());
    if (auto started = site->start_intake(); !started) return failure(started.error());
    return site;
}

Site::~Site() {
    intake_.reset();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

Result<void> Site::make() {
    auto made = run_tool({(places_.source / "image/test/commission").native(), folder_.native(),
                          std::to_string(screen_.width), std::to_string(screen_.height),
                          std::to_string(screen_.mm_per_pixel)});
    if (!made) return failure(made.error());
    std::ofstream configuration{file("intake.toml")};
    configuration << intake_toml;
    if (!configuration.flush())
        return failure(Errc::system_failed, file("intake.toml") + ": cannot be written");
    return {};
}

Result<void> Site::start_intake() {
    auto process =
        Process::start({{program("dmp-intake"), "serve", "--config", file("intake.toml")},
                        {},
                        file("intake.log")});
    if (!process) return failure(process.error());
    intake_.emplace(std::move(*process));
    auto const ready = [&] {
        return !intake_->running() ||
               content_of(file("intake.port")).find('\n') != std::string::npos;
    };
    if (!base::eventually(ready, std::chrono::seconds{30}) || !intake_->running())
        return failure(Errc::system_failed, "dmp-intake: " + content_of(file("intake.log")));
    intake_port_ = std::atoi(content_of(file("intake.port")).c_str());
    return {};
}

std::string Site::kiosk_toml() const { return content_of(file(kiosk_file)); }

Result<std::size_t> Site::received() {
    auto const text =
        run_tool({program("dmp-intake"), "list", "--json", "--config", file("intake.toml")});
    if (!text) return failure(text.error());
    auto const list = nlohmann::json::parse(*text, nullptr, false);
    if (!list.is_array()) return failure(Errc::protocol_violated, "list: " + *text);
    return list.size();
}

Result<std::vector<fs::path>> Site::open_received() {
    auto const output = file("received");
    auto done = run_tool({program("dmp-intake"), "open", "--all", "--config", file("intake.toml"),
                          "--key", file("keys/receiver.key"), "--kiosk-ca",
                          file("keys/kiosk-authority.pem"), "--output", output});
    if (!done) return failure(done.error());
    std::vector<fs::path> requests;
    for (auto const& entry : fs::directory_iterator{output})
        if (entry.is_directory()) requests.push_back(entry.path());
    return requests;
}

}  // namespace machine
