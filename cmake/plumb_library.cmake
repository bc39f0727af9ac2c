# The warnings that every target of ours is built with, and the one way to make a library or a test of it.

add_library(plumb_warnings INTERFACE)
target_compile_options(plumb_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wnon-virtual-dtor -Woverloaded-virtual -Werror
  # g++ 12 at -O2 warns of an overlap in `"a" + string` that is none (GCC bug 105651)
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # the grammars mean `a > b >> c` as it is read
  $<$<CXX_COMPILER_ID:Clang>:-Wno-overloaded-shift-op-parentheses>)

# plumb_library(NAME SOURCES ... LINKS ...): the static library plumb_NAME of one folder of src/.
function(plumb_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_library(plumb_${name} STATIC ${arg_SOURCES})
  target_include_directories(plumb_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(plumb_${name} PUBLIC ${arg_LINKS} PRIVATE plumb_warnings)
endfunction()

# plumb_test(NAME SOURCES ... LINKS ...): one GoogleTest program, its tests found by ctest.
function(plumb_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS;PROPERTIES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE PLUMB_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${arg_LINKS} plumb_warnings GTest::gtest_main GTest::gmock)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES ${arg_PROPERTIES})
endfunction()
