# The Debian package of the kiosk: `cpack --config build/release/CPackConfig.cmake`. The same package goes into the image and
# onto any Debian 12. Whatever the options of the build, the dmp-kiosk in it has no robot.
include(GNUInstallDirs)

set(kiosk_without_robot dmp-kiosk)
if(KIOSK_ROBOT)
  set(kiosk_without_robot dmp-kiosk-without-robot)
endif()
install(TARGETS ${kiosk_without_robot} DESTINATION bin)
install(TARGETS dmp-boot-slots dmp-machine dmp-notice dmp-slot-judge dmp-spooler dmp-supervisor dmp-usb-policy DESTINATION bin)
install(DIRECTORY assets/ DESTINATION share/dmp-kiosk/assets PATTERN README.md EXCLUDE)
if(KIOSK_FIRMWARE)
  install(FILES "${AVR_FIRMWARE_DIR}/supervisor.hex" DESTINATION lib/dmp-kiosk)
endif()
install(FILES kiosk/kiosk.example.toml kiosk/spooler/spooler.example.toml LICENSE DESTINATION share/doc/dmp-kiosk)

# Of the overlay, what belongs to the programs; the rest makes an appliance of the whole machine.
set(overlay "${CMAKE_CURRENT_LIST_DIR}/rootfs/usr/lib")
foreach(unit IN ITEMS dmp-kiosk.service dmp-machine.service dmp-machine.socket dmp-pcscd-restart.path dmp-pcscd-restart.service
        dmp-spooler.service dmp-supervisor-update.service)
  install(FILES "${overlay}/systemd/system/${unit}" DESTINATION lib/systemd/system)
endforeach()
install(FILES "${overlay}/dmp-kiosk/machine.toml" DESTINATION lib/dmp-kiosk)
foreach(folder IN ITEMS systemd/system/pcscd.service.d systemd/system/pcscd.socket.d)
  install(DIRECTORY "${overlay}/${folder}" DESTINATION lib/systemd/system)
endforeach()
install(FILES "${overlay}/systemd/system-preset/50-dmp.preset" DESTINATION lib/systemd/system-preset)
install(FILES "${overlay}/sysusers.d/dmp.conf" DESTINATION lib/sysusers.d)
install(FILES "${overlay}/tmpfiles.d/dmp.conf" DESTINATION lib/tmpfiles.d)
install(FILES "${overlay}/udev/rules.d/60-dmp-reader.rules" "${overlay}/udev/rules.d/61-dmp-supervisor.rules"
  DESTINATION lib/udev/rules.d)
install(FILES "${overlay}/modules-load.d/dmp-supervisor.conf" DESTINATION lib/modules-load.d)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME dmp-kiosk)
set(CPACK_PACKAGE_VENDOR "DMP kiosk")
set(CPACK_PACKAGE_CONTACT "DMP kiosk <kiosk@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Kiosk that queues sealed requests to create a patient's DMP")
set(CPACK_PACKAGE_DESCRIPTION "dmp-kiosk reads a carte Vitale and walks the patient through consent on a touchscreen;\
 dmp-spooler keeps and sends the sealed requests; dmp-supervisor speaks with the supervision board.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What no library says: the words' fonts, the voice, the reader's service, the board's firmware loader.
set(CPACK_DEBIAN_PACKAGE_DEPENDS
  "systemd (>= 252), udev, pcscd, libccid, fonts-inter, fonts-noto-core, espeak-ng-data, avrdude")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  "${CMAKE_CURRENT_LIST_DIR}/package/postinst;${CMAKE_CURRENT_LIST_DIR}/package/prerm")
include(CPack)
