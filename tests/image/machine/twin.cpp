#include "tests/image/machine/twin.hpp"

#include <fstream>

namespace machine {

using base::Errc;
using base::failure;
using base::Result;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

// What stands on screens: the tables from [site] on, with which both files end.
constexpr std::string_view first_table = "\n[site]\n";

Result<void> take_words(fs::path const& file, std::string const& from) {
    std::ifstream input{file};
    std::string text{std::istreambuf_iterator<char>{input}, {}};
    auto const at = text.find(first_table);
    auto const words = from.find(first_table);
    if (at == std::string::npos || words == std::string::npos)
        return failure(Errc::malformed, file.native() + ": no table [site]");
    std::ofstream output{file};
    output << text.substr(0, at) << from.substr(words);
    if (!output.flush()) return failure(Errc::system_failed, file.native() + ": cannot be written");
    return {};
}

}  // namespace

Result<std::unique_ptr<Twin>> Twin::start(Site::Places const& places, Site const& site) {
    desk::Options options;
    options.programs = places.programs;
    options.source = places.source;
    options.width = site.screen().width;
    options.height = site.screen().height;
    options.mm_per_pixel = site.screen().mm_per_pixel;
    auto desk = desk::Desk::prepare(options);
    if (!desk) return failure(desk.error());
    auto& all = **desk;
    if (auto done = all.start_intake(); !done) return failure(done.error());
    if (auto done = all.start_spooler(); !done) return failure(done.error());
    if (auto done = all.open_day(); !done) return failure(done.error());
    if (auto done = take_words(all.file("kiosk.toml"), site.kiosk_toml()); !done)
        return failure(done.error());
    if (auto done = all.start_kiosk(); !done) return failure(done.error());
    if (auto done = all.robot().wait_for("attract"); !done) return failure(done.error());
    return std::unique_ptr<Twin>{new Twin{std::move(*desk)}};
}

Result<void> Twin::insert(std::string_view profile) {
    auto done = desk_->card().order(json{{"do", "insert"}, {"profile", profile}});
    if (!done) return failure(done.error());
    return {};
}

Result<void> Twin::remove() {
    auto done = desk_->card().order(json{{"do", "remove"}});
    if (!done) return failure(done.error());
    return {};
}

Result<Picture> Twin::picture() {
    auto const file = desk_->file("screen.png");
    auto done = desk_->robot().order(json{{"do", "screenshot"}, {"path", file.native()}});
    if (!done) return failure(done.error());
    return read_png(file);
}

Result<Twin::Point> Twin::middle_of(std::string_view widget) {
    auto const screen = desk_->robot().order(json{{"do", "screen"}});
    if (!screen) return failure(screen.error());
    for (auto const& each : (*screen)["widgets"]) {
        if (each["id"] != widget || each["enabled"] != true) continue;
        auto const& rect = each["rect"];
        return Point{rect[0].get<double>() + rect[2].get<double>() / 2,
                     rect[1].get<double>() + rect[3].get<double>() / 2};
    }
    return failure(Errc::file_missing, "no button " + std::string{widget} + " on " +
                                           (*screen)["state"].get<std::string>());
}

}  // namespace machine
