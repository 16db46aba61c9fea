// The last refused devices, for staff to be told: a small file of lines, newest last.
#pragma once

#include <filesystem>
#include <string>

namespace usb_policy {

struct Refusal {
    std::string port;
    std::string device;
    std::string why;
};

// Adds a line {"at":seconds since 1970,"port":...,"device":...,"why":...} and keeps the last 32.
// What cannot be written stands in the journal all the same.
void keep_refusal(std::filesystem::path const& file, Refusal const& refusal);

}  // namespace usb_policy
