// dialect/lift_names.hpp: recognises names that plumb would choose itself, so that inspect need not print them.
#pragma once

#include "model/table.hpp"

namespace plumb {

/// Marks the names of indexes and foreign keys of `table` that equal the generated ones.
void mark_generated_names(Table& table);

}  // namespace plumb
