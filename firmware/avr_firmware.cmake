# avr_firmware(NAME SOURCES a.cpp ... FLASH bytes RAM bytes [START address] [DEFINE name=value ...])
#
# An image for the ATmega1284P: NAME.elf and NAME.hex in build/.../firmware. Another compiler beside
# the one of the kiosk, in one build: each source has its rule, and knows its headers. The build
# fails when the image is larger than FLASH, its variables are larger than RAM, or anything in it
# would have to be constructed at the start.
foreach(tool avr-g++ avr-objcopy avr-nm avr-size)
  string(MAKE_C_IDENTIFIER "TOOL_${tool}" variable)
  find_program(${variable} ${tool})
  if(NOT ${variable})
    message(FATAL_ERROR "${tool} is missing: install the Debian packages gcc-avr, binutils-avr and avr-libc, "
                        "or set KIOSK_FIRMWARE=OFF to build without the supervisor's firmware.")
  endif()
endforeach()

set(AVR_FIRMWARE_DIR "${CMAKE_BINARY_DIR}/firmware")
set(AVR_FIRMWARE_CHECK "${CMAKE_CURRENT_LIST_DIR}/check_image.cmake")
set(AVR_FIRMWARE_OPTIONS
  -mmcu=atmega1284p -DF_CPU=14745600UL -std=c++14 -Os -g
  -fno-exceptions -fno-rtti -fno-threadsafe-statics -ffunction-sections -fdata-sections
  -Wall -Wextra -Wshadow -Wconversion -Werror=switch -Werror=return-type
  "-I${CMAKE_SOURCE_DIR}")

function(avr_firmware name)
  cmake_parse_arguments(IMAGE "" "FLASH;RAM;START" "SOURCES;DEFINE" ${ARGN})
  list(TRANSFORM IMAGE_DEFINE PREPEND -D)
  set(objects)
  foreach(source ${IMAGE_SOURCES})
    cmake_path(ABSOLUTE_PATH source)
    cmake_path(GET source FILENAME file)
    set(object "${AVR_FIRMWARE_DIR}/${name}.objects/${file}.o")
    add_custom_command(OUTPUT "${object}"
      COMMAND "${CMAKE_COMMAND}" -E make_directory "${AVR_FIRMWARE_DIR}/${name}.objects"
      COMMAND "${TOOL_avr_g__}" ${AVR_FIRMWARE_OPTIONS} ${IMAGE_DEFINE} -MD -MT "${object}" -MF "${object}.d" -c "${source}" -o "${object}"
      DEPENDS "${source}" DEPFILE "${object}.d"
      COMMENT "Compiling ${file} for the ATmega1284P" VERBATIM)
    list(APPEND objects "${object}")
  endforeach()
  set(elf "${AVR_FIRMWARE_DIR}/${name}.elf")
  set(hex "${AVR_FIRMWARE_DIR}/${name}.hex")
  set(start)
  if(IMAGE_START)
    set(start "-Wl,--section-start=.text=${IMAGE_START}")
  endif()
  add_custom_command(OUTPUT "${elf}" "${hex}"
    COMMAND "${TOOL_avr_g__}" -mmcu=atmega1284p -Os -Wl,--gc-sections -Wl,--fatal-warnings ${start} ${objects} -o "${elf}"
    COMMAND "${CMAKE_COMMAND}" -DELF=${elf} -DNM=${TOOL_avr_nm} -DSIZE=${TOOL_avr_size} -DFLASH=${IMAGE_FLASH} -DRAM=${IMAGE_RAM} -P "${AVR_FIRMWARE_CHECK}"
    COMMAND "${TOOL_avr_objcopy}" -O ihex -j .text -j .data "${elf}" "${hex}"
    DEPENDS ${objects} "${AVR_FIRMWARE_CHECK}"
    COMMENT "Linking ${name} for the ATmega1284P" VERBATIM)
  add_custom_target(${name} ALL DEPENDS "${elf}" "${hex}")
endfunction()
