#include "kiosk/vitale_settings.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace kiosk {
namespace {

using base::failure;
using base::Result;
using base::TomlFile;

template <class T>
struct Choice {
    std::string_view name;
    T value;
};

constexpr std::array charsets{Choice{"iso-8859-1", vitale::Charset::iso_8859_1},
                              Choice{"iso-8859-15", vitale::Charset::iso_8859_15}};
constexpr std::array roots{Choice{"file", vitale::RootSelection::by_file_identifier},
                           Choice{"application", vitale::RootSelection::by_application}};
constexpr std::array lengths{Choice{"ber", iso7816::LengthForm::ber},
                             Choice{"one-byte", iso7816::LengthForm::one_byte}};
constexpr std::array answers{Choice{"with-le", iso7816::SelectAnswer::wanted},
                             Choice{"without-le", iso7816::SelectAnswer::not_wanted}};
constexpr std::array announcements{Choice{"fetched", vitale::SelectAnnouncement::fetched},
                                   Choice{"left", vitale::SelectAnnouncement::left}};

constexpr std::array pointer_routes{Choice{"where-needed", vitale::PointerRoute::where_needed},
                                    Choice{"never", vitale::PointerRoute::never}};

// Reads one setting after another and keeps the first error; what is absent stays as it is.
class Reader {
  public:
    explicit Reader(TomlFile& file) : file_(file) {}

    void bytes(base::Bytes& value, std::string_view key) {
        with_text(key, [&](std::string const& text) {
            if (auto read = base::from_hex(text); read && !read->empty())
                value = std::move(*read);
            else
                refuse(key, "must be bytes in hexadecimal");
        });
    }

    template <class T>
    void number(T& value, std::string_view key, std::int64_t least, std::int64_t most) {
        auto read = file_.integer(key, least, most, static_cast<std::int64_t>(value));
        if (read)
            value = static_cast<T>(*read);
        else
            note(read.error());
    }

    template <class T, std::size_t N>
    void choice(T& value, std::string_view key, std::array<Choice<T>, N> const& choices) {
        with_text(key, [&](std::string const& text) {
            if (auto const found = find(text, std::span<Choice<T> const>{choices}))
                value = *found;
            else
                refuse(key, "unknown choice \"" + text + "\"");
        });
    }

    template <class T, std::size_t N>
    void choices(std::vector<T>& value, std::string_view key,
                 std::array<Choice<T>, N> const& known) {
        with_texts(
            key,
            [&](std::string const& text) { return find(text, std::span<Choice<T> const>{known}); },
            value);
    }

    void status_words(std::vector<iso7816::StatusWord>& value, std::string_view key) {
        auto const parse = [](std::string const& text) -> std::optional<iso7816::StatusWord> {
            auto const bytes = base::from_hex(text);
            if (!bytes || bytes->size() != 2) return std::nullopt;
            return iso7816::StatusWord{static_cast<std::uint16_t>((*bytes)[0] << 8 | (*bytes)[1])};
        };
        with_texts(key, parse, value);
    }

    void texts(std::vector<std::string>& value, std::string_view key) {
        with_texts(
            key, [](std::string const& text) { return std::optional{text}; }, value);
    }

    std::optional<base::Error> const& first() const { return first_; }

  private:
    template <class T>
    static std::optional<T> find(std::string_view name, std::span<Choice<T> const> choices) {
        auto const found = std::ranges::find(choices, name, &Choice<T>::name);
        if (found == choices.end()) return std::nullopt;
        return found->value;
    }

    template <class Use>
    void with_text(std::string_view key, Use use) {
        if (!file_.has(key)) return;
        if (auto read = file_.text(key))
            use(*read);
        else
            note(read.error());
    }

    template <class Parse, class T>
    void with_texts(std::string_view key, Parse parse, std::vector<T>& value) {
        if (!file_.has(key)) return;
        auto read = file_.texts(key, {});
        if (!read) return note(read.error());
        std::vector<T> parsed;
        for (auto const& text : *read) {
            auto item = parse(text);
            if (!item) return refuse(key, "cannot hold \"" + text + "\"");
            parsed.push_back(std::move(*item));
        }
        value = std::move(parsed);
    }

    void refuse(std::string_view key, std::string_view reason) { note(file_.error(key, reason)); }
    void note(base::Error error) {
        if (!first_) first_ = std::move(error);
    }

    TomlFile& file_;
    std::optional<base::Error> first_;
};

}  // namespace

Result<void> read_vitale(TomlFile& file, vitale::Configuration& configuration) {
    auto& c = configuration;
    Reader read{file};
    read.bytes(c.application_aid, "vitale.application_aid");
    read.bytes(c.root_aid, "vitale.root_aid");
    read.number(c.root_file, "vitale.root_file", 0, 0xFFFF);
    read.choices(c.root_selection, "vitale.root_selection", roots);
    read.choices(c.select_by_aid, "vitale.select_by_aid", answers);
    read.choices(c.select_by_file, "vitale.select_by_file", answers);
    read.choices(c.select_listed_file, "vitale.select_listed_file", answers);
    read.choice(c.select_announcement, "vitale.select_announcement", announcements);
    read.number(c.identity_sfi, "vitale.identity_sfi", 1, 30);
    read.number(c.number_sfi, "vitale.number_sfi", 1, 30);
    read.number(c.limits.block, "vitale.block", 1, 256);
    read.number(c.limits.file, "vitale.longest_file", 256, 32767);
    auto& pointers = c.pointers;
    read.choice(pointers.route, "vitale.pointer_route", pointer_routes);
    read.number(pointers.file, "vitale.pointer_file", 1, 0xFFFF);
    read.number(pointers.most_applications, "vitale.most_applications", 1, 255);
    read.number(pointers.most_files, "vitale.most_files", 1, 255);
    read.number(pointers.list_tag, "vitale.tag_pointers", 1, 0xFFFFFF);
    read.number(pointers.applications_tag, "vitale.tag_applications", 1, 0xFFFFFF);
    read.number(pointers.application_tag, "vitale.tag_application", 1, 0xFFFFFF);
    read.number(pointers.file_tag, "vitale.tag_file", 1, 0xFFFFFF);
    read.number(c.tags.person, "vitale.tag_person", 1, 0xFFFFFF);
    read.number(c.tags.family_name, "vitale.tag_family_name", 1, 0xFFFFFF);
    read.number(c.tags.first_name, "vitale.tag_first_name", 1, 0xFFFFFF);
    read.number(c.tags.birth_date, "vitale.tag_birth_date", 1, 0xFFFFFF);
    read.number(c.tags.nir, "vitale.tag_nir", 1, 0xFFFFFF);
    read.choice(c.charset, "vitale.charset", charsets);
    read.choices(c.length_forms, "vitale.length_forms", lengths);
    read.status_words(c.denied, "vitale.denied");
    read.status_words(c.missing, "vitale.missing");
    read.texts(c.vitale_1_atrs, "vitale.vitale_1_atrs");
    read.texts(c.vitale_2_atrs, "vitale.vitale_2_atrs");
    read.texts(c.professional_atrs, "vitale.professional_atrs");
    if (read.first()) return failure(*read.first());
    if (auto checked = vitale::check(c); !checked)
        return failure(file.error("vitale", checked.error().detail));
    return {};
}

}  // namespace kiosk
