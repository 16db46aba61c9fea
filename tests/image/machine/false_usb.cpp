#include "tests/image/machine/false_usb.hpp"

#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <usbredirparser.h>

namespace machine {

using base::Bytes;
using base::failure;
using base::Result;
using nlohmann::json;

namespace {

constexpr std::uint8_t to_machine = 0x80;
constexpr std::uint8_t recipient = 0x1F;
constexpr std::uint8_t of_interface = 1;
constexpr std::uint8_t kind = 0x60;
constexpr std::uint8_t get_descriptor = 6;
constexpr std::uint8_t report_descriptor = 0x22;

FalseUsb& of(void* self) { return *static_cast<FalseUsb*>(self); }

// As usb_redir numbers endpoints in its tables: 0 to 15 from the machine, 16 to 31 to it.
std::size_t place_of(std::uint8_t address) {
    return (address & 0x0Fu) + ((address & to_machine) != 0 ? 16u : 0u);
}

}  // namespace

struct FalseUsb::Callbacks {
    static void log(void*, int, char const*) {}

    static int read(void* self, std::uint8_t* data, int count) {
        auto const got =
            ::recv(of(self).socket_.number(), data, static_cast<std::size_t>(count), MSG_DONTWAIT);
        if (got > 0) return static_cast<int>(got);
        return got < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
    }

    static int write(void* self, std::uint8_t* data, int count) {
        auto const sent =
            ::send(of(self).socket_.number(), data, static_cast<std::size_t>(count), MSG_NOSIGNAL);
        return sent < 0 ? -1 : static_cast<int>(sent);
    }

    static void hello(void* self, usb_redir_hello_header*) { of(self).announce(); }

    static void control(void* self, std::uint64_t id, usb_redir_control_packet_header* header,
                        std::uint8_t* data, int) {
        auto& usb = of(self);
        usbredirparser_free_packet_data(usb.parser_.get(), data);
        auto answer = *header;
        Bytes content;
        answer.status = usb_redir_success;
        if ((header->requesttype & to_machine) == 0) {
            answer.length = 0;  // whatever it is told, it agrees
        } else if ((header->requesttype & kind) == 0 && header->request == get_descriptor) {
            usb.read_ = true;
            content =
                usb.descriptor(header->value, (header->requesttype & recipient) == of_interface);
            if (content.empty()) answer.status = usb_redir_stall;
        } else {
            answer.status = usb_redir_stall;
        }
        if (content.size() > header->length) content.resize(header->length);
        answer.length = static_cast<std::uint16_t>(content.size());
        usbredirparser_send_control_packet(usb.parser_.get(), id, &answer, content.data(),
                                           static_cast<int>(content.size()));
    }

    static void set_configuration(void* self, std::uint64_t id,
                                  usb_redir_set_configuration_header* header) {
        of(self).configured_ = header->configuration != 0;
        send_configuration(self, id);
    }
    static void send_configuration(void* self, std::uint64_t id) {
        usb_redir_configuration_status_header status{
            usb_redir_success,
            std::uint8_t{of(self).configured_ ? std::uint8_t{1} : std::uint8_t{0}}};
        usbredirparser_send_configuration_status(of(self).parser_.get(), id, &status);
    }

    static void set_alt(void* self, std::uint64_t id, usb_redir_set_alt_setting_header* header) {
        usb_redir_alt_setting_status_header status{usb_redir_success, header->interface, 0};
        usbredirparser_send_alt_setting_status(of(self).parser_.get(), id, &status);
    }
    static void get_alt(void* self, std::uint64_t id, usb_redir_get_alt_setting_header* header) {
        usb_redir_alt_setting_status_header status{usb_redir_success, header->interface, 0};
        usbredirparser_send_alt_setting_status(of(self).parser_.get(), id, &status);
    }

