#include "kiosk/carry/bundle.hpp"

#include <utility>

namespace carry {
namespace {

using base::Errc;
using base::failure;

constexpr auto manifest_name = "manifest.jws";
constexpr std::string_view bundle_prefix = "bundle-";
constexpr std::string_view unfinished_prefix = "unfinished-";
constexpr std::string_view receipts_prefix = "receipts-";
constexpr std::size_t most_names = 10'000;

std::string file_name(crypto::Uuid const& id) { return id.text() + ".cms"; }

std::string unfinished_name(std::string const& kiosk) {
    return std::string{unfinished_prefix} + kiosk;
}

bool is_ours(std::string_view name) {
    constexpr std::string_view ending = ".cms";
    if (name == manifest_name) return true;
    return name.ends_with(ending) &&
           crypto::Uuid::parse(name.substr(0, name.size() - ending.size())).has_value();
}

// Only what such a folder may hold is removed: anything else is somebody's, and stays.
base::Result<void> remove_unfinished(Folder const& stick, std::string const& name) {
    auto const folder = stick.enter(name);
    if (!folder && folder.error().code == Errc::file_missing) return {};
    if (!folder) return failure(folder.error());
    auto const names = folder->names(most_requests + 1);
    if (!names) return failure(names.error());
    for (auto const& one : *names)
        if (is_ours(one))
            if (auto removed = folder->remove(one); !removed) return removed;
    return stick.remove_folder(name);
}

base::ByteView view(std::string_view text) {
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

}  // namespace

base::Result<BundleWriter> BundleWriter::begin(Folder const& stick, std::string const& kiosk) {
    if (auto removed = remove_unfinished(stick, unfinished_name(kiosk)); !removed)
        return failure(removed.error());
    auto folder = stick.make(unfinished_name(kiosk));
    if (!folder) return failure(folder.error());
    return BundleWriter{stick, std::move(*folder), kiosk};
}

BundleWriter::BundleWriter(BundleWriter&& other) noexcept
    : stick_(std::exchange(other.stick_, nullptr)), folder_(std::move(other.folder_)),
      kiosk_(std::move(other.kiosk_)) {}

BundleWriter::~BundleWriter() {
    // Of a stick that was pulled out or is full nobody can ask more.
    if (stick_ != nullptr) static_cast<void>(remove_unfinished(*stick_, unfinished_name(kiosk_)));
}

base::Result<void> BundleWriter::add(crypto::Uuid const& id, base::ByteView sealed) {
    return folder_.write(file_name(id), sealed);
}

base::Result<std::string> BundleWriter::finish(std::int64_t number,
                                               std::string_view signed_manifest) {
    // The names of the bodies are on the stick before the manifest that promises them.
    if (auto synced = folder_.sync(); !synced) return failure(synced.error());
    if (auto written = folder_.write(manifest_name, view(signed_manifest)); !written)
        return failure(written.error());
    if (auto synced = folder_.sync(); !synced) return failure(synced.error());
    auto name = std::string{bundle_prefix} + kiosk_ + "-" + std::to_string(number);
    if (auto renamed = stick_->rename(unfinished_name(kiosk_), name); !renamed)
        return failure(renamed.error());
    auto const* const stick = std::exchange(stick_, nullptr);
    if (auto synced = stick->sync(); !synced) return failure(synced.error());
    return name;
}

base::Result<Bundle> Bundle::open(Folder const& place, std::string const& name) {
    auto folder = place.enter(name);
    if (!folder) return failure(folder.error());
    auto const text = folder->read(manifest_name, largest_manifest);
    if (!text && text.error().code == Errc::file_missing)
        return failure(Errc::file_missing, name + ": not a whole bundle: the stick was pulled out "
                                                  "too early; export again");
    if (!text) return failure(text.error());
    return Bundle{std::move(*folder), base::to_text(*text)};
}

base::Result<base::Bytes> Bundle::request(ListedRequest const& listed) const {
    auto const name = file_name(listed.id);
    auto body = folder_.read(name, largest_request);
    if (!body) return body;
    if (static_cast<std::int64_t>(body->size()) != listed.size ||
        crypto::sha256(*body) != listed.sha256)
        return failure(Errc::not_authentic,
                       (folder_.path() / name).native() + ": damaged: not what was exported");
    return body;
}

base::Result<Delivery> look_through(std::filesystem::path const& path) {
    std::error_code code;
    auto const real = std::filesystem::canonical(path, code);
    if (code) return failure(Errc::file_missing, path.native() + ": " + code.message());
    bool const is_bundle = real.filename().native().starts_with(bundle_prefix);
    auto place = Folder::open(is_bundle ? real.parent_path() : real);
    if (!place) return failure(place.error());
    Delivery delivery{std::move(*place), {}, {}, {}};
    if (is_bundle) {
        delivery.bundles.push_back(real.filename());
        return delivery;
    }
    auto names = delivery.place.names(most_names);
    if (!names) return failure(names.error());
    for (auto& name : *names) {
        if (name.starts_with(unfinished_prefix))
            delivery.unfinished.push_back(std::move(name));
        else if (name.starts_with(bundle_prefix))
            delivery.bundles.push_back(std::move(name));
        else if (name.starts_with(receipts_prefix))
            delivery.receipts.push_back(std::move(name));
    }
    return delivery;
}

}  // namespace carry
