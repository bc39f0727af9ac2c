// language/resolve/value.hpp: literals of seeds and of master data.
#pragma once

#include "language/ast.hpp"

namespace plumb::language {

Default as_default(const ast::Value& value);
SeedValue seed_value(const ast::Value& value);

}  // namespace plumb::language