    static void start_interrupts(void* self, std::uint64_t id,
                                 usb_redir_start_interrupt_receiving_header* header) {
        of(self).listened_to_ = true;
        usb_redir_interrupt_receiving_status_header status{usb_redir_success, header->endpoint};
        usbredirparser_send_interrupt_receiving_status(of(self).parser_.get(), id, &status);
    }
    static void stop_interrupts(void* self, std::uint64_t id,
                                usb_redir_stop_interrupt_receiving_header* header) {
        of(self).listened_to_ = false;
        usb_redir_interrupt_receiving_status_header status{usb_redir_success, header->endpoint};
        usbredirparser_send_interrupt_receiving_status(of(self).parser_.get(), id, &status);
    }

    // It has nothing to say on its bulk endpoints.
    static void bulk(void* self, std::uint64_t id, usb_redir_bulk_packet_header* header,
                     std::uint8_t* data, int) {
        usbredirparser_free_packet_data(of(self).parser_.get(), data);
        auto answer = *header;
        answer.status = usb_redir_stall;
        answer.length = 0;
        answer.length_high = 0;
        usbredirparser_send_bulk_packet(of(self).parser_.get(), id, &answer, nullptr, 0);
    }
    static void interrupt(void* self, std::uint64_t, usb_redir_interrupt_packet_header*,
                          std::uint8_t* data, int) {
        usbredirparser_free_packet_data(of(self).parser_.get(), data);
    }
    static void ignore(void*) {}
    static void ignore_cancel(void*, std::uint64_t) {}
};

void FalseUsb::Destroy::operator()(usbredirparser* parser) const { usbredirparser_destroy(parser); }

Result<std::unique_ptr<FalseUsb>> FalseUsb::plug(Machine& machine, UsbDevice device, std::string id,
                                                 int port) {
    auto const socket = machine.file(id);
    json const address{{"type", "unix"}, {"data", {{"path", socket.native()}}}};
    json const backend{{"type", "socket"},
                       {"data", {{"addr", address}, {"server", true}, {"wait", false}}}};
    if (auto added = machine.qmp().execute("chardev-add", {{"id", id}, {"backend", backend}});
        !added)
        return failure(added.error());
    auto connected = base::connect_to(socket);
    if (!connected) return failure(connected.error());
    std::unique_ptr<FalseUsb> usb{
        new FalseUsb{machine, std::move(device), id, std::move(*connected)}};
    if (auto plugged = machine.plug({{"driver", "usb-redir"},
                                     {"id", id},
                                     {"chardev", id},
                                     {"bus", "usb.0"},
                                     {"port", std::to_string(port)}});
        !plugged)
        return failure(plugged.error());
    return usb;
}

FalseUsb::FalseUsb(Machine& machine, UsbDevice device, std::string id, base::Descriptor socket)
    : machine_(machine), device_(std::move(device)), id_(std::move(id)), socket_(std::move(socket)),
      parser_(usbredirparser_create()) {
    auto& parser = *parser_;
    parser.priv = this;
    parser.log_func = Callbacks::log;
    parser.read_func = Callbacks::read;
    parser.write_func = Callbacks::write;
    parser.hello_func = Callbacks::hello;
    parser.reset_func = Callbacks::ignore;
    parser.control_packet_func = Callbacks::control;
    parser.bulk_packet_func = Callbacks::bulk;
    parser.interrupt_packet_func = Callbacks::interrupt;
    parser.set_configuration_func = Callbacks::set_configuration;
    parser.get_configuration_func = Callbacks::send_configuration;
    parser.set_alt_setting_func = Callbacks::set_alt;
    parser.get_alt_setting_func = Callbacks::get_alt;
    parser.start_interrupt_receiving_func = Callbacks::start_interrupts;
    parser.stop_interrupt_receiving_func = Callbacks::stop_interrupts;
    parser.cancel_data_packet_func = Callbacks::ignore_cancel;
    parser.device_disconnect_ack_func = Callbacks::ignore;
    parser.filter_reject_func = Callbacks::ignore;
    std::uint32_t capabilities[USB_REDIR_CAPS_SIZE]{};
    for (int const each :
         {usb_redir_cap_connect_device_version, usb_redir_cap_ep_info_max_packet_size,
          usb_redir_cap_64bits_ids, usb_redir_cap_32bits_bulk_length})
        usbredirparser_caps_set_cap(capabilities, each);
    usbredirparser_init(&parser, "false device", capabilities, USB_REDIR_CAPS_SIZE,
                        usbredirparser_fl_usb_host);
    thread_ = std::jthread{[this](std::stop_token const& stop) { serve(stop); }};
}

FalseUsb::~FalseUsb() {
    if (machine_.has_power()) {
        static_cast<void>(machine_.unplug(id_));
        static_cast<void>(machine_.qmp().execute("chardev-remove", {{"id", id_}}));
    }
    thread_.request_stop();
}

void FalseUsb::announce() {
    usb_redir_interface_info_header interfaces{};
    usb_redir_ep_info_header endpoints{};
    std::memset(endpoints.type, usb_redir_type_invalid, sizeof(endpoints.type));
    for (auto const place : {place_of(0x00), place_of(0x80)}) {
        endpoints.type[place] = usb_redir_type_control;
        endpoints.max_packet_size[place] = 64;
    }
    for (auto const& each : device_.interfaces) {
        auto const number = interfaces.interface_count++;
        interfaces.interface[number] = static_cast<std::uint8_t>(number);
        interfaces.interface_class[number] = each.device_class;
        interfaces.interface_subclass[number] = each.subclass;
        interfaces.interface_protocol[number] = each.protocol;
        for (auto const& endpoint : each.endpoints) {
            auto const place = place_of(endpoint.address);
            endpoints.type[place] = static_cast<std::uint8_t>(endpoint.kind);
            endpoints.interval[place] = 10;
            endpoints.interface[place] = static_cast<std::uint8_t>(number);
            endpoints.max_packet_size[place] = endpoint.packet_size;
        }
    }
    usbredirparser_send_interface_info(parser_.get(), &interfaces);
    usbredirparser_send_ep_info(parser_.get(), &endpoints);
    usb_redir_device_connect_header device{usb_redir_speed_full, 0,     0, 0, device_.vendor,
                                           device_.product,      0x0100};
    usbredirparser_send_device_connect(parser_.get(), &device);
}

Bytes FalseUsb::descriptor(std::uint16_t value, bool asked_of_interface) const {
    auto const number = static_cast<std::uint8_t>(value & 0xFF);
    switch (value >> 8) {
    case 1: return device_descriptor(device_);
    case 2: return configuration_descriptor(device_);
    case 3: return string_descriptor(device_, number);
    case report_descriptor:
        for (auto const& interface : device_.interfaces)
            if (asked_of_interface && !interface.report_descriptor.empty())
                return interface.report_descriptor;
        return {};
    default: return {};  // any of 256
    }
}

void FalseUsb::serve(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        pollfd ready{socket_.number(), POLLIN, 0};
        ::poll(&ready, 1, 50);
        std::scoped_lock const lock{mutex_};
        if (ready.revents != 0 &&
            usbredirparser_do_read(parser_.get()) == usbredirparser_read_io_error)
            return;
        while (usbredirparser_has_data_to_write(parser_.get()) > 0)
            if (usbredirparser_do_write(parser_.get()) != 0) return;
    }
}

void FalseUsb::press(std::uint8_t usage, std::uint8_t modifiers) {
    for (auto report : {std::array<std::uint8_t, 8>{modifiers, 0, usage}, {}}) {
        std::scoped_lock const lock{mutex_};
        if (!listened_to_) return;
        usb_redir_interrupt_packet_header header{0x81, usb_redir_success,
                                                 static_cast<std::uint16_t>(report.size())};
        usbredirparser_send_interrupt_packet(parser_.get(), ++reports_, &header, report.data(),
                                             static_cast<int>(report.size()));
        while (usbredirparser_has_data_to_write(parser_.get()) > 0)
            if (usbredirparser_do_write(parser_.get()) != 0) return;
    }
}

}  // namespace machine
