// plan/build.hpp: two states and the intent around them become a plan. Pure: no connection, no clock, no files.
#pragma once

#include <string_view>

#include "dialect/dialect.hpp"
#include "plan/did_you_mean.hpp"
#include "plan/plan.hpp"

namespace plumb::plan {

/// A plan whose questions are still open, and what it was made of.
struct Draft {
  Plan plan;
  diff::Match match;
  std::vector<Suggestion> suggestions;  ///< renames that nobody has said
};

/// `actual` and `desired` are states of the dialect's engine. Refusals of the match stand in `plan.blocked`.
/// `attic`: how the names of the tables begin in which the plan keeps what its steps lose; empty: nothing is kept.
/// `phase`: the part of the way that is planned; for Contract the expand part must be done, else the plan is blocked.
/// Data steps (`once`) are added afterwards, by plan/once.hpp.
Draft build(const CanonicalSchema& actual, const CanonicalSchema& desired, const Description& description, const Dialect& dialect,
            const Allowed& allowed, const std::string& attic = {}, Phase phase = Phase::Whole);

/// A plan that says "safe: no rows" because of an answer asks that question again when it runs: what the answer allowed
/// gets a guard. Requires: a plan that was built, not read from a document.
void guard_what_was_answered(Plan& plan);

/// Puts the suggestions among the notices, and in the way where a drop that only --allow drop-… permits would lose rows.
void tell_suggestions(Draft& draft);

/// How `Question::unanswered` begins where an expression cannot be computed for a row, which the step would meet as well.
inline constexpr std::string_view fails_over_rows = "fails over the rows: ";
bool fails_over_a_row(const Question& question);

/// Judges the plan by the answers that its questions have got: fills `blocked`.
void assess(Plan& plan);

/// "2 tables created, 1 changed, 1 renamed, 1 dropped" in short words.
std::string summary(const Plan& plan);

}  // namespace plumb::plan
