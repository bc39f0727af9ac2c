// support/bytes.hpp: amounts of bytes as people say them.
#pragma once

#include <cstdint>
#include <string>

namespace plumb {

enum class Rounding { Up, Down };

/// "11 MiB", in whole numbers of the largest unit that gives one.
std::string bytes_in_words(std::uint64_t bytes, Rounding rounding = Rounding::Up);

}  // namespace plumb
