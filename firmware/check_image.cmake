# The budgets of an image: cmake -DELF= -DNM= -DSIZE= -DFLASH= -DRAM= -P check_image.cmake
execute_process(COMMAND "${NM}" "${ELF}" OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${SIZE}" -A "${ELF}" OUTPUT_VARIABLE sections COMMAND_ERROR_IS_FATAL ANY)
get_filename_component(name "${ELF}" NAME)

# A constructor that runs before main is code nobody sees; one that does not run leaves a null pointer.
if(symbols MATCHES "__do_global_ctors|__do_global_dtors|__init_array_start")
  message(FATAL_ERROR "${name}: something must be constructed at the start; make it constexpr")
endif()

function(sum_of result)
  set(sum 0)
  foreach(section ${ARGN})
    if(sections MATCHES "\n\\.${section} +([0-9]+)")
      math(EXPR sum "${sum} + ${CMAKE_MATCH_1}")
    endif()
  endforeach()
  set(${result} ${sum} PARENT_SCOPE)
endfunction()

sum_of(flash text data)  # code, tables, and what variables begin with
sum_of(ram data bss noinit)
message("${name}: ${flash} of ${FLASH} bytes of flash, ${ram} of ${RAM} bytes of RAM")
if(flash GREATER FLASH OR ram GREATER RAM)
  message(FATAL_ERROR "${name} is larger than its budget")
endif()
