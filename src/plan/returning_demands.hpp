// plan/returning_demands.hpp: what the schema before a deployment demands of the rows that are written after it.
#pragma once

#include <vector>

#include "dialect/dialect.hpp"
#include "dialect/step.hpp"
#include "model/schema.hpp"

namespace plumb::plan {

/// Unique keys, checks and foreign keys that `start` has and `end` has no more, as far as they are over columns whose values the way back
/// leaves as they are: a guard for each, which inverse() asks before anything is undone. Rows that are against one would stop the way
/// back in its middle where every statement commits by itself. Tables that `steps` rename are left out.
std::vector<Command> guards_of_returning_demands(const Schema& start, const Schema& end, const std::vector<Step>& steps, const Dialect& dialect);

}  // namespace plumb::plan
