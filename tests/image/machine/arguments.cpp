#include "tests/image/machine/arguments.hpp"

namespace machine {

std::vector<std::string> qemu_arguments(Options const& options, std::filesystem::path const& folder,
                                        std::filesystem::path const& disk) {
    auto const file = [&](std::string_view name) { return (folder / name).native(); };
    auto const port = [](int number) { return ",bus=usb.0,port=" + std::to_string(number); };
    // Never KVM: that its device exists does not mean that a guest runs. Not the CPU "max" either:
    // with it software emulation draws wrong pixels.
    std::vector<std::string> all{options.qemu.native(),
                                 "-machine",
                                 options.secure_boot ? "q35,smm=on" : "q35",
                                 "-accel",
                                 "tcg,thread=multi,tb-size=512",
                                 "-cpu",
                                 "Nehalem",
                                 "-smp",
                                 "2",
                                 "-m",
                                 std::to_string(options.memory_mib),
                                 "-display",
                                 "none",
                                 "-nodefaults",
                                 "-no-user-config",
                                 "-qmp",
                                 "unix:" + file("qmp") + ",server=on,wait=off",
                                 "-chardev",
                                 "socket,id=console,path=" + file("console") +
                                     ",server=on,wait=off,logfile=" + file("serial.log"),
                                 "-device",
                                 "isa-serial,chardev=console",
                                 "-device",
                                 "virtio-rng-pci",
                                 "-drive",
                                 "file=" + disk.native() +
                                     ",format=qcow2,if=virtio,cache=unsafe,id=disk",
                                 "-device",
                                 "virtio-vga,id=screen,xres=" + std::to_string(options.width) +
                                     ",yres=" + std::to_string(options.height),
                                 "-device",
                                 "qemu-xhci,id=usb,addr=14,p2=8,p3=8"};
    auto const add = [&](std::initializer_list<std::string> more) { all.insert(all.end(), more); };
    std::string const code = options.secure_boot ? "OVMF_CODE_4M.secboot.fd" : "OVMF_CODE_4M.fd";
    add({"-drive", "if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/" + code, "-drive",
         "if=pflash,format=raw,file=" + file("variables.fd")});
    if (options.secure_boot) add({"-global", "driver=cfi.pflash01,property=secure,value=on"});
    if (options.tpm)
        add({"-chardev", "socket,id=tpm,path=" + file("tpm.sock"), "-tpmdev",
             "emulator,id=tpm,chardev=tpm", "-device", "tpm-crb,tpmdev=tpm"});
    if (options.touch) add({"-device", "virtio-multitouch-pci,id=touch"});
    if (options.reader)
        add({"-chardev", "socket,id=card,path=" + file("card") + ",server=on,wait=off", "-device",
             "usb-ccid,id=reader" + port(reader_port), "-device",
             "ccid-card-passthru,id=slot,bus=reader.0,chardev=card"});
    if (!options.board.empty())
        add({"-chardev", "serial,id=board,path=" + options.board, "-device",
             "usb-serial,id=board,chardev=board" + port(board_port)});
    // Nothing but the intake answers: the machine's own address and a name server it is told.
    std::string network = "user,id=network,restrict=on";
    if (options.intake_port != 0)
        network += ",guestfwd=tcp:" + std::string{intake_address} +
                   "-tcp:127.0.0.1:" + std::to_string(options.intake_port);
    add({"-netdev", network, "-device", "virtio-net-pci,netdev=network,romfile="});
    all.insert(all.end(), options.more.begin(), options.more.end());
    return all;
}

}  // namespace machine
