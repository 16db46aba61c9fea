// The virtual reader of vsmartcard, a driver of pcscd: connected while a card is in it.
#pragma once

#include "drivers/simulator/reader.hpp"
#include "drivers/simulator/vpcd_link.hpp"

namespace simulator {

class VpcdReader : public Reader {
  public:
    explicit VpcdReader(TcpAddress address) : address_(std::move(address)) {}

    void insert(Contact contact, Clock::time_point now) override;
    void remove() override;
    bool connected() const override { return link_ && link_->connected(); }
    void add_to(std::vector<pollfd>& polled) const override;
    std::optional<Clock::time_point> deadline() const override { return connect_at_; }
    void serve(Clock::time_point now) override;
    std::optional<Event> next(Clock::time_point now) override;
    void answer(base::ByteView response) override;
    void give_up(Clock::time_point now) override { connect(now); }

  private:
    void connect(Clock::time_point now);
    std::optional<Event> control(VpcdControl code, Clock::time_point now);

    TcpAddress address_;
    Contact contact_;
    std::optional<VpcdLink> link_;
    std::optional<Clock::time_point> connect_at_;
    bool just_reset_ = false;
};

}  // namespace simulator
