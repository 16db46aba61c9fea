#include "tests/fakes/disk/disk.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

namespace fake {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t sector = 512;
Disk* current = nullptr;

void put(std::string& content, std::size_t offset, std::string_view data) {
    if (content.size() < offset + data.size()) content.resize(offset + data.size());
    std::copy(data.begin(), data.end(), content.begin() + static_cast<std::ptrdiff_t>(offset));
}

std::string folder_of(std::string const& name) {
    auto const slash = name.rfind('/');
    return slash == std::string::npos ? "" : name.substr(0, slash);
}

std::string content_of(fs::path const& path) {
    std::ifstream stream{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

Disk* Disk::plugged_in() { return current; }

Disk::Disk(fs::path folder) : folder_(std::move(folder)) { current = this; }
Disk::~Disk() { current = nullptr; }

void Disk::set(Faults const& faults) {
    faults_ = faults;
    changes_ = 0;
}

std::optional<std::string> Disk::below(int folder, char const* path) const {
    std::string const root = folder_.native() + "/";
    std::string_view const wanted = path;
    if (wanted.starts_with(root)) return std::string{wanted.substr(root.size())};
    if (wanted == folder_.native()) return "";
    auto const open = descriptors_.find(folder);
    if (wanted.starts_with('/') || open == descriptors_.end()) return std::nullopt;
    return open->second.name.empty() ? std::string{wanted} : open->second.name + "/" + path;
}

int Disk::before_reading() const { return cut_ ? EIO : 0; }

int Disk::before_change() {
    if (cut_) return EIO;
    ++changes_;
    if (changes_ == faults_.cut_at) {
        cut_ = true;
        return EIO;
    }
    bool const fails =
        changes_ == faults_.fails_at ||
        (faults_.goes_on_failing && faults_.fails_at != 0 && changes_ > faults_.fails_at);
    return fails ? faults_.error : 0;
}

int Disk::before_write() {
    if (auto const error = before_change()) return error;
    return names_.count(faults_.full_while) != 0 && !faults_.full_while.empty() ? ENOSPC : 0;
}

void Disk::opened(int descriptor, std::string const& path, int flags, bool is_new) {
    auto& node = names_[path];
    if (!node) {
        node = std::make_shared<Node>();
        node->folder = path.empty();
        if (is_new) namings_.push_back({"", path, node});
    }
    descriptors_[descriptor] = {node, path};
    if ((flags & O_TRUNC) != 0 && !is_new) resized(descriptor, 0);
}

void Disk::closed(int descriptor) { descriptors_.erase(descriptor); }

void Disk::wrote(int descriptor, std::int64_t offset, void const* data, std::size_t size) {
    descriptors_.at(descriptor)
        .node->since.push_back({offset, std::string{static_cast<char const*>(data), size}});
}

void Disk::resized(int descriptor, std::int64_t size) {
    descriptors_.at(descriptor).node->since.push_back({size, std::nullopt});
}

void Disk::synced(int descriptor) {
    if (faults_.lies_about_sync) return;
    auto const& [node, path] = descriptors_.at(descriptor);
    if (!node->folder) {
        for (auto const& change : node->since) {
            if (change.data)
                put(node->safe, static_cast<std::size_t>(change.offset), *change.data);
            else
                node->safe.resize(static_cast<std::size_t>(change.offset));
        }
        node->since.clear();
        return;
    }
    // A rename touches two folders and is one act.
    auto const touches = [&, &folder = path](Naming const& naming) {
        return (!naming.from.empty() && folder_of(naming.from) == folder) ||
               (!naming.to.empty() && folder_of(naming.to) == folder);
    };
    for (auto const& naming : namings_)
        if (touches(naming)) apply(safe_names_, naming);
    std::erase_if(namings_, touches);
}

void Disk::apply(std::map<std::string, NodePointer>& names, Naming const& naming) {
    if (!naming.from.empty()) names.erase(naming.from);
    if (naming.to.empty()) return;
    names[naming.to] = naming.node;
    if (naming.from.empty() || !naming.node->folder) return;
    // What lies in a folder goes with it.
    auto const before = naming.from + "/";
    for (auto below = names.lower_bound(before);
         below != names.end() && below->first.starts_with(before);) {
        names[naming.to + "/" + below->first.substr(before.size())] = below->second;
        below = names.erase(below);
    }
}

void Disk::name(Naming naming) {
    apply(names_, naming);
    namings_.push_back(std::move(naming));
}

void Disk::made_folder(std::string const& path) {
    auto node = std::make_shared<Node>();
    node->folder = true;
    name({"", path, node});
}

void Disk::removed(std::string const& path) { name({path, "", nullptr}); }

void Disk::renamed(std::string const& from, std::string const& to) {
    name({from, to, names_.at(from)});
}

std::string Disk::left_of(Node const& node, std::mt19937& random) {
    auto content = node.safe;
    for (auto const& change : node.since) {
        auto const fate = random() % 8;
        if (fate < 2) continue;  // lost
        auto const offset = static_cast<std::size_t>(change.offset);
        if (!change.data) {
            content.resize(offset);
            continue;
        }
        auto data = *change.data;
        if (fate == 2) {  // torn
            data.resize(data.size() * (random() % 8) / 8 / sector * sector);
        } else if (fate == 3) {  // junk
            for (auto& byte : data)
                byte = static_cast<char>(random());
        }
        put(content, offset, data);
    }
    return content;
}

void Disk::power_on(std::mt19937& random) {
    auto names = safe_names_;
    // The journal of a file system keeps the order of what happened to names.
    auto const kept = namings_.empty() ? 0 : random() % (namings_.size() + 1);
    for (std::size_t i = 0; i < kept; ++i)
        apply(names, namings_[i]);
    Image image;
    for (auto const& [path, node] : names) {
        if (path.empty()) continue;
        // Below a folder that was not kept nothing is found.
        auto const parent = folder_of(path);
        if (!parent.empty() && image.count(parent) == 0) continue;
        image[path] = node->folder ? std::nullopt : std::optional{left_of(*node, random)};
    }
    load(image);
}

Image Disk::image() const {
    Image image;
    for (auto const& entry : fs::recursive_directory_iterator{folder_}) {
        auto const name = fs::relative(entry.path(), folder_).native();
        image[name] = entry.is_directory() ? std::nullopt : std::optional{content_of(entry.path())};
    }
    return image;
}

void Disk::load(Image const& image) {
    current = nullptr;  // what follows is not done on the disk but to it
    for (auto const& entry : fs::directory_iterator{folder_})
        fs::remove_all(entry.path());
    descriptors_.clear();
    namings_.clear();
    names_.clear();
    auto root = std::make_shared<Node>();
    root->folder = true;
    names_[""] = root;
    for (auto const& [path, content] : image) {
        auto node = std::make_shared<Node>();
        node->folder = !content;
        if (content) {
            node->safe = *content;
            std::ofstream{folder_ / path, std::ios::binary} << *content;
            fs::permissions(folder_ / path, fs::perms::owner_read | fs::perms::owner_write);
        } else {
            fs::create_directory(folder_ / path);
            fs::permissions(folder_ / path, fs::perms::owner_all);
        }
        names_[path] = std::move(node);
    }
    safe_names_ = names_;
    cut_ = false;
    set({});
    current = this;
}

}  // namespace fake
