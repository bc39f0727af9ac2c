// tests/unit/language/description_generator.hpp: descriptions made up from a seed: every type, every clause,
// names that look like words of the language, SQL with strings and comments in it.
#pragma once

#include <cstdint>

#include "model/description.hpp"

namespace plumb::test {

/// The same seed gives the same description. All of them are right: loading their text reports nothing.
plumb::Description generated_description(std::uint32_t seed);

}  // namespace plumb::test
