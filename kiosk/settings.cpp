#include "kiosk/settings.hpp"

#include "drivers/base/files.hpp"
#include "drivers/base/toml_file.hpp"
#include "kiosk/vitale_settings.hpp"

#include <algorithm>

namespace kiosk {
namespace {

using base::failure;
using base::Result;
using base::TomlFile;

// Reads a list of settings one after another and keeps the first error.
class Reader {
  public:
    explicit Reader(TomlFile& file) : file_(file) {}

    void operator()(std::string& value, std::string_view key) { take(value, file_.text(key)); }
    void operator()(std::filesystem::path& value, std::string_view key) {
        take(value, file_.path(key));
    }
    void operator()(int& value, std::string_view key, int least, int most) {
        auto read = file_.integer(key, least, most, value);
        if (read)
            value = static_cast<int>(*read);
        else
            note(read.error());
    }
    void operator()(std::optional<int>& value, std::string_view key, int least, int most) {
        if (!file_.has(key)) return;
        auto read = file_.integer(key, least, most);
        if (read)
            value = static_cast<int>(*read);
        else
            note(read.error());
    }
    void operator()(double& value, std::string_view key, double least, double most) {
        take(value, file_.number(key, least, most, value));
    }
    void operator()(bool& value, std::string_view key) { take(value, file_.flag(key, value)); }
    void operator()(std::vector<std::string>& value, std::string_view key) {
        take(value, file_.texts(key, {}));
    }

    void refuse(std::string_view key, std::string_view reason) { note(file_.error(key, reason)); }
    void note(base::Error error) {
        if (!first_) first_ = std::move(error);
    }
    std::optional<base::Error> const& first() const { return first_; }

  private:
    template <class T>
    void take(T& value, Result<T> read) {
        if (read)
            value = std::move(*read);
        else
            note(read.error());
    }

