#include "drivers/base/durable_file.hpp"

#include "drivers/base/unix_socket.hpp"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace base {

bool write_all(int descriptor, ByteView content) {
    while (!content.empty()) {
        auto const count = ::write(descriptor, content.data(), content.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        content = content.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

bool write_all(int descriptor, std::string_view content) {
    return write_all(descriptor, ByteView{reinterpret_cast<std::uint8_t const*>(content.data()),
                                          content.size()});
}

bool write_and_sync(int descriptor, ByteView content) {
    return write_all(descriptor, content) && ::fsync(descriptor) == 0;
}

bool write_and_sync(int descriptor, std::string_view content) {
    return write_all(descriptor, content) && ::fsync(descriptor) == 0;
}

bool sync_folder(std::filesystem::path const& folder) {
    Descriptor const opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    return opened && ::fsync(opened.number()) == 0;
}

bool replace_file(std::filesystem::path const& path, std::string_view content) {
    auto const temporary = path.native() + ".new";
    Descriptor const file{
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    return file && write_and_sync(file.number(), content) &&
           std::rename(temporary.c_str(), path.c_str()) == 0 && sync_folder(path.parent_path());
}

}  // namespace base
