// rehearse/rehearse.hpp: tries a plan out on a scratch database before anybody reads it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "db/target.hpp"
#include "desired/scratch_database.hpp"
#include "dialect/dialect.hpp"
#include "plan/plan.hpp"

namespace plumb::rehearse {

/// What a step took when it ran over the real rows.
struct StepTime {
  std::string what;
  std::chrono::milliseconds up{};
  std::chrono::milliseconds down{};
};

struct Options {
  /// Makes an empty scratch database of the plan's engine. May throw DatabaseError: the plan is then not rehearsed.
  std::function<std::unique_ptr<desired::ScratchDatabase>()> scratch;
  /// Compare after every step with what it promises, and not only at both ends: says where a difference came from.
  bool look_at_every_step = false;
  /// Plans with more steps are not rehearsed.
  std::size_t most_steps = 3000;
  /// The database whose rows are copied for the rehearsal; none: it is done without rows.
  std::optional<db::Target> rows_of{};
  /// Filled in the order of the steps when there are rows.
  std::vector<StepTime>* times = nullptr;
};

/// Makes the part of `actual` that the plan touches in a scratch database, with or without its rows; runs the steps up and compares
/// with what their effects promise, runs their ways back and compares with `actual`, rows included. Data steps run up and down in one go, which is then
/// undone. Fills `plan.rehearsal`; a plan whose
/// way up fails is blocked. Requires: the steps of `plan` as plan::build made them (those read from a file have no
/// effects). The database that the plan is for is not touched.
void rehearse(plan::Plan& plan, const Schema& actual, const Dialect& dialect, const Options& options);

}  // namespace plumb::rehearse
