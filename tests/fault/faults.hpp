// tests/fault/faults.hpp: deployments that are cut off, and what must stand once they are made whole.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "db/target.hpp"
#include "dialect/dialect.hpp"
#include "faulty_connection.hpp"
#include "plan/plan.hpp"

namespace plumb::test {

using Contents = std::map<std::string, std::vector<std::string>>;

/// Every row of every table of the state.
Contents contents_of(db::Connection& connection, const Dialect& dialect);

struct State {
  std::string fingerprint;
  Contents contents;
  bool operator==(const State&) const = default;
};

State state_of(db::Connection& connection, const Dialect& dialect);

struct Ends {
  State old;
  State done;
};

/// Applies in a child process that kills itself at the point. False when it came to its end instead.
bool apply_until_killed(const db::Target& target, const Dialect& dialect, const plan::Plan& plan, FaultPoint point);

/// Applies in a child process; at once, or after `time`, calls `strike` with its id. Waits for the child's end.
void apply_and_strike(const db::Target& target, const Dialect& dialect, const plan::Plan& plan, std::chrono::microseconds time, const std::function<void(int)>& strike);

/// Counts what was done to a run; the sums are printed in the end.
void count_strike(const std::string& what);

/// PLUMB_FAULT_STRIDE, else the ordinary one.
std::size_t stride(std::size_t ordinary);

/// What stands after a fault is made whole in one of the two ways, and is then one of the two ends; after the end `once_steps` have run.
void expect_made_whole(db::Connection& connection, const Dialect& dialect, const Ends& ends, bool back, std::size_t once_steps = 0);

}  // namespace plumb::test
