#include "kiosk/ui/keyboard.hpp"

#include "kiosk/ui/frame.hpp"

#include <algorithm>
#include <vector>

namespace ui {
namespace {

using Kind = journey::Edit::Kind;

struct Key {
    std::string_view typed;  // empty: not a character
    float units = 1;         // of the width of a letter
    Kind kind = Kind::type;
};
using Rows = std::vector<std::vector<Key>>;

constexpr Key erase_key{{}, 2, Kind::erase};
constexpr Key symbols_key{{}, 3, Kind::symbols};

std::vector<Key> letters(std::initializer_list<std::string_view> typed) {
    std::vector<Key> row;
    for (auto const one : typed)
        row.push_back({one});
    return row;
}

std::vector<Key> with(std::vector<Key> row, std::initializer_list<Key> more) {
    row.insert(row.end(), more);
    return row;
}

// Names on the card are in capitals; the accents are those of the French civil registry and of the
// neighbours' names in Latin-1.
Rows name_rows(bool symbols) {
    if (symbols)
        return {letters({"À", "Â", "Ä", "Æ", "Ç", "É", "È", "Ê", "Ë", "Î"}),
                letters({"Ï", "Ô", "Ö", "Œ", "Ù", "Û", "Ü", "Ÿ", "Ñ", "Ø"}),
                with(letters({"Á", "Ã", "Å", "Í", "Ó", "Õ", "Ú", "Ì"}), {erase_key}),
                {symbols_key, {" ", 7}}};
    return {letters({"A", "Z", "E", "R", "T", "Y", "U", "I", "O", "P"}),
            letters({"Q", "S", "D", "F", "G", "H", "J", "K", "L", "M"}),
            with(letters({"W", "X", "C", "V", "B", "N", "'", "-"}), {erase_key}),
            {symbols_key, {" ", 7}}};
}

// Across a landscape panel, in rows of 13 letters. On a flat one digits stand with the symbols.
constexpr float landscape_units = 13;

Rows landscape_address_rows(bool symbols, bool flat) {
    std::vector<Key> const digits = letters({"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"});
    constexpr Key wide_erase{{}, 3, Kind::erase};
    std::vector<Key> const ends{
        {{}, 2.2F, Kind::symbols}, {"@gmail.com", 1.8F}, {"@orange.fr", 1.8F},  {"@free.fr", 1.5F},
        {"@hotmail.fr", 1.9F},     {"@yahoo.fr", 1.7F},  {"@laposte.net", 2.1F}};
    if (symbols)
        return {with(digits, {wide_erase}),
                with(letters({"!", "#", "$", "%", "&", "'", "*", "/", "=", "?"}), {{"@", 3}}),
                with(letters({"^", "`", "{", "|", "}", "~", ".", "-", "_", "+"}),
                     {{".fr", 1.5F}, {".com", 1.5F}}),
                ends};
    Rows rows{
        with(letters({"a", "z", "e", "r", "t", "y", "u", "i", "o", "p"}), {wide_erase}),
        with(letters({"q", "s", "d", "f", "g", "h", "j", "k", "l", "m"}), {{"@", 3}}),
        with(letters({"w", "x", "c", "v", "b", "n", ".", "-", "_"}), {{".fr", 2}, {".com", 2}}),
        ends};
    if (!flat) rows.insert(rows.begin(), with(digits, {{"+", 3}}));
    return rows;
}

Rows address_rows(bool symbols) {
    std::vector<Key> const digits = letters({"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"});
    std::vector<Key> const below{{"@", 2},    {"_"},         {"+"},
                                 symbols_key, {".fr", 1.5F}, {".com", 1.5F}};
    constexpr float third = 10.0F / 3.0F;
    std::vector<Key> const near{{"@gmail.com", third}, {"@orange.fr", third}, {"@free.fr", third}};
    std::vector<Key> const far{
        {"@hotmail.fr", third}, {"@yahoo.fr", third}, {"@laposte.net", third}};
    // RFC 5321 allows these in front of the @; hardly anybody has one.
    if (symbols)
        return {digits,
                letters({"!", "#", "$", "%", "&", "'", "*", "/", "=", "?"}),
                letters({"^", "`", "{", "|", "}", "~", ".", "-", "_", "+"}),
                {{"@", 8}, erase_key},
                below,
                near,
                far};
    return {digits,
            letters({"a", "z", "e", "r", "t", "y", "u", "i", "o", "p"}),
            letters({"q", "s", "d", "f", "g", "h", "j", "k", "l", "m"}),
            with(letters({"w", "x", "c", "v", "b", "n", ".", "-"}), {erase_key}),
            below,
            near,
            far};
}

// Only what stands in a reference: no 0 or 1, no I, L or O.
Rows reference_rows() {
    return {letters({"2", "3", "4", "5", "6", "7", "8", "9"}),
            letters({"A", "Z", "E", "R", "T", "Y", "U", "P"}),
            letters({"Q", "S", "D", "F", "G", "H", "J", "K"}),
            with(letters({"M", "W", "X", "C", "V", "B", "N"}), {{{}, 1, Kind::erase}})};
}

Rows digit_rows() {
    return {letters({"1", "2", "3"}),
            letters({"4", "5", "6"}),
            letters({"7", "8", "9"}),
            {{"0", 1}, erase_key}};
}

Rows rows_of(Frame const& frame, Keyboard keyboard, bool symbols) {
    switch (keyboard) {
    case Keyboard::name: return name_rows(symbols);
    case Keyboard::digits: return digit_rows();
    case Keyboard::reference: return reference_rows();
    case Keyboard::address:
        return frame.landscape() ? landscape_address_rows(symbols, frame.flat())
                                 : address_rows(symbols);
    }
    return {};
}

std::string label(Frame const& frame, Key const& key, Keyboard keyboard, bool symbols) {
    if (key.kind == Kind::erase) return std::string{frame.text("keyboard.erase")};
    if (key.kind == Kind::symbols) {
        // On a flat panel the digits are there too.
        auto const others =
            frame.landscape() && frame.flat() ? "keyboard.digits" : "keyboard.symbols";
        return std::string{frame.text(symbols                      ? "keyboard.letters"
                                      : keyboard == Keyboard::name ? "keyboard.accents"
                                                                   : others)};
    }
    if (key.typed == " ") return std::string{frame.text("keyboard.space")};
    if (key.typed == "'") return "’";
    return std::string{key.typed};
}

bool enabled(Key const& key, bool has_at) { return !has_at || !key.typed.starts_with('@'); }

void draw_key(Frame& frame, Key const& key, Rect place, std::string const& words, bool usable,
              Type type) {
    journey::Edit const edit{key.kind, key.typed};
    bool const pressed = frame.act({id_of(edit), words, Role::key, false, place, usable}, edit);
    auto const& colours = frame.palette();
    auto& painter = frame.painter();
    auto const radius = frame.px(2.5F);
    painter.fill(place, pressed ? colours.main : colours.card, radius);
    painter.outline(place, usable ? colours.main : colours.hairline, radius,
                    frame.px(mm::hairline));
    auto const colour = pressed ? colours.on_main : usable ? colours.ink : colours.soft_ink;
    if (key.kind == Kind::erase) {
        auto const side = frame.px(11);
        frame.draw_icon(Icon::erase,
                        {place.centre_x() - side / 2, place.centre_y() - side / 2, side, side});
        return;
    }
    auto const& what = frame.block(words, {type, colour, Align::centre}, place.width);
    painter.words(what, place.x, place.centre_y() - what.height / 2);
}

bool is_sign(Key const& key) { return key.typed.size() <= 2 && !key.typed.empty(); }

// The largest text, up to the person's, in which no sign touches the edges of its key.
journey::TextSize size_of_signs(Frame& frame, Rows const& rows, Type type, float unit) {
    auto const wished = frame.text_size();
    auto const fits = [&](Key const& key) {
        auto const room = unit * key.units - frame.px(mm::least_gap) - 2 * frame.px(0.8F);
        return key.typed == " " ||
               frame.block(key.typed, {type, frame.palette().ink}, unit * 3).widest_line <= room;
    };
    auto const all_fit = [&] {
        for (auto const& row : rows)
            for (auto const& key : row)
                if (is_sign(key) && !fits(key)) return false;
        return true;
    };
    auto size = wished;
    while (size != journey::TextSize::usual && !all_fit()) {
        size = journey::size_before(size);
        frame.set_text_size(size);
    }
    frame.set_text_size(wished);
    return size;
}

}  // namespace

std::string key_id(std::string_view typed) {
    if (typed == " ") return "key_space";
    if (typed.size() > 1 && (typed.front() == '@' || typed.front() == '.'))
        return "suffix_" + std::string{typed.substr(1)};
    std::string id = "key_";
    for (std::size_t i = 0; i < typed.size(); ++i) {
        auto const byte = static_cast<unsigned char>(typed[i]);
        auto const before = i > 0 ? static_cast<unsigned char>(typed[i - 1]) : 0U;
        // Capitals of ASCII and of Latin-1 (C3 80 to C3 9E in UTF-8) are 32 below their small
        // letters.
        if ((byte >= 'A' && byte <= 'Z') || (before == 0xC3 && byte >= 0x80 && byte <= 0x9E))
            id += static_cast<char>(byte + 0x20);
        else if (before == 0xC5 && byte == 0x92)
            id += static_cast<char>(0x93);  // Œ
        else
            id += typed[i];
    }
    if (typed == "Ÿ") return "key_ÿ";
    return id;
}

void draw_keyboard(Frame& frame, Column& column, Keyboard keyboard, bool symbols, bool has_at) {
    auto const rows = rows_of(frame, keyboard, symbols);
    bool const digits = keyboard == Keyboard::digits;
    auto const gap = frame.px(mm::least_gap);
    auto const count = static_cast<float>(rows.size());
    auto const tallest = frame.px(digits ? mm::main_action : mm::key_height);
    auto const height = std::clamp((column.left() - gap * (count - 1)) / count,
                                   frame.px(mm::least_target), tallest);
    auto const width = digits ? std::min(column.width, frame.px(120)) : column.width;
    bool const across = keyboard == Keyboard::address && frame.landscape();
    float const units = digits                            ? 3
                        : keyboard == Keyboard::reference ? 8
                        : across                          ? landscape_units
                                                          : 10;
    auto const unit = (width + gap) / units;
    auto const top = column.bottom - height * count - gap * (count - 1);
    auto const size = frame.text_size();
    auto const sign_type = digits ? Type::figures : Type::action;
    auto const sign_size = size_of_signs(frame, rows, sign_type, unit);
    float y = top;
    for (auto const& row : rows) {
        float x = column.x + (column.width - width) / 2;
        for (auto const& key : row) {
            bool const sign = is_sign(key);
            auto const words = frame.flat() ? Type::caption : Type::small_strong;
            // Signs grow with the text; words would not stay within their keys.
            frame.set_text_size(sign ? sign_size : journey::TextSize::usual);
            draw_key(frame, key, {x, y, unit * key.units - gap, height},
                     label(frame, key, keyboard, symbols), enabled(key, has_at),
                     sign ? sign_type : words);
            x += unit * key.units;
        }
        y += height + gap;
    }
    frame.set_text_size(size);
    column.bottom = top - gap;
}

}  // namespace ui
