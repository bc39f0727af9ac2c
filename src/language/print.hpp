// language/print.hpp: a Description as the text of a `.plumb` file.
#pragma once

#include <string>

#include "model/description.hpp"

namespace plumb::language {

/// The text, formatted as `plumb fmt` would; load(print(d)) gives a Description with the same meaning.
/// Tables stand in an order in which every table comes after those it refers to, where that is possible, else
/// by name.
std::string print(const Description& description);

}  // namespace plumb::language
