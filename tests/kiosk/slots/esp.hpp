// A folder in the place of an EFI system partition, and what each act may meet there.
#pragma once

#include "kiosk/crypto/digest.hpp"
#include "kiosk/slots/boot_slots.hpp"

#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

namespace slots_tests {

using slots::BootSlots;
using slots::Slot;
using slots::SlotState;

// What lies below the folder, by path relative to it.
using Tree = std::map<std::string, std::string>;

inline std::string const entries = "loader/entries/";
inline std::string const kernels = "EFI/dmp/";
inline std::string const new_kernel = "new kernel, longer than the old one";

inline std::string release_of(std::string const& kernel, std::string const& version = "2.0") {
    return "COMPATIBLE=dmp-kiosk-amd64\nVERSION=" + version + "\nBUILD=200\nKERNEL_SHA256=" +
           base::to_hex(crypto::sha256(base::to_bytes(kernel))) + "\n";
}

// Both kernels, and these entries with their sort keys.
inline Tree esp_with(std::map<std::string, std::string> const& names) {
    Tree tree{{kernels + "a.efi", "kernel a"},
              {kernels + "a.release", release_of("kernel a", "1.0")},
              {kernels + "b.efi", "kernel b"},
              {kernels + "b.release", release_of("kernel b", "2.0")},
              {"loader/loader.conf", "timeout 0\n"}};
    for (auto const& [file, sort_key] : names)
        tree[entries + file] =
            slots::entry_content(file[6] == 'a' ? Slot::a : Slot::b, "1.0", sort_key);
    return tree;
}

inline void write_tree(std::filesystem::path const& folder, Tree const& tree) {
    for (auto const* part : {"loader", "EFI"})
        std::filesystem::remove_all(folder / part);
    for (auto const* part : {"loader/entries", "EFI/dmp"})
        std::filesystem::create_directories(folder / part);
    for (auto const& [name, content] : tree)
        std::ofstream{folder / name, std::ios::binary} << content;
}

inline Tree read_tree(std::filesystem::path const& folder) {
    Tree tree;
    for (auto const& file : std::filesystem::recursive_directory_iterator{folder}) {
        if (!file.is_regular_file()) continue;
        std::ifstream stream{file.path(), std::ios::binary};
        std::ostringstream content;
        content << stream.rdbuf();
        tree[std::filesystem::relative(file.path(), folder).native()] = content.str();
    }
    return tree;
}

struct Seen {
    std::optional<Slot> boots;
    SlotState a;
    SlotState b;

    bool operator==(Seen const&) const = default;
};

inline std::string describe(Seen const& seen) {
    auto const word = [](SlotState state) {
        return state == SlotState::good ? "good" : state == SlotState::bad ? "bad" : "on trial";
    };
    return (seen.boots ? std::string{name(*seen.boots)} : std::string{"nothing"}) +
           " boots, a is " + word(seen.a) + ", b is " + word(seen.b);
}

// Without the lock, so that it can be asked while a program holds it.
inline Seen look(Tree const& tree) {
    std::vector<slots::BootEntry> all;
    for (auto const& [path, content] : tree) {
        if (!path.starts_with(entries)) continue;
        auto const file = path.substr(entries.size());
        auto const name = slots::parse_entry_name(file);
        if (!name) continue;
        all.push_back(slots::read_entry(file, *name, content));
        auto const kernel = tree.find(slots::kernel_path(name->slot).substr(1));
        all.back().has_kernel = kernel != tree.end() && !kernel->second.empty();
    }
    auto const* const first = slots::what_boots(all);
    return {first == nullptr ? std::nullopt : std::optional{first->name.slot},
            state_of(Slot::a, all), state_of(Slot::b, all)};
}

// A kernel that can be booted is one of those that were there whole.
inline bool kernels_are_whole(Tree const& tree) {
    auto const seen = look(tree);
    auto const whole = [&](char const* file, SlotState state) {
        auto const found = tree.find(kernels + file);
        return state == SlotState::bad ||
               (found != tree.end() && (found->second == "kernel a" || found->second == "kernel b" ||
                                        found->second == new_kernel));
    };
    return whole("a.efi", seen.a) && whole("b.efi", seen.b);
}

struct Scene {
    char const* what;
    Tree before;
    std::vector<std::string> arguments;  // of dmp-boot-slots
    Seen expected;                       // after it
};

inline std::vector<Scene> scenes() {
    auto const good = SlotState::good;
    auto const bad = SlotState::bad;
    auto const trial = SlotState::on_trial;
    return {
        {"an installation begins",
         esp_with({{"kiosk-a.conf", "499998"}, {"kiosk-b.conf", "499999"}}),
         {"set-state", "b", "bad"},
         {Slot::a, good, bad}},
        {"an installation brings a kernel",
         esp_with({{"kiosk-a.conf", "499998"}}),
         {"install-kernel", "b", "BUNDLE/kernel.efi"},
         {Slot::a, good, bad}},
        {"an installation ends",
         esp_with({{"kiosk-a.conf", "499998"}}),
         {"set-primary", "b"},
         {Slot::b, good, trial}},
        {"the new slot is good",
         esp_with({{"kiosk-a.conf", "499998"}, {"kiosk-b+2-1.conf", "499997"}}),
         {"set-state", "b", "good"},
         {Slot::b, good, good}},
        {"the new slot is good at its last try",
         esp_with({{"kiosk-a.conf", "499998"}, {"kiosk-b+0-3.conf", "499997"}}),
         {"set-state", "b", "good"},
         {Slot::b, good, good}},
        {"the new slot is bad",
         esp_with({{"kiosk-a.conf", "499998"}, {"kiosk-b+1-2.conf", "499997"}}),
         {"set-state", "b", "bad"},
         {Slot::a, good, bad}},
        {"staff go back to a slot that was good",
         esp_with({{"kiosk-a.conf", "499998"}, {"kiosk-b.conf", "499997"}}),
         {"set-primary", "a"},
         {Slot::a, trial, good}},
        {"staff give a trial up",
         esp_with({{"kiosk-a.conf", "499998"}, {"kiosk-b+2-1.conf", "499997"}}),
         {"set-primary", "a"},
         {Slot::a, good, bad}},
        {"a trial begins anew",
         esp_with({{"kiosk-a.conf", "499998"}, {"kiosk-b+1-2.conf", "499997"}}),
         {"set-primary", "b"},
         {Slot::b, good, trial}},
        {"a cut left a slot with and without a counter",
         esp_with({{"kiosk-a.conf", "499998"},
                   {"kiosk-b+2-1.conf", "499997"},
                   {"kiosk-b.conf", "499997"},
                   {"kiosk-b+3.conf.new", "499996"}}),
         {"set-state", "b", "good"},
         {Slot::b, good, good}},
    };
}

}  // namespace slots_tests
