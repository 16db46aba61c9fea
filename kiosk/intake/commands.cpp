#include "kiosk/intake/commands.hpp"

#include "kiosk/intake/private_file.hpp"
#include "kiosk/intake/reading.hpp"
#include "kiosk/intake/server.hpp"

#include <csignal>

#include <sys/stat.h>

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace intake {
namespace {

int fail(base::Error const& error) {
    fmt::print(stderr, "dmp-intake: {}\n", error.detail);
    return 1;
}

void log_to_standard_output() {
    auto logger = spdlog::stdout_logger_st("intake");
    logger->set_pattern("%Y-%m-%dT%H:%M:%SZ %l: %v", spdlog::pattern_time_type::utc);
    logger->flush_on(spdlog::level::trace);
    spdlog::set_default_logger(std::move(logger));
}

base::Result<Server> open_server(Settings const& settings) {
    auto credentials = load_credentials(settings);
    if (!credentials) return base::failure(credentials.error());
    auto server = Server::open(settings, std::move(*credentials));
    if (!server || !settings.port_file) return server;
    auto const port = base::to_bytes(std::to_string(server->port()) + "\n");
    if (auto written = write_private_file(*settings.port_file, port); !written)
        return base::failure(setting_error(settings, "listen.port_file", written.error().detail));
    return server;
}

}  // namespace

int serve(std::filesystem::path const& config) {
    ::umask(0077);
    std::signal(SIGPIPE, SIG_IGN);
    auto const settings = read_settings(config);
    if (!settings) return fail(settings.error());
    auto server = open_server(*settings);
    if (!server) return fail(server.error());
    log_to_standard_output();
    auto const v6 = settings->address.find(':') != std::string::npos;
    spdlog::info("ready: {}{}{}:{}", v6 ? "[" : "", settings->address, v6 ? "]" : "",
                 server->port());
    server->run();
    spdlog::info("ended");
    return 0;
}

int list(std::filesystem::path const& config, bool json) {
    auto const settings = read_settings(config);
    if (!settings) return fail(settings.error());
    auto reader = open_reader(*settings);
    if (!reader) return fail(reader.error());
    auto const entries = list_all(**reader);
    if (!entries) return fail(entries.error());
    if (!json) {
        for (auto const& entry : *entries)
            fmt::print("{}  {}  {:>6}  {}  {}\n", entry.id.text(), entry.received_at, entry.size,
                       base::to_hex(entry.sha256), entry.kiosk);
        return 0;
    }
    auto listed = nlohmann::ordered_json::array();
    for (auto const& entry : *entries)
        listed.push_back({{"id", entry.id.text()},
                          {"kiosk", entry.kiosk},
                          {"received_at", entry.received_at},
                          {"size", entry.size},
                          {"sha256", base::to_hex(entry.sha256)}});
    fmt::print("{}\n", listed.dump());
    return 0;
}

int fetch(std::filesystem::path const& config, std::optional<std::string> const& id,
          std::filesystem::path const& output) {
    auto const settings = read_settings(config);
    if (!settings) return fail(settings.error());
    auto reader = open_reader(*settings);
    if (!reader) return fail(reader.error());
    auto ids = ids_to_read(**reader, id);
    if (!ids) return fail(ids.error());
    if (auto made = make_folder(output); !made) return fail(made.error());
    int exit_code = 0;
    for (auto const& one : *ids) {
        auto stored = (*reader)->fetch(one);
        auto written = stored ? write_private_file(output / (one.text() + ".cms"), stored->sealed)
                              : base::failure(stored.error());
        if (!written) exit_code = fail(written.error());
    }
    return exit_code;
}

}  // namespace intake
