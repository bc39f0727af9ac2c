// tests/fuzz/target.hpp: what every fuzz target is: one function that takes any bytes and holds them to the target's
// laws. fuzzer_main.cpp runs it under libFuzzer, corpus_main.cpp over the files of a folder.
#pragma once

#include <string_view>

namespace plumb::fuzz {

/// Ends the program where a law is broken. The bytes are a copy of exactly this size.
void check(std::string_view input);

/// Says what is broken and by which text, and ends the program.
[[noreturn]] void fail(std::string_view what, std::string_view text);

}  // namespace plumb::fuzz
