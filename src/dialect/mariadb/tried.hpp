// dialect/mariadb/tried.hpp: values of which nothing can be said beforehand, tried before anything is changed.
#pragma once

#include <vector>

#include "dialect/dialect.hpp"

namespace plumb::mariadb {

/// Strict mode stops an ALTER TABLE at the first value that it refuses, when other steps have taken effect already. For conversions whose
/// refusals no condition tells, and for computed columns that are stored or indexed, a step for each table does the same to a temporary copy of
/// the columns: it changes nothing, and fails in its place. It comes before all others, and uses the names that stand. Empty where every refusal
/// can be asked for.
std::vector<Step> tried_values(const PlanInput& input);

}  // namespace plumb::mariadb
