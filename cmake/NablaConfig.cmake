# find_package(Nabla) for projects that are compiled by clang:
#
#   find_package(Nabla REQUIRED)
#   add_executable(fit fit.c)
#   target_link_libraries(fit PRIVATE Nabla::Nabla)
#
# compiles the target with the plugin for the version of clang in use. The same is said by
#
#   nabla_differentiate(fit)            this target, nothing that links it
#   nabla_differentiate(fit LTO)        at the link, for functions that are in other files than the request
#
# LTO goes through lld, and needs LLVM 15 or later.
cmake_minimum_required(VERSION 3.20)

foreach(language C CXX)
  if(CMAKE_${language}_COMPILER_ID STREQUAL "Clang" AND NOT DEFINED nabla_llvm)
    string(REGEX MATCH "^[0-9]+" nabla_llvm "${CMAKE_${language}_COMPILER_VERSION}")
  endif()
endforeach()

get_filename_component(nabla_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(Nabla_PLUGIN "${nabla_prefix}/lib/nabla/llvm-${nabla_llvm}/libNabla.so")
if(NOT DEFINED nabla_llvm)
  set(Nabla_FOUND FALSE)
  set(Nabla_NOT_FOUND_MESSAGE "Nabla needs clang as the compiler")
elseif(NOT EXISTS "${Nabla_PLUGIN}")
  set(Nabla_FOUND FALSE)
  set(Nabla_NOT_FOUND_MESSAGE "Nabla is not installed for LLVM ${nabla_llvm}: ${Nabla_PLUGIN}")
elseif(NOT TARGET Nabla::Nabla)
  add_library(Nabla::Nabla INTERFACE IMPORTED)
  set_target_properties(Nabla::Nabla PROPERTIES
    INTERFACE_COMPILE_OPTIONS "-fpass-plugin=${Nabla_PLUGIN}"
    INTERFACE_INCLUDE_DIRECTORIES "${nabla_prefix}/include")
endif()

function(nabla_differentiate target)
  target_compile_options(${target} PRIVATE "-fpass-plugin=${Nabla_PLUGIN}")
  target_include_directories(${target} PRIVATE "${nabla_prefix}/include")
  if("LTO" IN_LIST ARGN)
    if(nabla_llvm LESS 15)
      message(FATAL_ERROR "nabla_differentiate(${target} LTO): clang ${nabla_llvm} has no place for the pass at the link; "
        "use clang 15 or later, or join the modules with llvm-link")
    endif()
    target_compile_options(${target} PRIVATE -flto)
    target_link_options(${target} PRIVATE -flto "-fuse-ld=lld" "-Wl,--load-pass-plugin=${Nabla_PLUGIN}")
  endif()
endfunction()
