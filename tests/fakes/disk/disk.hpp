// A disk whose power can be cut and that can fail at any call: the files below one folder, seen at
// the calls of libc that change them. It lies below SQLite's own VFS on purpose: what SQLite asks
// of the system is tried with it, and so are the renames, reports and ballast that are not
// SQLite's.
//
// After a cut, each write since the last sync of its file is lost, kept, torn at 512 bytes or
// turned to junk; names are as of the last sync of their folder, or of some moment since. One disk
// at a time, and one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace fake {

struct Faults {
    // Changes are counted from 1: writes, new sizes, new and removed names, syncs.
    std::int64_t cut_at = 0;    // the one during which the power goes; 0: never
    std::int64_t fails_at = 0;  // the one that fails with `error`
    bool goes_on_failing = false;
    int error = 0;                 // of errno
    bool lies_about_sync = false;  // says that all is safe, and keeps nothing for it
    std::string full_while = {};   // as long as this name exists, nothing can be written
};

// What lies below the folder, by path relative to it; nothing: a folder.
using Image = std::map<std::string, std::optional<std::string>>;

class Disk {
  public:
    // The folder exists and is empty; better in memory, as nothing is proven by a real one.
    explicit Disk(std::filesystem::path folder);
    Disk(Disk const&) = delete;
    Disk& operator=(Disk const&) = delete;
    ~Disk();

    // From now on; counts from 1 again.
    void set(Faults const& faults);
    void make_full_while(std::string name) { faults_.full_while = std::move(name); }
    std::int64_t changes() const { return changes_; }
    bool is_cut() const { return cut_; }

    // After a cut, when the program that used it is gone: what is left of it.
    void power_on(std::mt19937& random);

    // All of it, safely stored.
    Image image() const;
    void load(Image const& image);

    // For the calls of libc: the path of a name below the folder; nothing when it is elsewhere.
    std::optional<std::string> below(int folder, char const* path) const;
    // 0, or what errno becomes; called before the change is made.
    int before_change();
    int before_write();
    int before_reading() const;
    void opened(int descriptor, std::string const& name, int flags, bool is_new);
    void closed(int descriptor);
    bool holds(int descriptor) const { return descriptors_.count(descriptor) != 0; }
    void wrote(int descriptor, std::int64_t offset, void const* data, std::size_t size);
    void resized(int descriptor, std::int64_t size);
    void synced(int descriptor);
    void made_folder(std::string const& name);
    void removed(std::string const& name);
    void renamed(std::string const& from, std::string const& to);

    static Disk* plugged_in();

  private:
    struct Change {
        std::int64_t offset;
        std::optional<std::string> data;  // nothing: the size became `offset`
    };
    struct Node {
        bool folder = false;
        std::string safe;  // as of the last sync
        std::vector<Change> since;
    };
    using NodePointer = std::shared_ptr<Node>;
    struct Naming {
        std::string from;  // the name that goes; "" when none does
        std::string to;    // the name that comes
        NodePointer node;
    };
    struct Open {
        NodePointer node;
        std::string name;
    };

    static std::string left_of(Node const& node, std::mt19937& random);
    static void apply(std::map<std::string, NodePointer>& names, Naming const& naming);
    void name(Naming naming);

    std::filesystem::path folder_;
    Faults faults_;
    std::int64_t changes_ = 0;
    bool cut_ = false;
    std::map<std::string, NodePointer> names_;       // as the program sees them
    std::map<std::string, NodePointer> safe_names_;  // as of the syncs
    std::deque<Naming> namings_;                     // since
    std::map<int, Open> descriptors_;
};

}  // namespace fake
