#include "kiosk/carry/bundle.hpp"
#include "kiosk/carry/receipts.hpp"
#include "kiosk/crypto/base64.hpp"
#include "kiosk/spooler/carry_commands.hpp"
#include "kiosk/spooler/conversation.hpp"

#include <map>

#include <fmt/format.h>

namespace spooler {
namespace {

using base::Errc;
using base::failure;
using nlohmann::json;

base::Error with_advice(base::Error error, std::string_view advice) {
    error.detail += fmt::format(". {}", advice);
    return error;
}

// Told at the end, where it is read, and no refusal: whoever wants a folder here may have one.
std::string warning_about(carry::Folder const& stick) {
    if (!stick.is_on_own_disk()) return {};
    return fmt::format("ATTENTION: {} is on this machine's own disk. If that was to be a stick, it "
                       "is not mounted: mount it and do this again.\n",
                       stick.path().native());
}

struct Piece {
    std::int64_t seq;
    crypto::Uuid id;
    base::Bytes sealed;
};

base::Result<std::optional<Piece>> next_piece(Conversation& spooler, std::int64_t after,
                                              Parked parked) {
    auto const answer =
        spooler.ask("export_next", {{"after", after}, {"parked", parked == Parked::go_too}});
    if (!answer) return failure(answer.error());
    return understood([&]() -> base::Result<std::optional<Piece>> {
        if (answer->at("seq").is_null()) return std::nullopt;
        auto const id = crypto::Uuid::parse(answer->at("id").get<std::string>());
        auto sealed = crypto::from_base64(answer->at("sealed").get<std::string>());
        if (!id || !sealed) return failure(Errc::protocol_violated, "not a request");
        return Piece{answer->at("seq"), *id, std::move(*sealed)};
    });
}

struct Begun {
    Conversation spooler;
    carry::Folder stick;
    std::string kiosk;
};

base::Result<Begun> begin(std::filesystem::path const& socket, std::filesystem::path const& path) {
    auto stick = carry::Folder::open(path);
    if (!stick) return failure(stick.error());
    if (auto locked = stick->lock(); !locked) return failure(locked.error());
    auto spooler = Conversation::open(socket);
    if (!spooler) return failure(spooler.error());
    auto const answer = spooler->ask("carry_begin");
    if (!answer) return failure(answer.error());
    return understood([&]() -> base::Result<Begun> {
        return Begun{std::move(*spooler), std::move(*stick), answer->at("kiosk")};
    });
}

// One bundle of what comes after `after`, which moves on; its sentence, or nothing when nothing is
// left. The rows are noted as exported only when the bundle is whole on the stick.
base::Result<std::optional<std::string>> export_bundle(Begun& begun, std::int64_t& after,
                                                       Parked parked) {
    std::optional<carry::BundleWriter> writer;
    auto ids = json::array();
    while (ids.size() < carry::most_requests) {
        auto const piece = next_piece(begun.spooler, after, parked);
        if (!piece) return failure(piece.error());
        if (!*piece) break;
        if (!writer) {
            auto opened = carry::BundleWriter::begin(begun.stick, begun.kiosk);
            if (!opened) return failure(opened.error());
            writer.emplace(std::move(*opened));
        }
        if (auto added = writer->add((*piece)->id, (*piece)->sealed); !added)
            return failure(added.error());
        ids.push_back((*piece)->id.text());
        after = (*piece)->seq;
    }
    if (ids.empty()) return std::nullopt;
    auto const bundle = begun.spooler.ask("export_sign", {{"ids", ids}});
    if (!bundle) return failure(bundle.error());
    return understood([&]() -> base::Result<std::optional<std::string>> {
        if (bundle->at("bundle").is_null())
            return "Meanwhile the receiver signed for all of them: they need not be carried.\n";
        auto const name = writer->finish(bundle->at("bundle").get<std::int64_t>(),
                                         bundle->at("manifest").get<std::string>());
        if (!name) return failure(name.error());
        if (auto noted = begun.spooler.ask("export_done", {{"ids", ids}}); !noted)
            return failure(with_advice(noted.error(), *name + " is whole and may be carried, but "
                                                              "its requests still say: waiting"));
        return fmt::format("{}: {} requests.\n", *name, bundle->at("requests").get<std::int64_t>());
    });
}

}  // namespace

Carrying export_requests(std::filesystem::path const& socket, std::filesystem::path const& stick,
                         Parked parked) {
    Carrying carrying;
    auto begun = begin(socket, stick);
    if (!begun) {
        carrying.error = begun.error();
        return carrying;
    }
    for (std::int64_t after = 0;;) {
        auto const sentence = export_bundle(*begun, after, parked);
        if (!sentence) {
            carrying.error =
                with_advice(sentence.error(), "No request of this bundle was marked as exported");
            break;
        }
        if (!*sentence) break;
        carrying.done += **sentence;
    }
    if (carrying.done.empty() && !carrying.error)
        carrying.done = "No request waits for a receipt: nothing was written.\n";
    else if (!carrying.done.empty())
        carrying.done +=
            fmt::format("Take the stick to a kiosk with network (there: dmp-spooler import) or to "
                        "the receiver (dmp-intake import), and bring it back to {} with the "
                        "receipts (here: dmp-spooler import). Until then nothing is erased here.\n",
                        begun->kiosk) +
            warning_about(begun->stick);
    return carrying;
}

Carrying export_receipts(std::filesystem::path const& socket, std::filesystem::path const& stick) {
    Carrying carrying;
    auto begun = begin(socket, stick);
    if (!begun) {
        carrying.error = begun.error();
        return carrying;
    }
    struct Of {
        std::vector<std::string> receipts;
        std::vector<std::int64_t> numbers;
    };
    std::map<std::pair<std::string, std::int64_t>, Of> files;
    auto const read = understood([&]() -> base::Result<void> {
        for (std::int64_t after = 0;;) {
            auto const answer = begun->spooler.ask("returns_next", {{"after", after}});
            if (!answer) return failure(answer.error());
            if (answer->at("number").is_null()) return {};
            after = answer->at("number");
            auto& of = files[{answer->at("kiosk"), answer->at("bundle")}];
            of.receipts.push_back(answer->at("receipt"));
            of.numbers.push_back(after);
        }
    });
    if (!read) {
        carrying.error = read.error();
        return carrying;
    }
    for (auto const& [bundle, of] : files) {
        auto const& [kiosk, number] = bundle;
        if (auto written = carry::write_receipts(begun->stick, kiosk, number, of.receipts);
            !written) {
            carrying.error = with_advice(written.error(), "These receipts are still to be taken");
            return carrying;
        }
        if (auto noted = begun->spooler.ask("returns_done", {{"numbers", of.numbers}}); !noted) {
            carrying.error = noted.error();
            return carrying;
        }
        carrying.done +=
            fmt::format("{}: {} receipts. Take the stick to {} and run there: "
                        "dmp-spooler import.\n",
                        carry::receipts_name(kiosk, number), of.receipts.size(), kiosk);
    }
    if (carrying.done.empty())
        carrying.done = "No receipt of another kiosk is to be taken back: nothing was written. "
                        "What still waits to be sent: dmp-spooler status.\n";
    else
        carrying.done += warning_about(begun->stick);
    return carrying;
}

}  // namespace spooler
