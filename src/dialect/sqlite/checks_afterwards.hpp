// dialect/sqlite/checks_afterwards.hpp: what SQLite takes without a word, asked when everything is done.
#pragma once

#include <vector>

#include "dialect/dialect.hpp"

namespace plumb::sqlite {

/// Steps of guards: every view still answers, every trigger that names what changes still works. None where nothing can break.
std::vector<Step> checks_afterwards(const PlanInput& input);

}  // namespace plumb::sqlite
