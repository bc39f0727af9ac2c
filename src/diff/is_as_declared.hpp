// diff/is_as_declared.hpp: the quick answer for the many tables that did not change. Pure.
#pragma once

#include "diff/match.hpp"
#include "diff/reading.hpp"

namespace plumb::diff {

/// True when merging would give `actual` back. False says nothing.
bool is_as_declared(const Table& actual, const Table& desired, const MatchRules& rules, const Reading& reading);

}  // namespace plumb::diff
