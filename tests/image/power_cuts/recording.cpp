#include "tests/image/power_cuts/recording.hpp"

#include "drivers/base/files.hpp"
#include "drivers/base/whole_number.hpp"

#include <fstream>
#include <limits>

#include <nlohmann/json.hpp>

namespace power_cuts {

using base::Errc;
using nlohmann::json;

namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();

std::filesystem::path facts_in(std::filesystem::path const& folder) {
    return folder / "recording.json";
}

std::uint64_t number(json const& object, char const* key) {
    auto const value = base::whole_number(object.at(key), most);
    if (!value) throw json::other_error::create(0, std::string{key} + " is no number", &object);
    return static_cast<std::uint64_t>(*value);
}

}  // namespace

std::filesystem::path Recording::disk_in(std::filesystem::path const& folder) {
    return folder / "before.img";
}

std::filesystem::path Recording::log_in(std::filesystem::path const& folder) {
    return folder / "writes.log";
}

base::Result<void> Recording::write(std::filesystem::path const& folder) const {
    json facts{{"begin", begin}, {"requests", json::array()}, {"versions", json::array()}};
    for (auto const& request : requests) {
        json entry{{"id", request.id}};
        if (request.acknowledged) entry["acknowledged"] = *request.acknowledged;
        facts["requests"].push_back(std::move(entry));
    }
    for (auto const& version : versions)
        facts["versions"].push_back({{"name", version.name},
                                     {"kernel", version.kernel},
                                     {"root", version.root},
                                     {"root_bytes", version.root_bytes}});
    std::ofstream file{facts_in(folder)};
    file << facts.dump(2) << '\n';
    file.close();
    if (!file)
        return base::failure(Errc::system_failed, "cannot write " + facts_in(folder).native());
    return {};
}

base::Result<Recording> Recording::read(std::filesystem::path const& folder) {
    auto const content = base::read_file(facts_in(folder));
    if (!content) return base::failure(content.error());
    try {
        auto const facts = json::parse(base::to_text(*content));
        Recording recording;
        recording.begin = number(facts, "begin");
        for (auto const& entry : facts.at("requests")) {
            RecordedRequest request{entry.at("id").get<std::string>(), std::nullopt};
            if (entry.contains("acknowledged"))
                request.acknowledged = number(entry, "acknowledged");
            recording.requests.push_back(std::move(request));
        }
        for (auto const& entry : facts.at("versions"))
            recording.versions.push_back(
                {entry.at("name").get<std::string>(), entry.at("kernel").get<std::string>(),
                 entry.at("root").get<std::string>(), number(entry, "root_bytes")});
        return recording;
    } catch (json::exception const& error) {
        return base::failure(Errc::malformed, facts_in(folder).native() + ": " + error.what());
    }
}

std::vector<std::string> logged_disk_options(std::filesystem::path const& disk,
                                             std::filesystem::path const& log,
                                             std::string const& node) {
    // The log's first sector counts the entries anew with each of them, so that a machine that is
    // killed leaves nothing uncounted.
    return {"driver=file,node-name=" + node + "-disk,filename=" + disk.native() +
                ",cache.no-flush=on,discard=unmap",
            "driver=file,node-name=" + node + "-log,filename=" + log.native() +
                ",cache.no-flush=on",
            "driver=blklogwrites,node-name=" + node + ",file=" + node + "-disk,log=" + node +
                "-log,discard=unmap,log-super-update-interval=1"};
}

}  // namespace power_cuts
