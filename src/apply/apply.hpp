// apply/apply.hpp: runs exactly the statements of a plan, or nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "plan/plan.hpp"

namespace plumb::apply {

enum class Outcome {
  Done,
  Failed,    ///< a statement failed or the end state is not the promised one; `message` says what stands
  Stale,     ///< the database is not the one that the plan was made for; nothing was run
  Locked,    ///< another run, or another client, holds the database; nothing was run
  Refused,   ///< the plan is blocked, or rows came in its way; see `message`
  HalfDone,  ///< an earlier deployment is half done; nothing was run
};

/// Where a run is, for progress on the terminal.
struct Progress {
  std::size_t step = 0;   ///< from 1
  std::size_t steps = 0;
  const Step* what = nullptr;
  std::chrono::milliseconds elapsed{};  ///< since the run began
};

class JournalFile;
class RunLog;

struct Options {
  std::chrono::seconds lock_timeout{10};
  bool name_rows = true;    ///< some of the rows in the way, with their values
  std::int64_t undoes = 0;  ///< the plan rolls this deployment back, which is marked as undone in the end
  bool undone_on_failure = false;  ///< the caller undoes what stands after a failure: nobody has to be told how
  bool ask_assertions = false;  ///< after the last step; one that does not hold is a failure of the run
  RunLog* log = nullptr;     ///< is told of every statement; none: nothing is written
  JournalFile* journal_file = nullptr;  ///< the same; a run whose intent it cannot take stops
  /// Called before each step and, while a long statement runs, about ten times a second; false interrupts the run.
  std::function<bool(const Progress&)> on_progress;
  /// Runs the program of a command that has one. Throws Error when it ends with anything but success.
  std::function<void(const std::vector<std::string>&)> run_program;
  /// Carries out what a Sync command says, inside of a transaction; gives the number of rows that it wrote. Throws Error and
  /// DatabaseError; then the transaction is rolled back.
  std::function<std::uint64_t(const std::string&)> sync;
  /// Why the rows that the plan's Sync commands depend on are not those that it was made for; empty: they are. Called before
  /// anything is run.
  std::function<std::string()> changed_rows;
};

struct StepReport {
  std::string what;
  std::chrono::milliseconds duration{};
  std::uint64_t rows = 0;             ///< changed by its data-moving statements
  std::vector<std::string> warnings;  ///< of the server, and of an optional step that failed
};

struct Result {
  Outcome outcome = Outcome::Done;
  std::string message;                     ///< empty when Done
  std::vector<std::string> statements_run; ///< those that took effect and stand
  std::vector<StepReport> steps;
  std::chrono::milliseconds duration{};
  std::int64_t number = 0;                 ///< in plumb_history
};

/// Requires: no transaction open on the connection. With transactional DDL all statements are one transaction, the
/// state at the end is compared with the plan's before it commits; otherwise the run stops at the first error.
/// Throws DatabaseError only when the connection itself is lost before anything was run.
Result apply(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, const Options& options);

/// Goes on with a deployment that is half done: settles by looking what its last statement came to, runs the rest and
/// verifies the end. `plan` is the deployment's own. A last statement that can be settled neither way is Refused.
Result resume(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, std::int64_t number, const Options& options);

/// Undoes what a deployment that is half done has done so far.
Result go_back(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, std::int64_t number, const Options& options);

}  // namespace plumb::apply
