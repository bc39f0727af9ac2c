// plan/choose_batches.hpp: rows of a large table are changed some thousands at a time, where the engine has a way. Pure.
#pragma once

#include <vector>

#include "dialect/step.hpp"

namespace plumb::plan {

/// Requires: rows are counted; a table whose rows nobody has counted is not a large one.
void choose_batches(std::vector<Step>& steps);

}  // namespace plumb::plan
