#include "drivers/simulator/profile.hpp"

#include "drivers/simulator/profile_faults.hpp"
#include "drivers/simulator/profile_persons.hpp"
#include "drivers/simulator/profile_reading.hpp"

#include <algorithm>

namespace simulator {
namespace {

using base::Bytes;
using base::Errc;
using base::failure;
using base::Result;

constexpr std::size_t largest_file = 0x8000;  // what READ BINARY can address

Bytes ascii(std::string_view rid, std::string_view name) {
    Bytes aid = *base::from_hex(rid);
    aid.insert(aid.end(), name.begin(), name.end());
    return aid;
}

Bytes const vitale_aid = ascii("D250000002", "VITALE");
Bytes const root_aid = ascii("D250000002", "MF_VITALE");

// 6F { 84 AID }: what SELECT returns on a real card is not published; this is the least ISO 7816-4
// asks.
Bytes file_control_information(Bytes const& aid) {
    auto const size = static_cast<std::uint8_t>(aid.size());
    Bytes answer{0x6F, static_cast<std::uint8_t>(size + 2), 0x84, size};
    answer.insert(answer.end(), aid.begin(), aid.end());
    return answer;
}

Result<ElementaryFile> read_file(ProfileFile& file, std::string const& table, std::uint16_t fid,
                                 std::uint8_t sfi, Bytes content) {
    ElementaryFile result;
    Reading reading;
    std::int64_t short_identifier = 0;
    std::int64_t size = 0;
    reading.into(result.fid, file.short_hex(table + ".fid", fid));
    reading.into(short_identifier, file.integer(table + ".sfi", 0, 30, sfi));
    reading.into(result.content, file.hex(table + ".content", std::move(content)));
    reading.into(size, file.integer(table + ".size", 0, largest_file, 0));
    if (file.has(table + ".refusal")) {
        Status refusal = 0;
        reading.into(refusal, file.status(table + ".refusal", 0));
        result.refusal = refusal;
    }
    auto const least = static_cast<std::size_t>(size);
    if (result.content.size() > largest_file)
        reading.fail(file.error(table + ".content", "is larger than a file can be (32768 bytes)"));
    if (size != 0 && least < result.content.size())
        reading.fail(file.error(table + ".size", "is less than the content, which has " +
                                                     std::to_string(result.content.size())));
    if (reading.error()) return failure(*reading.error());
    result.sfi = static_cast<std::uint8_t>(short_identifier);
    if (size != 0) result.content.resize(least);  // the padding of a real card: zeros
    return result;
}

Result<Application> read_application(ProfileFile& file, std::string const& table, std::uint16_t fid,
                                     Bytes aid) {
    Application application;
    Reading reading;
    reading.into(application.fid, file.short_hex(table + ".fid", fid));
    reading.into(application.aid, file.hex(table + ".aid", std::move(aid)));
    auto const answer =
        application.aid.empty() ? Bytes{} : file_control_information(application.aid);
    reading.into(application.select_answer, file.hex(table + ".select_answer", answer));
    if (application.aid.size() > 16)
        reading.fail(file.error(table + ".aid", "must have at most 16 bytes"));
    if (application.select_answer.size() > 256)
        reading.fail(file.error(table + ".select_answer", "must have at most 256 bytes"));
    if (reading.error()) return failure(*reading.error());
    return application;
}

Result<Rules> read_rules(ProfileFile& file) {
    Rules rules;
    Reading reading;
    std::string mode;
    reading.into(mode, choice(file, "rules.mode", "friendly", {"friendly", "strict"}));
    rules.strict = mode == "strict";
    reading.into(rules.select_with_le, file.flag("rules.select_with_le", rules.select_with_le));
    auto const status = [&](Status& target, std::string_view key) {
        reading.into(target, file.status("rules." + std::string{key}, target));
    };
    status(rules.unknown_file, "unknown_file");
    status(rules.past_end, "past_end");
    status(rules.wrong_length, "wrong_length");
    status(rules.unknown_instruction, "unknown_instruction");
    status(rules.unknown_class, "unknown_class");
    status(rules.get_data, "get_data");
    if (reading.error()) return failure(*reading.error());
    return rules;
}

// What else lies on the card, in the root or in VITALE.
Result<void> read_other_files(ProfileFile& file, Application& root, Application& vitale) {
    for (std::size_t i = 0; i < file.count("file"); ++i) {
        auto const table = "file." + std::to_string(i);
        auto const place = choice(file, table + ".in", "", {"root", "application"});
        if (!place) return failure(place.error());
        auto read = read_file(file, table, 0, 0, {});
        if (!read) return failure(read.error());
        if (place->empty() || read->fid == 0)
            return failure(file.error(table, "needs in = \"root\" or \"application\", and a fid"));
        (*place == "root" ? root : vitale).files.push_back(std::move(*read));
    }
    return {};
}

Result<void> read_vitale_2(ProfileFile& file, Profile& profile, Day today) {
    Reading reading;
    People people;
    Application root;
    Application vitale;
    reading.into(people, read_people(file, today));
    auto const& [persons, encoding] = people;
    reading.into(root, read_application(file, "root", 0x3F00, root_aid));
    reading.into(vitale, read_application(file, "application", 0, vitale_aid));
    if (file.has("pointer_file"))
        reading.into(vitale.files.emplace_back(), read_file(file, "pointer_file", 0x2001, 1, {}));
    if (auto others = read_other_files(file, root, vitale); !others) reading.fail(others.error());
    // Short identifier 2 is published; that the file identifiers end in it is a deduction.
    reading.into(root.files.emplace_back(),
                 read_file(file, "identity_file", 0x2F02, 2, identity_file(persons, encoding)));
    reading.into(vitale.files.emplace_back(),
                 read_file(file, "number_file", 0x2002, 2, number_file(persons, encoding)));
    if (reading.error()) return failure(*reading.error());
    profile.applications = {std::move(root), std::move(vitale)};
    return {};
}

Result<void> read_vitale_1(ProfileFile& file, Profile& profile) {
    Reading reading;
    reading.into(profile.memory.address, file.short_hex("memory.address", 0));
    reading.into(profile.memory.content, file.hex("memory.content", {}));
    if (reading.error()) return failure(*reading.error());
    return {};
}

Result<void> read_other(ProfileFile& file, Profile& profile) {
    auto root = read_application(file, "root", 0x3F00, {});
    if (!root) return failure(root.error());
    profile.applications = {std::move(*root)};
    if (!file.has("application")) return {};
    auto application = read_application(file, "application", 0, {});
    if (!application) return failure(application.error());
    profile.applications.push_back(std::move(*application));
    return {};
}

Result<void> read_kind(ProfileFile& file, Profile& profile, Day today) {
    auto const kind = choice(file, "kind", "vitale_2", {"vitale_2", "vitale_1", "other"});
    if (!kind) return failure(kind.error());
    if (*kind == "vitale_1") {
        profile.kind = Kind::vitale_1;
        return read_vitale_1(file, profile);
    }
    if (*kind == "other") {
        profile.kind = Kind::other;
        return read_other(file, profile);
    }
    return read_vitale_2(file, profile, today);
}

}  // namespace

Result<Profile> read_profile(std::filesystem::path const& path, Day today) {
    auto file = ProfileFile::open(path);
    if (!file) return failure(file.error());
    Profile profile;
    profile.id = path.stem().native();
    Reading reading;
    reading.into(profile.title, file->text("title"));
    reading.into(profile.tests, file->text("tests"));
    reading.into(profile.atr, file->hex("atr", *base::from_hex("3B 75 13 00 00 4B 09 EA 90 00")));
    reading.into(profile.mute, file->flag("mute", false));
    reading.into(profile.rules, read_rules(*file));
    reading.into(profile.faults, read_faults(*file));
    // pcsc-lite keeps 33 bytes, and an empty answer would hang the reader's driver.
    auto const& atr = profile.atr;
    if (atr.size() < 2 || atr.size() > 33 || (atr[0] != 0x3B && atr[0] != 0x3F))
        reading.fail(file->error("atr", "must be 2 to 33 bytes and begin with 3B or 3F"));
    if (!reading.error())
        if (auto read = read_kind(*file, profile, today); !read) reading.fail(read.error());
    if (!reading.error())
        if (auto checked = file->no_other_keys(); !checked) reading.fail(checked.error());
    if (reading.error()) return failure(*reading.error());
    return profile;
}

Result<std::vector<Profile>> read_profiles(std::filesystem::path const& folder, Day today) {
    std::error_code code;
    std::filesystem::directory_iterator entries{folder, code};
    if (code) return failure(Errc::file_unreadable, folder.native() + ": " + code.message());
    std::vector<std::filesystem::path> paths;
    for (auto const& entry : entries)
        if (entry.path().extension() == ".toml") paths.push_back(entry.path());
    std::ranges::sort(paths);
    std::vector<Profile> profiles;
    for (auto const& path : paths) {
        auto profile = read_profile(path, today);
        if (!profile) return failure(profile.error());
        profiles.push_back(std::move(*profile));
    }
    if (profiles.empty())
        return failure(Errc::file_unreadable, folder.native() + ": holds no profile (*.toml)");
    return profiles;
}

}  // namespace simulator
