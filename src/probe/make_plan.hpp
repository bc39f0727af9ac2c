// probe/make_plan.hpp: a plan for a live database. Reads and asks; changes nothing.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "introspect/live_state.hpp"
#include "plan/build.hpp"
#include "plan/largest_rebuild.hpp"

namespace plumb {

struct PlanOptions {
  plan::Allowed allowed;
  /// Name the states in the plan even when there is nothing to do; a plan with steps always names them.
  bool always_fingerprint = false;
  /// Without the right to ask the server for its own spelling: true throws, because a plan's bytes would depend on who
  /// makes it; false compares as well as can be.
  bool needs_server_spelling = true;
  /// False: the server is not even asked, so that nothing is created, not even a temporary table; needs_server_spelling says
  /// nothing then.
  bool asks_server_spelling = true;
  bool keep_aside = false;  ///< keep what the plan's steps would lose, for the way back
  bool ask_rows = true;  ///< false: questions stay unanswered, and the guards ask when the plan runs
  bool name_rows = true;  ///< false: no values of rows in the plan, nor in what its guards say when it runs
  std::chrono::seconds longest_question{60};  ///< for each query that asks the rows of a table; 0: as long as it takes
  plan::Phase phase = plan::Phase::Whole;
  plan::LargestRebuild largest_rebuild;
  std::vector<std::string> alter_wrapper;  ///< a program and its arguments, see plan/largest_rebuild.hpp
  bool find_costs = false;  ///< what the steps cost, and how the engine runs them
  /// Opens a session in an empty database of the same server, in which statements may be tried; called where that is of
  /// use. Throws DatabaseError (AccessDenied: the plan then says that it is not known how the server runs them).
  std::function<std::shared_ptr<db::Connection>()> open_scratch;
  /// A further session in the database of open_scratch, while that one lives. May be empty.
  std::function<std::shared_ptr<db::Connection>()> open_further_scratch = {};
};

/// The plan that brings the database to the description, with every question answered.
/// Throws DatabaseError.
plan::Draft make_plan(db::Connection& connection, const Dialect& dialect, const Description& description, const PlanOptions& options);

/// The same for a state that was read before.
plan::Draft make_plan(db::Connection& connection, const Dialect& dialect, const LiveState& live, const Description& description, const PlanOptions& options);

}  // namespace plumb
