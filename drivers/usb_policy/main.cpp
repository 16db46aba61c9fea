// dmp-usb-policy: lets in the USB devices that the site's rules name, and no other. udev calls it
// for each device that comes, units when the machine starts and when staff may plug in a stick.
#include "drivers/usb_policy/policy.hpp"

#include <cstdio>
#include <iostream>

#include <CLI/CLI.hpp>
#include <syslog.h>

namespace {

using namespace usb_policy;

// udev takes nobody's words to the journal: said there directly, and on the terminal of whoever
// looks on.
void say(bool warning, std::string const& sentence) {
    ::syslog(warning ? LOG_WARNING : LOG_INFO, "%s", sentence.c_str());
}

int complain(base::Error const& error) {
    say(true, base::describe(error));
    return EXIT_FAILURE;
}

// What is plugged in, in the form of the rules: for whoever writes them.
int list(Places const& places) {
    for (auto const& device : Device::all(places.sys)) {
        std::cout << (device.is_let_in() ? "# let in\n" : "# refused\n");
        auto const descriptors = device.descriptors();
        if (!descriptors) {
            std::cout << "# " << device.port() << ": " << descriptors.error().detail << "\n\n";
            continue;
        }
        std::cout << "[[devices]]\nname = \"\"\nport = \"" << device.port() << "\"\nvendor = \""
                  << descriptors->vendor << "\"\nproduct = \"" << descriptors->product
                  << "\"\ninterfaces = [";
        for (auto const* comma = ""; auto const& interface : descriptors->interfaces) {
            std::cout << comma << '"' << interface << '"';
            comma = ", ";
        }
        std::cout << "]\n\n";
    }
    return EXIT_SUCCESS;
}

int check(Places const& places) {
    auto const rules = Rules::read(places.rules);
    if (rules) return EXIT_SUCCESS;
    std::cerr << "dmp-usb-policy: " << rules.error().detail << '\n';
    return EXIT_FAILURE;
}

int told(base::Result<void> const& done) { return done ? EXIT_SUCCESS : complain(done.error()); }

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Lets in the USB devices that the site's rules name, and no other."};
    app.require_subcommand(1);
    Places places;
    app.add_option("--rules", places.rules, "the site's rules");
    auto* const listing =
        app.add_subcommand("list", "what is plugged in, in the form of the rules");
    auto* const checking = app.add_subcommand("check", "whether the rules can be read");
    std::string path;
    auto* const judging = app.add_subcommand("judge", "one device, by its path below /sys");
    judging->add_option("path", path, "as udev gives it: /devices/...")->required();
    auto* const all = app.add_subcommand("judge-all", "every device that is there");
    auto* const opening = app.add_subcommand("open-staff-port", "a stick may come");
    auto* const closing = app.add_subcommand("close-staff-port", "no stick may stay");
    CLI11_PARSE(app, argc, argv);

    if (listing->parsed()) return list(places);
    if (checking->parsed()) return check(places);
    ::openlog("dmp-usb-policy", LOG_PERROR, LOG_DAEMON);
    auto policy = Policy::open(places, say);
    if (!policy) return complain(policy.error());
    if (judging->parsed()) policy->judge(places.sys.native() + path);
    if (all->parsed() && !policy->judge_all()) return EXIT_FAILURE;
    if (opening->parsed()) return told(policy->open_staff_port());
    if (closing->parsed()) return told(policy->close_staff_port());
    return EXIT_SUCCESS;
}
