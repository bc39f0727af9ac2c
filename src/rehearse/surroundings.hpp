// rehearse/surroundings.hpp: the part of a database that a plan must be tried out in. Pure.
#pragma once

#include <vector>

#include "dialect/step.hpp"
#include "diff/match.hpp"
#include "model/schema.hpp"

namespace plumb::rehearse {

/// What the steps touch and all that hangs on it: tables at the other end of a foreign key, views and triggers that name
/// a touched table, and whatever those name in turn. Anything else cannot change what the steps do.
Schema surroundings_of(const std::vector<Step>& steps, const Schema& actual, const diff::MatchRules& rules);

}  // namespace plumb::rehearse
