#include "drivers/simulator/virtual_card.hpp"

#include <algorithm>

namespace simulator {
namespace {

using base::Bytes;
using base::ByteView;

constexpr Status success = 0x9000;
constexpr Status end_of_file = 0x6282;
constexpr Status no_current_file = 0x6986;
constexpr Status conditions_not_satisfied = 0x6985;
constexpr Status wrong_parameters = 0x6A86;

constexpr std::uint8_t ins_select = 0xA4;
constexpr std::uint8_t ins_read_binary = 0xB0;
constexpr std::uint8_t ins_get_response = 0xC0;
constexpr std::uint8_t ins_get_data = 0xCA;

constexpr std::uint8_t bull_class = 0xBC;
constexpr std::size_t longest_response = 256;

// 256 travels as 00.
Status with_length(std::uint8_t sw1, std::size_t length) {
    return static_cast<Status>(sw1 << 8 | (length & 0xFF));
}

Response bytes_of(ByteView data, Status status = success) {
    return {Bytes(data.begin(), data.end()), status};
}

}  // namespace

struct VirtualCard::Command {
    std::uint8_t ins, p1, p2;
    ByteView data;
    std::optional<std::size_t> le;  // 1 to 256

    // ISO 7816-3, 12.1.3, short fields only; nothing when the lengths do not add up.
    static std::optional<Command> parse(ByteView apdu) {
        auto const length = [](std::uint8_t le) { return le == 0 ? longest_response : le; };
        Command command{apdu[1], apdu[2], apdu[3], {}, std::nullopt};
        if (apdu.size() == 4) return command;
        if (apdu.size() == 5) {
            command.le = length(apdu[4]);
            return command;
        }
        std::size_t const lc = apdu[4];
        if (lc == 0 || (apdu.size() != 5 + lc && apdu.size() != 6 + lc)) return std::nullopt;
        command.data = apdu.subspan(5, lc);
        if (apdu.size() == 6 + lc) command.le = length(apdu.back());
        return command;
    }
};

Bytes Response::bytes() const {
    Bytes all = data;
    all.push_back(static_cast<std::uint8_t>(status >> 8));
    all.push_back(static_cast<std::uint8_t>(status));
    return all;
}

void VirtualCard::reset() {
    application_ = 0;
    file_.reset();
    pending_.clear();
}

Response VirtualCard::answer(ByteView apdu) {
    if (apdu.size() < 4) return {{}, profile_.rules.wrong_length};
    switch (profile_.kind) {
    case Kind::vitale_1: return answer_vitale_1(apdu);
    case Kind::vitale_2:
    case Kind::other: return answer_iso(apdu);
    }
    return {{}, profile_.rules.unknown_class};
}

Response VirtualCard::answer_iso(ByteView apdu) {
    auto const& rules = profile_.rules;
    if (apdu[0] != 0x00) return {{}, rules.unknown_class};
    auto const command = Command::parse(apdu);
    if (!command) return {{}, rules.wrong_length};
    if (command->ins == ins_get_response) return get_response(*command);
    pending_.clear();
    if (command->ins == ins_select) return select(*command);
    if (command->ins == ins_read_binary) return read_binary(*command);
    if (command->ins == ins_get_data) return {{}, rules.get_data};
    return {{}, rules.unknown_instruction};
}

Response VirtualCard::select(Command const& command) {
    auto const& rules = profile_.rules;
    if (command.le && !rules.select_with_le) return {{}, rules.wrong_length};
    if (command.p2 != 0x00 && command.p2 != 0x0C) return {{}, wrong_parameters};
    auto const& applications = profile_.applications;
    auto const open = [&](auto const& matches) -> Response {
        auto const found = std::ranges::find_if(applications, matches);
        if (found == applications.end()) return {{}, rules.unknown_file};
        return select_application(*found, command);
    };
    if (command.p1 == 0x04)
        return open([&](Application const& application) {
            return !command.data.empty() && std::ranges::equal(application.aid, command.data);
        });
    if (command.p1 != 0x00 && command.p1 != 0x02) return {{}, wrong_parameters};
    if (command.data.size() != 2) return {{}, rules.wrong_length};
    auto const fid = static_cast<std::uint16_t>(command.data[0] << 8 | command.data[1]);
    if (command.p1 == 0x02) return select_file(fid);
    if (auto const file = select_file(fid); file.status == success) return file;
    return open([&](Application const& application) { return fid != 0 && application.fid == fid; });
}

Response VirtualCard::select_application(Application const& application, Command const& command) {
    application_ = static_cast<std::size_t>(&application - profile_.applications.data());
    file_.reset();
    auto const& information = application.select_answer;
    if (information.empty() || command.p2 == 0x0C) return {};
    if (profile_.rules.strict) {
        pending_ = information;
        return {{}, with_length(0x61, pending_.size())};
    }
    if (!command.le) return {};
    if (*command.le < information.size()) return {{}, with_length(0x6C, information.size())};
    return bytes_of(information);
}

Response VirtualCard::select_file(std::uint16_t fid) {
    auto const& files = current().files;
    auto const found = std::ranges::find(files, fid, &ElementaryFile::fid);
    if (fid == 0 || found == files.end()) return {{}, profile_.rules.unknown_file};
    file_ = static_cast<std::size_t>(found - files.begin());
    return {};
}

Response VirtualCard::read_binary(Command const& command) {
    auto const& rules = profile_.rules;
    auto const& files = current().files;
    std::size_t offset = command.p2;
    if ((command.p1 & 0x80) != 0) {
        std::uint8_t const sfi = command.p1 & 0x1F;
        if ((command.p1 & 0x60) != 0 || sfi == 0) return {{}, wrong_parameters};
        auto const found = std::ranges::find(files, sfi, &ElementaryFile::sfi);
        if (found == files.end()) return {{}, rules.unknown_file};
        file_ = static_cast<std::size_t>(found - files.begin());
    } else {
        offset |= static_cast<std::size_t>(command.p1) << 8;
    }
    if (!file_) return {{}, no_current_file};
    auto const& file = files[*file_];
    if (file.refusal) return {{}, *file.refusal};
    if (offset >= file.content.size()) return {{}, rules.past_end};
    auto const rest = ByteView{file.content}.subspan(offset);
    if (rules.strict) {
        // On T=0 the fifth byte always travels: absent is 00.
        auto const le = command.le.value_or(longest_response);
        if (le > rest.size()) return {{}, with_length(0x6C, rest.size())};
        return bytes_of(rest.first(le));
    }
    if (!command.le) return {{}, rules.wrong_length};
    if (*command.le <= rest.size()) return bytes_of(rest.first(*command.le));
    return bytes_of(rest, *command.le == longest_response ? success : end_of_file);
}

Response VirtualCard::get_response(Command const& command) {
    if (pending_.empty()) return {{}, conditions_not_satisfied};
    auto const le = command.le.value_or(longest_response);
    if (le > pending_.size()) return {{}, with_length(0x6C, pending_.size())};
    auto response = bytes_of(ByteView{pending_}.first(le));
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(le));
    if (!pending_.empty()) response.status = with_length(0x61, pending_.size());
    return response;
}

// What one published program met on a real card; reading the memory is told by a single web page.
Response VirtualCard::answer_vitale_1(ByteView apdu) const {
    auto const& rules = profile_.rules;
    auto const& memory = profile_.memory;
    if (apdu[0] != bull_class) return {{}, rules.unknown_class};
    if (apdu[1] != ins_read_binary || memory.content.empty() || apdu.size() != 5)
        return {{}, rules.unknown_instruction};
    std::size_t const address = static_cast<std::size_t>(apdu[2]) << 8 | apdu[3];
    std::size_t const length = apdu[4] == 0 ? longest_response : apdu[4];
    if (address < memory.address) return {{}, rules.past_end};
    auto const offset = (address - memory.address) / 2;
    if (offset + length > memory.content.size()) return {{}, rules.past_end};
    return bytes_of(ByteView{memory.content}.subspan(offset, length));
}

}  // namespace simulator
