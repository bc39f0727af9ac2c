// language/print.hpp: a Description as the text of a `.plumb` file.
#pragma once

#include <string>

#include "model/description.hpp"

namespace plumb::language {

/// The text, formatted as `plumb fmt` would; load(print(d)) gives a Description with the same meaning.
/// Tables stand in an order in which every table comes after those it refers to, where that is possible, else
/// by name.
std::string print(const Description& description);

/// What no description can hold (a name that is empty or has a line end, text that is no UTF-8, SQL of `engine` that a
/// description would read to another end) is moved to `schema.opaque`, with the reason; a table as a whole. A trigger's
/// SQL is said to be for `engine` where only its rules read it right.
void set_unwritable_aside(Schema& schema, const std::string& engine);

}  // namespace plumb::language
