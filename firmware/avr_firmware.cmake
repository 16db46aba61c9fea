# avr_firmware(NAME SOURCES a.cpp ... FLASH bytes RAM bytes [START address] [VERSION 1.2.3] [DEFINE name=value ...])
#
# An image for the ATmega1284P: NAME.elf and NAME.hex in build/.../firmware. Another compiler beside
# the one of the kiosk, in one build: each source has its rule, and knows its headers. The build
# fails when the image is larger than FLASH, its variables are larger than RAM, or anything in it
# would have to be constructed at the start.
#
# With a VERSION it is an application: NAME.hex is sealed with the trailer that the boot loader asks
# for (firmware/boot/memory_map.hpp), and its sources know FIRMWARE_MAJOR, _MINOR and _PATCH.
foreach(tool avr-g++ avr-objcopy avr-nm avr-size srec_cat)
  string(MAKE_C_IDENTIFIER "TOOL_${tool}" variable)
  find_program(${variable} ${tool})
  if(NOT ${variable})
    message(FATAL_ERROR "${tool} is missing: install the Debian packages gcc-avr, binutils-avr, avr-libc and "
                        "srecord, or set KIOSK_FIRMWARE=OFF to build without the supervisor's firmware.")
  endif()
endforeach()

set(AVR_FIRMWARE_DIR "${CMAKE_BINARY_DIR}/firmware")
set(AVR_FIRMWARE_CHECK "${CMAKE_CURRENT_LIST_DIR}/check_image.cmake")
set(AVR_FIRMWARE_OPTIONS
  -mmcu=atmega1284p -DF_CPU=14745600UL -std=c++14 -Os -g
  -fno-exceptions -fno-rtti -fno-threadsafe-statics -ffunction-sections -fdata-sections
  -Wall -Wextra -Wshadow -Wconversion -Werror=switch -Werror=return-type
  "-I${CMAKE_SOURCE_DIR}")

# The addresses are those of boot::Trailer.
function(avr_seal unsealed sealed major minor patch)
  set(image "${unsealed}" -intel)
  set(trailer "${unsealed}.trailer")
  add_custom_command(OUTPUT "${sealed}" BYPRODUCTS "${trailer}"
    COMMAND "${TOOL_srec_cat}"
      ( -generate 0x1EFEC 0x1EFF0 -repeat-string DMPS )
      ( ${image} -exclusive-length-little-endian 0x1EFF0 4 -crop 0x1EFF0 0x1EFF4 )
      ( -generate 0x1EFF4 0x1EFF8 -repeat-data ${major} ${minor} ${patch} 0 )
      ( ${image} -crc32-little-endian 0x1EFF8 -crop 0x1EFF8 0x1EFFC )
      -o "${trailer}" -intel
    COMMAND "${TOOL_srec_cat}" ${image} ( "${trailer}" -intel -crc32-little-endian 0x1EFFC )
      -o "${sealed}" -intel
    DEPENDS "${unsealed}" COMMENT "Sealing ${sealed}" VERBATIM)
endfunction()

function(avr_firmware name)
  cmake_parse_arguments(IMAGE "" "FLASH;RAM;START;VERSION" "SOURCES;DEFINE" ${ARGN})
  if(IMAGE_VERSION)
    string(REPLACE "." ";" version "${IMAGE_VERSION}")
    list(GET version 0 major)
    list(GET version 1 minor)
    list(GET version 2 patch)
    list(APPEND IMAGE_DEFINE FIRMWARE_MAJOR=${major} FIRMWARE_MINOR=${minor} FIRMWARE_PATCH=${patch})
  endif()
  list(TRANSFORM IMAGE_DEFINE PREPEND -D)
  set(objects)
  foreach(source ${IMAGE_SOURCES})
    cmake_path(ABSOLUTE_PATH source)
    file(RELATIVE_PATH file "${CMAKE_SOURCE_DIR}" "${source}")
    string(REPLACE "/" "_" file "${file}")  # two folders may have a file of the same name
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
  set(image "${hex}")
  if(IMAGE_VERSION)
    set(image "${AVR_FIRMWARE_DIR}/${name}.objects/unsealed.hex")
    avr_seal("${image}" "${hex}" ${version})
  endif()
  add_custom_command(OUTPUT "${elf}" "${image}"
    COMMAND "${TOOL_avr_g__}" -mmcu=atmega1284p -Os -Wl,--gc-sections -Wl,--fatal-warnings ${start} ${objects} -o "${elf}"
    COMMAND "${CMAKE_COMMAND}" -DELF=${elf} -DNM=${TOOL_avr_nm} -DSIZE=${TOOL_avr_size} -DFLASH=${IMAGE_FLASH} -DRAM=${IMAGE_RAM} -P "${AVR_FIRMWARE_CHECK}"
    COMMAND "${TOOL_avr_objcopy}" -O ihex -j .text -j .data "${elf}" "${image}"
    DEPENDS ${objects} "${AVR_FIRMWARE_CHECK}"
    COMMENT "Linking ${name} for the ATmega1284P" VERBATIM)
  add_custom_target(${name} ALL DEPENDS "${elf}" "${hex}")
endfunction()
