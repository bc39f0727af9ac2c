// plan/build.hpp: two states and the intent around them become a plan. Pure: no connection, no clock, no files.
#pragma once

#include "dialect/dialect.hpp"
#include "plan/plan.hpp"

namespace plumb::plan {

/// A plan whose questions are still open, and what it was made of.
struct Draft {
  Plan plan;
  diff::Match match;
};

/// `actual` and `desired` are states of the dialect's engine. Refusals of the match stand in `plan.blocked`.
/// `attic`: how the names of the tables begin in which the plan keeps what its steps lose; empty: nothing is kept.
Draft build(const CanonicalSchema& actual, const CanonicalSchema& desired, const Description& description, const Dialect& dialect,
            const Allowed& allowed, const std::string& attic = {});

/// Judges the plan by the answers that its questions have got: fills `blocked`.
void assess(Plan& plan);

/// "2 tables created, 1 changed, 1 renamed, 1 dropped" in short words.
std::string summary(const Plan& plan);

}  // namespace plumb::plan
