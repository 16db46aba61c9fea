// What a commissioned machine finds on its data partition, and the other side of it: the intake
// that the machine's requests go to, with the keys that open them. Both throw-away, in one folder.
#pragma once

#include "drivers/base/process.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace machine {

struct Screen {
    // The 15.6 inches of the kiosk with a quarter of its pixels: the layout is the same and an
    // emulated machine draws it in a quarter of the time.
    int width = 540;
    int height = 960;
    double mm_per_pixel = 0.36;
};

class Site {
  public:
    struct Places {
        std::filesystem::path source;    // the checkout
        std::filesystem::path programs;  // built for the host
    };

    // By image/test/commission; returns when the intake takes requests.
    static base::Result<std::unique_ptr<Site>> commission(Places places, Screen const& screen);
    ~Site();
    Site(Site const&) = delete;
    Site& operator=(Site const&) = delete;

    std::filesystem::path data() const { return folder_ / "var"; }  // what Options::data takes
    int intake_port() const { return intake_port_; }
    Screen const& screen() const { return screen_; }
    std::string kiosk_toml() const;

    // How many requests the intake holds.
    base::Result<std::size_t> received();
    // Opens them: a folder for each, with request.xml, card.json and evidence.json.
    base::Result<std::vector<std::filesystem::path>> open_received();

  private:
    Site(Places places, Screen screen, std::filesystem::path folder)
        : places_(std::move(places)), screen_(screen), folder_(std::move(folder)) {}

    base::Result<void> make();
    base::Result<void> start_intake();
    std::string program(std::string_view name) const { return places_.programs / name; }
    std::string file(std::string_view name) const { return folder_ / name; }

    Places places_;
    Screen screen_;
    std::filesystem::path folder_;
    int intake_port_ = 0;
    std::optional<base::Process> intake_;
};

}  // namespace machine
