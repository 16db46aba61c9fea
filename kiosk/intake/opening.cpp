#include "kiosk/config/files.hpp"
#include "kiosk/dmp/sealing.hpp"
#include "kiosk/intake/commands.hpp"
#include "kiosk/intake/private_file.hpp"
#include "kiosk/intake/reading.hpp"

#include <cstdio>

#include <fmt/core.h>

namespace intake {
namespace {

using base::failure;

int fail(base::Error const& error) {
    fmt::print(stderr, "dmp-intake: {}\n", error.detail);
    return 1;
}

// Where the sealed requests come from: an intake of this machine, or one file.
struct Source {
    std::unique_ptr<StoreReader> intake;
    std::filesystem::path file;
    std::vector<crypto::Uuid> ids;
};

struct Found {
    base::Bytes sealed;
    std::string history;  // how it came to us, as far as we know
};

base::Result<Source> source_of(Opening const& opening) {
    if (opening.file) {
        auto const id = crypto::Uuid::parse(opening.id.value_or(""));
        if (!id) return failure(base::Errc::malformed, "--id: " + id.error().detail);
        return Source{nullptr, *opening.file, {*id}};
    }
    auto const settings = read_settings(opening.config.value_or(""));
    if (!settings) return failure(settings.error());
    auto reader = open_reader(*settings);
    if (!reader) return failure(reader.error());
    auto ids = ids_to_read(**reader, opening.id);
    if (!ids) return failure(ids.error());
    return Source{std::move(*reader), {}, std::move(*ids)};
}

base::Result<Found> find(Source const& source, crypto::Uuid const& id) {
    if (!source.intake) {
        auto sealed = config::read_file(source.file);
        if (!sealed) return failure(sealed.error());
        return Found{std::move(*sealed), {}};
    }
    auto stored = source.intake->fetch(id);
    if (!stored) return failure(stored.error());
    return Found{std::move(stored->sealed),
                 ", received " + stored->entry.received_at + " from " + stored->entry.kiosk};
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

// Decrypted and verified in memory; until both are done nothing of it leaves.
base::Result<void> open_one(dmp::Opener const& opener, Source const& source, crypto::Uuid const& id,
                            std::optional<std::filesystem::path> const& folder) {
    auto const found = find(source, id);
    if (!found) return failure(found.error());
    auto const opened = opener.open_sealed(found->sealed, id);
    if (!opened)
        return failure(opened.error().code,
                       id.text() + ": not opened: " + describe(opened.error()));
    return std::visit(
        [&](auto const& content) -> base::Result<void> {
            auto const shown = folder ? write(content, *folder) : print(content);
            if (!shown) return shown;
            fmt::print(
                folder ? stdout : stderr, "{}: signed by {}{}{}{}{}\n", id.text(), content.kiosk,
                content.certificate_valid_then ? "" : " WITH A CERTIFICATE NOT VALID AT THAT TIME",
                found->history, folder ? ", opened into " : "", folder ? folder->native() : "");
            return {};
        },
        *opened);
}

}  // namespace

int open(Opening const& opening) {
    if (auto const warning = crypto::openssl_warning())
        fmt::print(stderr, "dmp-intake: warning: {}\n", *warning);
    auto const opener = dmp::Opener::open(opening.key, opening.kiosk_ca);
    if (!opener) return fail(opener.error());
    auto const source = source_of(opening);
    if (!source) return fail(source.error());
    if (opening.output)
        if (auto made = make_folder(*opening.output); !made) return fail(made.error());
    int exit_code = 0;
    for (auto const& id : source->ids) {
        auto folder = opening.output;
        if (folder && !opening.id) *folder /= id.text();
        if (auto done = open_one(*opener, *source, id, folder); !done)
            exit_code = fail(done.error());
    }
    return exit_code;
}

}  // namespace intake
