// rehearse/rehearse.hpp: tries a plan out on a scratch database before anybody reads it.
#pragma once

#include <functional>
#include <memory>

#include "desired/scratch_database.hpp"
#include "dialect/dialect.hpp"
#include "plan/plan.hpp"

namespace plumb::rehearse {

struct Options {
  /// Makes an empty scratch database of the plan's engine. May throw DatabaseError: the plan is then not rehearsed.
  std::function<std::unique_ptr<desired::ScratchDatabase>()> scratch;
  /// Compare after every step with what it promises, and not only at both ends: says where a difference came from.
  bool look_at_every_step = false;
  /// Plans with more steps are not rehearsed.
  std::size_t most_steps = 3000;
};

/// Makes the part of `actual` that the plan touches, without rows, in a scratch database; runs the steps up and compares
/// with what their effects promise, runs their ways back and compares with `actual`. Fills `plan.rehearsal`; a plan whose
/// way up fails is blocked. Requires: the steps of `plan` as plan::build made them (those read from a file have no
/// effects). The database that the plan is for is not touched.
void rehearse(plan::Plan& plan, const Schema& actual, const Dialect& dialect, const Options& options);

}  // namespace plumb::rehearse
