#include "kiosk/dmp/sealing.hpp"
#include "kiosk/intake/audit_log.hpp"
#include "kiosk/intake/commands.hpp"
#include "kiosk/intake/grouping.hpp"
#include "kiosk/intake/private_file.hpp"
#include "kiosk/intake/sources.hpp"

#include <cstdio>

#include <fmt/core.h>

namespace intake {
namespace {

using base::failure;

constexpr char groups_file[] = "groups.json";

int fail(base::Error const& error) {
    fmt::print(stderr, "dmp-intake: {}\n", error.detail);
    return 1;
}

base::ByteView view(crypto::SecretString const& text) {
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

base::Result<void> write(dmp::OpenedRequest const& request, std::filesystem::path const& folder) {
    if (auto made = make_folder(folder); !made) return made;
    for (auto const& [name, text] :
         {std::pair{"request.xml", &request.message}, std::pair{"card.json", &request.card},
          std::pair{"evidence.json", &request.evidence}})
        if (auto written = write_private_file(folder / name, view(*text)); !written) return written;
    return {};
}

base::Result<void> write(dmp::OpenedWithdrawal const& withdrawal,
                         std::filesystem::path const& folder) {
    if (auto made = make_folder(folder); !made) return made;
    return write_private_file(folder / "withdraws.txt",
                              base::to_bytes(withdrawal.withdraws.text() + "\n"));
}

base::Result<void> print(dmp::OpenedWithdrawal const& withdrawal) {
    fmt::print("withdraws {}\n", withdrawal.withdraws.text());
    return {};
}

base::Result<void> print(dmp::OpenedRequest const& request) {
    for (auto const* text : {&request.message, &request.card, &request.evidence}) {
        std::fwrite(text->data(), 1, text->size(), stdout);
        std::fputc('\n', stdout);
    }
    if (std::fflush(stdout) != 0) return failure(base::system_error("standard output"));
    return {};
}

struct Tools {
    dmp::Opener opener;
    Source source;
    std::optional<AuditLog> log;
};

base::Result<Tools> tools_of(Opening const& opening) {
    auto opener = dmp::Opener::open(opening.key, opening.kiosk_ca);
    if (!opener) return failure(opener.error());
    auto source = Source::open(opening);
    if (!source) return failure(source.error());
    std::optional<AuditLog> log;
    if (opening.audit) {
        auto opened = AuditLog::open(*opening.audit, std::nullopt);
        if (!opened) return failure(opened.error());
        log = std::move(*opened);
    }
    return Tools{std::move(*opener), std::move(*source), std::move(log)};
}

base::Result<void> note(Tools& tools, crypto::Uuid const& id,
                        base::Result<dmp::Opened> const& opened) {
    if (!tools.log) return {};
    auto const kiosk = [](auto const& content) { return content.kiosk; };
    tools.log->add({.act = opened ? "opened" : "refused",
                    .kiosk = opened ? std::visit(kiosk, *opened) : std::string{},
                    .id = id.text(),
                    .result = opened ? std::string{} : std::string{name(opened.error().code)}});
    return tools.log->write();
}

// Decrypted and verified in memory; until both are done, and logged, nothing of it leaves.
base::Result<dmp::Opened> open_one(Tools& tools, crypto::Uuid const& id,
                                   std::optional<std::filesystem::path> const& folder) {
    auto const found = tools.source.find(id);
    if (!found) return failure(found.error());
    auto opened = tools.opener.open_sealed(found->sealed, id);
    if (auto noted = note(tools, id, opened); !noted) return failure(noted.error());
    if (!opened)
        return failure(opened.error().code,
                       id.text() + ": not opened: " + describe(opened.error()));
    auto const shown = std::visit(
        [&](auto const& content) -> base::Result<void> {
            auto written = folder ? write(content, *folder) : print(content);
            if (!written) return written;
            fmt::print(
                folder ? stdout : stderr, "{}: signed by {}{}{}{}{}\n", id.text(), content.kiosk,
                content.certificate_valid_then ? "" : " WITH A CERTIFICATE NOT VALID AT THAT TIME",
                found->history, folder ? ", opened into " : "", folder ? folder->native() : "");
            return {};
        },
        *opened);
    if (!shown) return failure(shown.error());
    return opened;
}

// Each into a folder of its own, and who asked twice among them. What cannot be opened is said and
// does not keep the rest from being opened.
int open_all(Tools& tools, std::filesystem::path const& folder) {
    Grouping grouping;
    int exit_code = 0;
    for (auto const& id : tools.source.ids()) {
        auto const opened = open_one(tools, id, folder / id.text());
        if (!opened) {
            exit_code = fail(opened.error());
            continue;
        }
        auto const added =
            std::visit([&](auto const& content) { return grouping.add(content); }, *opened);
        if (!added)
            exit_code = fail(
                {added.error().code, id.text() + ": opened but in no group, compare it by hand: " +
                                         added.error().detail});
    }
    auto const groups = base::to_bytes(grouping.json());
    if (auto written = write_private_file(folder / groups_file, groups); !written)
        return fail(written.error());
    fmt::print("{}", grouping.summary());
    return exit_code;
}

}  // namespace

int open(Opening const& opening) {
    if (auto const warning = crypto::openssl_warning())
        fmt::print(stderr, "dmp-intake: warning: {}\n", *warning);
    auto tools = tools_of(opening);
    if (!tools) return fail(tools.error());
    if (opening.output)
        if (auto made = make_folder(*opening.output); !made) return fail(made.error());
    if (!opening.id) return open_all(*tools, *opening.output);
    auto const request = open_one(*tools, tools->source.ids().front(), opening.output);
    return request ? 0 : fail(request.error());
}

}  // namespace intake
