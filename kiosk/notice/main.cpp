// dmp-notice: a still page on the panel while dmp-kiosk is not there.
#include "kiosk/notice/bitmap.hpp"
#include "kiosk/notice/stand_in.hpp"

#include <cstdio>
#include <iostream>

#include <CLI/CLI.hpp>

namespace {

int fail(base::Error const& error) {
    std::cerr << "dmp-notice: " << base::describe(error) << '\n';
    return 1;
}

std::vector<std::string> page_names() {
    std::vector<std::string> names;
    for (auto const page : notice::pages)
        names.emplace_back(notice::name(page));
    return names;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App arguments{
        "Shows one page on the panel until another program shows something, or until SIGTERM"};
    std::string page;
    arguments.add_option("page", page, "The page")->required()->check(CLI::IsMember(page_names()));
    notice::StandInOptions options{.configuration = "/run/dmp-notice/kiosk.toml",
                                   .assets = "/usr/share/dmp-kiosk/assets",
                                   .turn = "/run/dmp-notice/turn"};
    arguments.add_option("--config", options.configuration, "Configuration file of dmp-kiosk");
    arguments.add_option("--assets", options.assets, "Folder of the texts and drawings");
    std::filesystem::path file;
    std::pair<int, int> size{1080, 1920};
    auto* const write =
        arguments.add_option("--write", file, "Write it to this *.png or *.bmp instead");
    arguments.add_option("--size", size, "Of that picture, in pixels")
        ->needs(write)
        ->delimiter('x');
    CLI11_PARSE(arguments, argc, argv);

    options.page = *notice::page_named(page);
    if (file.empty()) {
        auto const stood = notice::stand_in(options);
        return stood ? 0 : fail(stood.error());
    }
    auto const picture = notice::draw(options.page, notice::read_site(options.configuration),
                                      {size.first, size.second}, options.assets);
    if (!picture) return fail(picture.error());
    auto const saved = notice::save(*picture, file);
    return saved ? 0 : fail(saved.error());
}
