// diff/what_breaks.hpp: changes after which something that stays would not work any more. Pure.
#pragma once

#include <vector>

#include "diff/match.hpp"
#include "model/description.hpp"

namespace plumb::diff {

/// Views and triggers that would read what is gone, periods over columns that go, foreign keys between two collations.
/// `stays`: the views and triggers of the state to reach.
std::vector<Refusal> what_breaks(const Match& match, const Schema& stays, const Description& description, const MatchRules& rules);

}  // namespace plumb::diff
