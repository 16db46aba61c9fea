#include "drivers/iso7816/read_file.hpp"

#include "drivers/iso7816/commands.hpp"

#include <algorithm>

namespace iso7816 {
namespace {

// Appends blocks to content until the file ends; the status word says how it ended.
base::Result<StatusWord> read_blocks(Transmit const& transmit, std::optional<std::uint8_t> sfi,
                                     ReadLimits const& limits, Complete const& complete,
                                     base::Bytes& content) {
    auto const longest = std::min(limits.file, highest_offset);
    for (;;) {
        auto const first = content.empty();
        auto block = transmit(first && sfi ? read_binary_sfi(*sfi, limits.block)
                                           : read_binary_offset(content.size(), limits.block));
        if (!block) return base::failure(std::move(block.error()));
        // A file that ends exactly with a block shows it only by refusing the offset behind it.
        if (!first && block->sw == wrong_p1_p2) return success;
        if (block->sw != success && block->sw != end_of_file_reached) return block->sw;
        auto const size = block->data.size();
        if (size > limits.block || content.size() + size > longest)
            return base::failure(base::Errc::malformed,
                                 "a file of more than " + std::to_string(longest) + " bytes");
        content.insert(content.end(), block->data.begin(), block->data.end());
        base::wipe(block->data);
        if (size < limits.block || block->sw == end_of_file_reached) return success;
        if (complete && complete(content)) return success;
    }
}

base::Result<ResponseApdu> read(Transmit const& transmit, std::optional<std::uint8_t> sfi,
                                ReadLimits const& limits, Complete const& complete) {
    base::Bytes content;
    // All at once: a buffer that grows leaves a copy of what it held behind.
    content.reserve(limits.file);
    auto const sw = read_blocks(transmit, sfi, limits, complete, content);
    if (!sw || *sw != success) base::wipe(content);
    if (!sw) return base::failure(sw.error());
    return ResponseApdu{std::move(content), *sw};
}

}  // namespace

base::Result<ResponseApdu> read_file(Transmit const& transmit, std::uint8_t sfi,
                                     ReadLimits const& limits, Complete const& complete) {
    return read(transmit, sfi, limits, complete);
}

base::Result<ResponseApdu> read_selected_file(Transmit const& transmit, ReadLimits const& limits,
                                              Complete const& complete) {
    return read(transmit, std::nullopt, limits, complete);
}

}  // namespace iso7816
