#include "drivers/pcsc/context.hpp"

#include "drivers/pcsc/return_code.hpp"

#include <cstring>
#include <type_traits>

#include <winscard.h>

namespace pcsc {

static_assert(std::is_same_v<SCARDCONTEXT, long> && std::is_same_v<SCARDHANDLE, long>);

base::Result<Context> Context::open() {
    SCARDCONTEXT handle = 0;
    auto const established =
        check("SCardEstablishContext",
              SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &handle));
    if (!established) return base::failure(established.error());
    return Context{handle};
}

Context::~Context() {
    if (handle_ != 0) SCardReleaseContext(handle_);
}

base::Result<std::vector<std::string>> Context::readers() const {
    std::vector<std::string> names;
    // All that pcscd can have at once: asking for the size first would be a race with the plug.
    std::vector<char> text(PCSCLITE_MAX_READERS_CONTEXTS * MAX_READERNAME + 1);
    DWORD size = text.size();
    auto const code = SCardListReaders(handle_, nullptr, text.data(), &size);
    if (code == SCARD_E_NO_READERS_AVAILABLE) return names;
    if (auto listed = check("SCardListReaders", code); !listed)
        return base::failure(std::move(listed.error()));
    text.back() = '\0';
    // Names one after the other, each with its zero; an empty one ends the list.
    for (char const* name = text.data(); *name != '\0'; name += std::strlen(name) + 1)
        names.emplace_back(name);
    return names;
}

}  // namespace pcsc
