#include "drivers/base/core_dumps.hpp"
#include "kiosk/intake/commands.hpp"

#include <iostream>

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

    intake::Opening opening;
    auto* open = app.add_subcommand("open", "decrypt and verify, then write what the request says");
    open->add_option("--key", opening.key, "the receiver's private key (PEM, chmod 600)")
        ->required();
    open->add_option("--kiosk-ca", opening.kiosk_ca, "authority of the kiosks' signing keys (PEM)")
        ->required();
    auto* source = open->add_option_group("from");
    auto* from_intake =
        source->add_option("--config", opening.config, "intake.toml of an intake on this machine");
    source->add_option("FILE", opening.file, "a sealed request written by fetch");
    source->require_option(1);
    auto* open_which = open->add_option_group("which");
    open_which->add_option("--id", opening.id, "the request's id");
    auto* open_all = open_which->add_flag("--all", all, "everything received, into OUTPUT/<id>");
    open_which->require_option(1);
    auto* output = open->add_option("--output", opening.output, "folder; none: standard output");
    open_all->needs(from_intake)->needs(output);

    CLI11_PARSE(app, argc, argv);
    // For the keys of `serve`, and for what `open` opens.
    if (auto forbidden = base::forbid_core_dumps(); !forbidden) {
        std::cerr << "dmp-intake: " << base::describe(forbidden.error()) << '\n';
        return 1;
    }
    if (*serve) return intake::serve(config);
    if (*list) return intake::list(config, json);
    if (*fetch) return intake::fetch(config, id, folder);
    return intake::open(opening);
}
