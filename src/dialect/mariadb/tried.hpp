// dialect/mariadb/tried.hpp: changes of type of which nothing can be said beforehand, tried before anything is changed.
#pragma once

#include <vector>

#include "dialect/step.hpp"
#include "diff/change.hpp"

namespace plumb::mariadb {

/// Strict mode stops an ALTER TABLE at the first value that it refuses, when other steps have taken effect already. For conversions whose
/// refusals no condition tells, a step for each table does the same to a temporary copy of the columns: it changes nothing, and
/// fails in its place. Empty where every refusal can be asked for.
std::vector<Step> tried_conversions(const std::vector<diff::Pair<Table>>& altered);

}  // namespace plumb::mariadb
