// plan/expand_table.hpp: the form of a table between two states, in which applications made for either work. Pure.
#pragma once

#include "dialect/dialect.hpp"
#include "model/table.hpp"

namespace plumb::plan {

/// `before` with everything of `after` that an application made for `before` does not notice. What it would notice is left as it
/// is in `before`; a new column that wants a value stays open (nullable) until the rest is done. Foreign keys are those of `before`.
Table expanded(const Table& before, const Table& after, const Dialect& dialect);

}  // namespace plumb::plan
