#include "tests/image/bench.hpp"

namespace image_tests {

namespace fs = std::filesystem;

machine::Site::Places places() { return {SOURCE_DIR, PROGRAM_DIR}; }

machine::Options options() {
    machine::Options options;
    options.image = fs::path{IMAGE_FOLDER} / "test/disk.img";
    options.qemu = fs::path{IMAGE_FOLDER} / "qemu/qemu-system-x86_64";
    options.failures = fs::path{IMAGE_FOLDER} / "failures";
    return options;
}

Bench::Bench(machine::Screen const& screen, machine::Options const& more)
    : site_(must(machine::Site::commission(places(), screen))) {
    auto options = more;
    options.data = site_->data();
    options.width = screen.width;
    options.height = screen.height;
    options.intake_port = site_->intake_port();
    machine_ = must(machine::Machine::assemble(std::move(options)));
}

void Bench::start_twin() {
    twin_ = must(machine::Twin::start(places(), *site_));
    auto const control = machine_->file("card-control");
    simulator_.emplace(
        must(base::Process::start({{fs::path{PROGRAM_DIR} / "vitale-simulator", "--profiles",
                                    fs::path{SOURCE_DIR} / "drivers/simulator/profiles",
                                    "--control", control, "--vscard", machine_->card_socket()},
                                   {},
                                   machine_->file("simulator.log")})));
    card_.emplace(must(desk::RobotClient::connect(control, 20s)));
}

json Bench::order_card(json const& order) { return must(card_->order(order)); }

void Bench::boot() {
    must(machine_->power_on());
    if (!twin_) start_twin();
    must(machine_->wait_for_screen(must(twin_->picture()), boot_limit));
}

void Bench::insert(std::string_view profile) {
    order_card({{"do", "insert"}, {"profile", profile}});
    must(twin_->insert(profile));
}

void Bench::remove_card() {
    order_card({{"do", "remove"}});
    must(twin_->remove());
}

void Bench::see(std::string_view state, std::chrono::milliseconds limit) {
    INFO("the machine is to show " << state);
    must(twin_->wait_for(state));
    must(machine_->wait_for_screen(must(twin_->picture()), limit));
}

void Bench::tap(std::string_view widget) {
    auto const middle = must(twin_->middle_of(widget));
    must(machine_->tap(middle.x, middle.y));
    must(twin_->tap(widget));
}

void Bench::walk(std::initializer_list<Step> steps) {
    for (auto const& step : steps) {
        tap(step.widget);
        see(step.state);
    }
}

}  // namespace image_tests
