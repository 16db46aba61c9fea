#include "kiosk/intake/sources.hpp"

#include "drivers/base/files.hpp"
#include "kiosk/intake/reading.hpp"

#include <algorithm>

namespace intake {
namespace {

using base::Errc;
using base::failure;
namespace fs = std::filesystem;

constexpr std::string_view suffix = ".cms";

// As `fetch --all` wrote them; whatever else lies there is not ours.
base::Result<std::vector<crypto::Uuid>> ids_in(fs::path const& folder) {
    std::error_code code;
    std::vector<crypto::Uuid> ids;
    for (fs::directory_iterator entry{folder, code}, end; !code && entry != end;
         entry.increment(code))
        if (entry->path().extension() == suffix)
            if (auto const id = crypto::Uuid::parse(entry->path().stem().native()))
                ids.push_back(*id);
    if (code) return failure(Errc::file_missing, folder.native() + ": " + code.message());
    if (ids.empty())
        return failure(Errc::file_missing, folder.native() + ": holds no UUID.cms of `fetch`");
    std::ranges::sort(ids);
    return ids;
}

}  // namespace

base::Result<Source> Source::of_files(fs::path const& path, std::optional<std::string> const& id) {
    if (!id) {
        auto ids = ids_in(path);
        if (!ids) return failure(ids.error());
        return Source{nullptr, path, std::move(*ids)};
    }
    auto const parsed = crypto::Uuid::parse(*id);
    if (!parsed) return failure(Errc::malformed, "--id: " + parsed.error().detail);
    return Source{nullptr, path, {*parsed}};
}

base::Result<Source> Source::open(Opening const& opening) {
    if (opening.file) return of_files(*opening.file, opening.id);
    auto const settings = read_settings(opening.config.value_or(""));
    if (!settings) return failure(settings.error());
    auto reader = open_reader(*settings);
    if (!reader) return failure(reader.error());
    auto ids = ids_to_read(**reader, opening.id);
    if (!ids) return failure(ids.error());
    return Source{std::move(*reader), {}, std::move(*ids)};
}

base::Result<Found> Source::find(crypto::Uuid const& id) const {
    if (!intake_) {
        std::error_code code;
        auto const file =
            fs::is_directory(path_, code) ? path_ / (id.text() + std::string{suffix}) : path_;
        auto sealed = base::read_file(file);
        if (!sealed) return failure(sealed.error());
        return Found{std::move(*sealed), {}};
    }
    auto stored = intake_->fetch(id);
    if (!stored) return failure(stored.error());
    return Found{std::move(stored->sealed),
                 ", received " + stored->entry.received_at + " from " + stored->entry.kiosk};
}

}  // namespace intake
