// dmp-desk: the whole kiosk on this machine, in a window or for a scripted patient.
#include "kiosk/desk/desk.hpp"
#include "kiosk/desk/tour.hpp"

#include <atomic>
#include <csignal>
#include <iostream>
#include <thread>

#include <CLI/CLI.hpp>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

int fail(base::Error const& error) {
    std::cerr << "dmp-desk: " << base::describe(error) << '\n';
    return 1;
}

int run_tour(desk::Desk& desk, fs::path const& output) {
    auto report = desk::tour(desk, output);
    if (!report) return fail(report.error());
    std::cout << "One adult enrolled; each screen on the way is a picture.\n"
              << "  screens      " << report->screens << " pictures in " << output.native() << '\n'
              << "  request      " << report->request_id << '\n'
              << "  time         " << report->card_to_recorded.count()
              << " ms from card in to recorded, without a person's reading\n"
              << "  received     opened, signature and identity verified:\n"
              << "               " << (output / "request.xml").native() << '\n'
              << "               " << (output / "card.json").native() << '\n'
              << "               " << (output / "evidence.json").native() << '\n';
    return 0;
}

// Ctrl-C ends the desk in order from any point: this thread takes the signal and ends the kiosk, on
// which everything else here waits.
class Interruption {
  public:
    Interruption() {
        sigemptyset(&signals_);
        for (int number : {SIGINT, SIGTERM})
            sigaddset(&signals_, number);
        ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
        std::thread{[this] {
            int number = 0;
            ::sigwait(&signals_, &number);
            happened_ = true;
            if (auto const pid = kiosk_.load(); pid > 0) ::kill(pid, SIGTERM);
        }}.detach();
    }

    void watch(pid_t kiosk) {
        kiosk_ = kiosk;
        if (happened_) ::kill(kiosk, SIGTERM);
    }
    bool happened() const { return happened_; }

  private:
    sigset_t signals_{};
    std::atomic<pid_t> kiosk_ = 0;
    std::atomic<bool> happened_ = false;
};

// Until the kiosk ends: its window was closed, or Ctrl-C.
int run_window(desk::Desk& desk, int width) {
    auto panel =
        base::Process::start({{desk.program("vitale-panel"), "--control", desk.pcscd().control(),
                               "--position", std::to_string(width + 60) + ",40"},
                              {},
                              desk.file("panel.log")});
    if (!panel) return fail(panel.error());
    std::cout << "The kiosk is open: insert a card in the panel beside it. Ctrl-C ends it.\n"
              << "Logs and keys are in " << desk.folder().native() << " as long as it runs.\n";
    while (desk.kiosk().running())
        static_cast<void>(desk.kiosk().wait(std::chrono::hours{1}));
    std::cout << "\nClosing.\n";
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App arguments{"The DMP kiosk with all its programs on one machine"};
    fs::path tour_folder;
    desk::Options options;
    bool full_size = false;
    options.programs = fs::path{argv[0]}.parent_path();
    arguments.add_option("--source", options.source, "The checkout")->required();
    arguments.add_option("--tour", tour_folder, "Let a scripted patient enrol, pictures go there");
    arguments.add_flag("--full-size", full_size, "A window of 1080 x 1920 pixels");
    CLI11_PARSE(arguments, argc, argv);

    static Interruption interruption;
    options.source = fs::absolute(options.source);
    options.headless = !tour_folder.empty();
    if (!options.headless && !full_size) {
        // The same millimetres on half the pixels: a whole portrait panel on a desk's screen.
        options.width /= 2;
        options.height /= 2;
        options.mm_per_pixel *= 2;
    }
    auto desk = desk::Desk::start(options);
    if (!desk) return fail(desk.error());
    interruption.watch((*desk)->kiosk().pid());
    int const code = options.headless ? run_tour(**desk, fs::absolute(tour_folder))
                                      : run_window(**desk, options.width);
    return interruption.happened() ? 130 : code;
}
