// apply/statements.hpp: runs the steps of a plan one statement after the other, each with its intent and its outcome in the journal where
// it commits by itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "apply/apply.hpp"
#include "apply/journal.hpp"
#include "apply/state_checks.hpp"
#include "support/error.hpp"

namespace plumb::apply {

/// Rows stand in the way that were not there when the plan was made, or that nobody asked about.
class GuardFailed : public Error {
 public:
  using Error::Error;
};

/// The user pressed Ctrl-C.
class Interrupted : public Error {
 public:
  using Error::Error;
};

class Statements {
 public:
  /// Reports into `result`. All of them outlive this.
  Statements(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, const Options& options, const StateChecks& checks, Result& result);
  ~Statements() { stop_watching(); }
  Statements(const Statements&) = delete;
  Statements& operator=(const Statements&) = delete;

  /// From here on every statement commits by itself and is written into the journal.
  void keep_journal(std::int64_t deployment) { journal_.emplace(connection_, deployment); }
  Journal& journal() { return *journal_; }

  /// Runs the steps from `start` to before the step `end`. What runs in `start`'s step before it is done already.
  /// Throws GuardFailed, Interrupted, DatabaseError, and Error where a program fails.
  void run_between(const Place& start, std::size_t end);

  /// A setting of the session.
  void run_setting(const std::string& sql);

  /// Tries again, with growing pauses, for as long as the lock timeout lets it: each try waits shortly, so that others are not held up
  /// behind it. Inside of a transaction one try must do.
  std::uint64_t patiently(const std::function<std::uint64_t()>& statement);

  /// Lets the caller of the run see where it is, ten times a second; and interrupts it when he says so.
  void watch();
  void stop_watching();
  bool interrupted() const { return interrupted_; }

  /// "in step 3 of 7 (…)\n  statement: …".
  std::string where() const;
  std::chrono::milliseconds since_begin() const;
  void note(std::string_view text);

 private:
  using Clock = std::chrono::steady_clock;

  Progress progress_now() const;
  void run_step(const Step& step, std::size_t first);
  void run_command(const Command& command, StepReport& report);
  void run_guard(const Command& guard, StepReport& report);
  std::string named_by(const Command& guard) const;
  std::uint64_t journaled(const Command& command, StepReport& report);
  std::uint64_t in_batches(const Command& command, StepReport& report);
  std::uint64_t execute(const Command& command, StepReport& report);
  std::uint64_t execute_behind_a_lock(const Command& command, StepReport& report);
  std::uint64_t execute_now(const Command& command, StepReport& report);
  std::uint64_t execute_sql(const std::string& sql, StepReport& report);
  void execute_all(const std::vector<std::string>& statements, StepReport& report);
  void note_as_run(const Command& command);
  std::uint64_t logged(const std::string& sql, const std::function<std::uint64_t()>& work);
  void warn(StepReport& report, std::string text);

  void run_once(const Step& step, StepReport& report);
  void run_once_in_transaction(const Step& step, StepReport& report);
  void run_once_statements(const Step& step, StepReport& report);
  bool may_be_left_out(const DatabaseError& error) const;
  void mark_as_ended(const Step& step);

  db::Connection& connection_;
  const Dialect& dialect_;
  const plan::Plan& plan_;
  const Options& options_;
  const StateChecks& checks_;
  Result& result_;
  Clock::time_point begin_ = Clock::now();
  std::optional<Journal> journal_;  ///< where every statement commits by itself
  Place place_;                     ///< of the statement that runs
  std::size_t step_ = 0;            ///< from 1
  const Command* running_ = nullptr;
  bool interrupted_ = false;
  bool watching_ = false;
};

}  // namespace plumb::apply
