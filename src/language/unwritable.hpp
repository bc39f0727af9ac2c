// language/unwritable.hpp: what an engine has and the text of a description cannot say.
#pragma once

#include <string>

#include "model/schema.hpp"

namespace plumb::language {

/// What no description can hold (a name that is empty or has a line end, text that is no UTF-8, SQL of `engine` that a
/// description would read to another end) is moved to `schema.opaque`, with the reason; a table as a whole. A trigger's
/// SQL is said to be for `engine` where only its rules read it right.
void set_unwritable_aside(Schema& schema, const std::string& engine);

}  // namespace plumb::language
