#include "kiosk/intake/commands.hpp"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App app{"dmp-intake: receives the sealed requests of the kiosks and acknowledges them"};
    app.require_subcommand(1);

    std::filesystem::path config;
    auto* serve = app.add_subcommand("serve", "receive requests until SIGTERM");
    serve->add_option("--config", config, "intake.toml")->required();

    bool json = false;
    auto* list = app.add_subcommand("list", "what was received, oldest first");
    list->add_option("--config", config, "intake.toml")->required();
    list->add_flag("--json", json, "one JSON array");

    std::optional<std::string> id;
    bool all = false;
    std::filesystem::path folder;
    auto* fetch = app.add_subcommand("fetch", "write sealed requests as OUTPUT/<id>.cms");
    fetch->add_option("--config", config, "intake.toml")->required();
    auto* fetch_which = fetch->add_option_group("which");
    fetch_which->add_option("--id", id, "one request");
    fetch_which->add_flag("--all", all, "everything received");
    fetch_which->require_option(1);
    fetch->add_option("--output", folder, "folder")->required();

    CLI11_PARSE(app, argc, argv);
    if (*serve) return intake::serve(config);
    if (*list) return intake::list(config, json);
    return intake::fetch(config, id, folder);
}
