// A device that is not what it says: plugged into a running machine's USB through QEMU's usb-redir,
// it enumerates as described, and if it is a keyboard it types. Answers on a thread of its own.
#pragma once

#include "tests/image/machine/machine.hpp"
#include "tests/image/machine/usb_descriptors.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

struct usbredirparser;

namespace machine {

class FalseUsb {
  public:
    // The machine outlives it; the device is pulled out with the object. The id is new to the
    // machine.
    static base::Result<std::unique_ptr<FalseUsb>> plug(Machine& machine, UsbDevice device,
                                                        std::string id, int port);
    ~FalseUsb();
    FalseUsb(FalseUsb const&) = delete;
    FalseUsb& operator=(FalseUsb const&) = delete;

    // How far the machine went with it: read what it is; chose its configuration; a driver listens
    // to its interrupt endpoint.
    bool was_read() const { return read_; }
    bool was_configured() const { return configured_; }
    bool is_listened_to() const { return listened_to_; }

    // A key down and up, by its number on the keyboard page of HID (4 is A, 0x28 Enter), with
    // modifiers as in the report. Nothing happens while nobody listens.
    void press(std::uint8_t usage, std::uint8_t modifiers = 0);

  private:
    struct Callbacks;
    struct Destroy {
        void operator()(usbredirparser* parser) const;
    };

    FalseUsb(Machine& machine, UsbDevice device, std::string id, base::Descriptor socket);

    void announce();
    void serve(std::stop_token const& stop);
    base::Bytes descriptor(std::uint16_t value, bool of_interface) const;

    Machine& machine_;
    UsbDevice device_;
    std::string id_;
    base::Descriptor socket_;
    std::mutex mutex_;  // of the parser
    std::unique_ptr<usbredirparser, Destroy> parser_;
    std::atomic<bool> read_ = false;
    std::atomic<bool> configured_ = false;
    std::atomic<bool> listened_to_ = false;
    std::uint64_t reports_ = 0;
    std::jthread thread_;
};

}  // namespace machine
