// plan/touched.hpp: what a step touches, and how a live database tells whether the step has run. Pure.
#pragma once

#include <string>
#include <vector>

#include "dialect/step.hpp"
#include "sql/tokens.hpp"

namespace plumb::plan {

/// The names that the step touches; its fingerprints stay empty.
Touched names_touched(const Step& step);

/// The fingerprint of the touched objects in `state`, together with which of the attic tables stand.
std::string touched_fingerprint(const Touched& touched, const Schema& state, const std::vector<std::string>& attic, const sql::Lexis& lexis);

}  // namespace plumb::plan
