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

    std::filesystem::path bundle;
    auto* import = app.add_subcommand("import", "take the requests of a bundle brought by hand");
    import->add_option("--config", config, "intake.toml")->required();
    import->add_option("BUNDLE", bundle, "a bundle, or the stick it is on")->required();

    intake::Opening opening;
    auto* open = app.add_subcommand("open", "decrypt and verify, then write what the request says");
    open->add_option("--key", opening.key, "the receiver's private key (PEM, chmod 600)")
        ->required();
    open->add_option("--kiosk-ca", opening.kiosk_ca, "authority of the kiosks' signing keys (PEM)")
        ->required();
    auto* source = open->add_option_group("from");
    source->add_option("--config", opening.config, "intake.toml of an intake on this machine");
    source->add_option("FILE", opening.file,
                       "a sealed request written by fetch; with --all: a folder of them");
    source->require_option(1);
    auto* open_which = open->add_option_group("which");
    open_which->add_option("--id", opening.id, "the request's id");
    auto* open_all =
        open_which->add_flag("--all", all, "everything, into OUTPUT/<id>, and OUTPUT/groups.json");
    open_which->require_option(1);
    auto* output = open->add_option("--output", opening.output, "folder; none: standard output");
    open_all->needs(output);

    open->add_option("--audit", opening.audit, "a log of what was opened here, made when missing");

    intake::Telling telling;
    bool from_input = false;
    auto* outcome = app.add_subcommand("outcome", "tell what became of requests at the DMP");
    outcome->add_option("--config", telling.config, "intake.toml")->required();
    auto* told_which = outcome->add_option_group("which");
    auto* told_id = told_which->add_option("--id", telling.id, "one request");
    told_which->add_flag("--batch", from_input,
                         "many: lines UUID OUTCOME [CLASS] on standard input");
    told_which->require_option(1);
    auto* told_outcome = outcome->add_option("--outcome", telling.outcome,
                                             "created, already_open, closed_earlier or refused");
    outcome->add_option("--class", telling.refusal_class, "of a refusal, a word")->needs(told_id);
    told_outcome->needs(told_id);
    told_id->needs(told_outcome);

    auto* audit = app.add_subcommand("audit", "the log of what was received, given out and told");
    audit->require_subcommand(1);
    intake::AuditCheck check;
    auto* verify = audit->add_subcommand("verify", "whether the log is whole and unchanged");
    auto* log = verify->add_option_group("log");
    log->add_option("--config", check.config, "intake.toml");
    log->add_option("--file", check.file, "the log of `open`, or a copy");
    log->require_option(1);
    verify->add_option("--head", check.head, "NUMBER:HASH of `audit head`, kept elsewhere");
    auto* head = audit->add_subcommand("head", "print the newest line's NUMBER:HASH, to be kept");
    head->add_option("--config", config, "intake.toml")->required();

    CLI11_PARSE(app, argc, argv);
    // For the keys of `serve`, and for what `open` opens.
    if (auto forbidden = base::forbid_core_dumps(); !forbidden) {
        std::cerr << "dmp-intake: " << base::describe(forbidden.error()) << '\n';
        return 1;
    }
    if (*serve) return intake::serve(config);
    if (*list) return intake::list(config, json);
    if (*fetch) return intake::fetch(config, id, folder);
    if (*outcome) return intake::tell_outcomes(telling);
    if (*verify) return intake::verify_audit(check);
    if (*head) return intake::print_audit_head(config);
    if (*import) return intake::import_bundles(config, bundle);
    return intake::open(opening);
}
