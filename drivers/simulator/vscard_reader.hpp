// The USB reader of a virtual machine: QEMU's usb-ccid with ccid-card-passthru. Connected whether a
// card is in it or not.
#pragma once

#include "drivers/simulator/reader.hpp"
#include "drivers/simulator/vscard_link.hpp"

namespace simulator {

class VscardReader : public Reader {
  public:
    explicit VscardReader(Address address) : address_(std::move(address)) {}

    // A mute card is refused by QEMU, which takes nothing without an answer to reset: this one
    // gives its answer and then fails each command.
    void insert(Contact contact, Clock::time_point now) override;
    void remove() override;
    bool connected() const override { return link_ && link_->holds_card(); }
    void add_to(std::vector<pollfd>& polled) const override;
    std::optional<Clock::time_point> deadline() const override { return connect_at_; }
    void serve(Clock::time_point now) override;
    std::optional<Event> next(Clock::time_point now) override;
    void answer(base::ByteView response) override;
    void give_up(Clock::time_point now) override;

  private:
    void connect(Clock::time_point now);

    Address address_;
    std::optional<Contact> contact_;
    std::optional<VscardLink> link_;
    std::optional<Clock::time_point> connect_at_ = Clock::time_point::min();
};

}  // namespace simulator
