#include "kiosk/identity/pin_counts.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/files.hpp"
#include "drivers/base/unix_socket.hpp"
#include "drivers/base/whole_number.hpp"

#include <cerrno>
#include <cstdio>
#include <string_view>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace identity {
namespace {

using base::Errc;
using base::failure;
using nlohmann::json;

constexpr int version = 1;
constexpr int most_wrong = 1000;  // a number beyond it is damage, wherever the lock is

// Without it the new name may be lost with the power, and the old counts be back.
base::Result<void> sync_folder(std::filesystem::path const& folder) {
    if (!base::sync_folder(folder))
        return failure(base::system_error(folder.native(), Errc::storage_failed));
    return {};
}

base::Result<void> write_part(std::filesystem::path const& part, std::string_view content) {
    ::unlink(part.c_str());  // left by a power cut
    base::Descriptor const file{
        ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)};
    if (!file) return failure(base::system_error(part.native(), Errc::storage_failed));
    if (!base::write_and_sync(file.number(), content))
        return failure(base::system_error("write", Errc::storage_failed));
    return {};
}

bool is_count(json const& value) {
    return value.is_object() && value.size() == 2 && value.contains("pin_hash") &&
           value["pin_hash"].is_string() && value.contains("wrong") &&
           base::whole_number(value["wrong"], most_wrong);
}

}  // namespace

base::Result<PinCounts> read_counts(std::filesystem::path const& file) {
    std::error_code problem;
    if (std::filesystem::symlink_status(file, problem).type() ==
        std::filesystem::file_type::not_found)
        return PinCounts{};
    auto const damaged = failure(Errc::storage_damaged, file.native() + ": not a list of counts");
    auto const content = base::read_file(file);
    if (!content) return failure(Errc::storage_damaged, content.error().detail);
    auto const document = json::parse(content->begin(), content->end(), nullptr, false);
    if (!document.is_object() || document.size() != 2 ||
        document.value("version", json{}) != version)
        return damaged;
    auto const authors = document.find("authors");
    if (authors == document.end() || !authors->is_object()) return damaged;
    PinCounts counts;
    for (auto const& [id, count] : authors->items()) {
        if (!is_count(count)) return damaged;
        counts[id] = {count["pin_hash"].get<std::string>(), count["wrong"].get<int>()};
    }
    return counts;
}

base::Result<void> write_counts(std::filesystem::path const& file, PinCounts const& counts) {
    auto authors = json::object();
    for (auto const& [id, count] : counts)
        authors[id] = {{"pin_hash", count.hash_digest}, {"wrong", count.wrong}};
    auto part = file;
    part += ".part";
    auto const content = json{{"version", version}, {"authors", std::move(authors)}}.dump() + "\n";
    if (auto written = write_part(part, content); !written) return written;
    if (::rename(part.c_str(), file.c_str()) != 0)
        return failure(base::system_error(file.native(), Errc::storage_failed));
    return sync_folder(file.parent_path());
}

}  // namespace identity
