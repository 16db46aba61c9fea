// A smart card as a function from command to response: no socket, no clock, so that its every byte
// can be tested. Emulates the application layer of ISO 7816-4; contents and choices come from a
// profile.
#pragma once

#include "drivers/simulator/profile.hpp"

#include <cstddef>

namespace simulator {

struct Response {
    base::Bytes data;
    Status status = 0x9000;

    base::Bytes bytes() const;  // as they travel: data, SW1, SW2
};

class VirtualCard {
  public:
    explicit VirtualCard(Profile const& profile) : profile_(profile) {}

    // Power up, reset and power down alike: nothing is selected but the root.
    void reset();

    Response answer(base::ByteView apdu);

  private:
    struct Command;

    Response answer_iso(base::ByteView apdu);
    Response answer_vitale_1(base::ByteView apdu) const;
    Response select(Command const& command);
    Response select_application(Application const& application, Command const& command);
    Response select_file(std::uint16_t fid);
    Response read_binary(Command const& command);
    Response get_response(Command const& command);
    Application const& current() const { return profile_.applications[application_]; }

    Profile profile_;
    std::size_t application_ = 0;      // the root
    std::optional<std::size_t> file_;  // of that application
    base::Bytes pending_;              // for GET RESPONSE
};

}  // namespace simulator