    TomlFile& file_;
    std::optional<base::Error> first_;
};

bool is_web_address(std::string const& text) { return text.starts_with("https://"); }

bool is_kiosk_name(std::string const& text) {
    auto const plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return text.size() <= 64 && std::ranges::all_of(text, plain);
}

void read_identity(Reader& read, Settings& settings) {
    read(settings.id, "kiosk.id");
    if (!is_kiosk_name(settings.id))
        read.refuse("kiosk.id", "must be at most 64 lower-case letters, digits and dashes");
    std::string environment;
    read(environment, "kiosk.environment");
    if (environment == "production")
        settings.environment = dmp::Environment::production;
    else if (environment != "test")
        read.refuse("kiosk.environment", "must be \"test\" or \"production\"");
    read(settings.software.oid, "software.oid");
    read(settings.software.name, "software.name");
    read(settings.test_numbers, "kiosk.test_numbers");
    read(settings.majority, "kiosk.majority", 16, 25);
}

void read_site(Reader& read, TomlFile const& file, ui::Site& site) {
    for (auto const& [language, own_name] : ui::languages) {
        bool const usual = language == journey::default_language;
        auto const table = usual ? std::string{"site."} : "site." + std::string{language} + ".";
        if (!usual && !file.has(table + "help_place") && !file.has(table + "come_back_place"))
            continue;
        auto& places = site.places[std::string{language}];
        read(places.help, table + "help_place");
        read(places.come_back, table + "come_back_place");
    }
    read(site.controller, "operator.controller");
    read(site.controller_address, "operator.controller_address");
    read(site.data_protection_contact, "operator.data_protection_contact");
    read(site.dmp_url, "links.dmp");
    read(site.app_url, "links.app");
    for (auto const& [key, address] :
         {std::pair{"links.dmp", site.dmp_url}, std::pair{"links.app", site.app_url}})
        if (!is_web_address(address)) read.refuse(key, "must begin with https://");
}

void read_screen(Reader& read, TomlFile& file, Settings& settings) {
    read(settings.width, "screen.width", 320, 7680);
    read(settings.height, "screen.height", 320, 7680);
    if (settings.width.has_value() != settings.height.has_value())
        read.refuse(settings.width ? "screen.height" : "screen.width",
                    "must be given with the other one, or both left out");
    read(settings.mm_per_pixel, "screen.mm_per_pixel", 0.05, 1.0);
    read(settings.viewing_distance_mm, "screen.viewing_distance_mm", 250, 1500);
    if (file.has("screen.lower_edge_mm"))
        read(settings.site.lower_edge_mm.emplace(), "screen.lower_edge_mm", 300, 1500);
    read(settings.x, "screen.x", 0, 7680);
    read(settings.y, "screen.y", 0, 7680);
    auto const display = file.text("screen.display", "desktop");
    if (!display)
        read.note(display.error());
    else if (*display == "kms")
        settings.screen = ScreenKind::panel;
    else if (*display != "desktop")
        read.refuse("screen.display", "must be \"desktop\" or \"kms\"");
    int degrees = 0;
    read(degrees, "screen.rotation", 0, 270);
    if (auto const rotation = screen::rotation_of(degrees))
        settings.rotation = *rotation;
    else
        read.refuse("screen.rotation", "must be 0, 90, 180 or 270");
    if (settings.rotation != screen::Rotation::none && settings.screen != ScreenKind::panel)
        read.refuse("screen.rotation", "is only for display = \"kms\"");
}

// How a site knows who stands before the kiosk (the key names match the words of the evidence).
void read_person_check(Reader& read, TomlFile& file, Settings& settings) {
    auto const check = file.text("identity.check", "card only");
    if (!check)
        read.note(check.error());
    else if (*check == "identity seen")
        settings.identity_seen = true;
    else if (*check != "card only")
        read.refuse("identity.check", "must be \"card only\" or \"identity seen\"");
    if (file.has("identity.state")) read(settings.state, "identity.state");
}

Result<void> ready_for_identity_seen(TomlFile const& file, Settings const& settings,
                                     std::filesystem::path const& authors) {
    if (config::authors_with_pin(settings.authors).empty())
        return failure(
            file.error("identity.check",
                       "\"identity seen\" needs an author with a pin_hash in " + authors.native()));
    if (auto folder = base::private_folder(settings.state); !folder)
        return failure(file.error("identity.state", folder.error().detail));
    return {};
}

// The table replaces the usual list: which qualities are offered, and how they are written for the
// receiver, is the operator's agreement with it.
Result<void> read_relationships(TomlFile& file, Settings& settings) {
    auto const count = file.count("relationships");
    if (count > 0) settings.relationships.clear();
    for (std::size_t i = 0; i < count; ++i) {
        auto const place = "relationships." + std::to_string(i);
        dmp::NamedRelationship named;
        for (auto const& [key, value] :
             {std::pair{".id", &named.id}, std::pair{".code", &named.relationship.code},
              std::pair{".system", &named.relationship.system},
              std::pair{".display", &named.relationship.display}}) {
            auto text = file.text(place + key);
            if (!text) return failure(text.error());
            *value = std::move(*text);
        }
        if (std::ranges::find(ui::relationship_ids, named.id) == ui::relationship_ids.end())
            return failure(file.error(place + ".id", "must be mother, father, guardian or other"));
        settings.relationships.push_back(std::move(named));
    }
    for (auto const& named : settings.relationships)
        settings.site.relationships.push_back(named.id);
    return {};
}

}  // namespace

Result<Settings> Settings::read(std::filesystem::path const& file) {
    auto opened = TomlFile::open(file);
    if (!opened) return failure(opened.error());
    Settings settings;
    Reader read{*opened};
    read_identity(read, settings);
    read(settings.reader_pattern, "reader.name");
    if (opened->has("reader.restart_request"))
        read(settings.restart_request, "reader.restart_request");
    if (opened->has("supervisor.port")) read(settings.supervisor_port, "supervisor.port");
    read(settings.signing_key, "keys.signing_key");
    read(settings.signing_certificate, "keys.signing_certificate");
    read(settings.receiver_certificate, "keys.receiver_certificate");
    read(settings.spooler_socket, "spooler.socket");
    read(settings.assets, "files.assets");
    std::filesystem::path authors;
    read(authors, "files.authors");
    read_screen(read, *opened, settings);
    if (opened->has("sound.device")) read(settings.sound_device, "sound.device");
    read(settings.sound_signals, "sound.signals");
    read_site(read, *opened, settings.site);
    read_person_check(read, *opened, settings);
    if (read.first()) return failure(*read.first());
    if (auto vitale = read_vitale(*opened, settings.vitale); !vitale)
        return failure(vitale.error());
    if (auto relationships = read_relationships(*opened, settings); !relationships)
        return failure(relationships.error());
    if (auto checked = opened->no_other_keys(); !checked) return failure(checked.error());
    auto read_authors = config::read_authors(authors);
    if (!read_authors) return failure(read_authors.error());
    settings.authors = std::move(*read_authors);
    if (settings.identity_seen)
        if (auto ready = ready_for_identity_seen(*opened, settings, authors); !ready)
            return failure(ready.error());
    for (auto const& author : config::authors_with_pin(settings.authors))
        settings.site.checkers.push_back(author.given_name + " " + author.family_name);
    return settings;
}

}  // namespace kiosk
