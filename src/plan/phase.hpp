// plan/phase.hpp: the way to a state in two parts: what an application made for the old one does not notice, and the rest. Pure.
#pragma once

#include "dialect/dialect.hpp"
#include "diff/match.hpp"
#include "model/description.hpp"
#include "plan/noticed.hpp"

namespace plumb::plan {

/// The part of a whole way that an application made for the actual state does not notice, and the intent in the names that it has to
/// do with: nothing is renamed yet.
///
/// Law: the part of what is left after it is empty, and the whole way from there leads to the same state.
struct ExpandPart {
  diff::Match match;
  Description description;
};

/// `whole` leads from `actual` to the state to reach.
ExpandPart expand_part(const std::shared_ptr<const Schema>& actual, const diff::Match& whole, const Description& description, const Dialect& dialect);

}  // namespace plumb::plan
