// tests/unit/language/text_mangler.hpp: the same description, badly written.
#pragma once

#include <cstdint>
#include <string>

namespace plumb::test {

/// The text with other white space, comments in odd places, semicolons for line ends, and line ends inside of
/// parentheses. It means the same. Requires: a text that loads.
std::string mangled(const std::string& text, std::uint32_t seed);

}  // namespace plumb::test
