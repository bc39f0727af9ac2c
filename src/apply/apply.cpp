#include "apply/apply.hpp"

#include <algorithm>
#include <optional>

#include "apply/history.hpp"
#include "diff/fingerprint.hpp"
#include "introspect/live_state.hpp"
#include "plan/document.hpp"
#include "support/error.hpp"
#include "support/fingerprint.hpp"
#include "support/text.hpp"

namespace plumb::apply {
namespace {

using Clock = std::chrono::steady_clock;

/// Rows stand in the way that were not there when the plan was made, or that nobody asked about.
class GuardFailed : public Error {
 public:
  using Error::Error;
};

/// Functions and collations of an application live in its own connections, so what uses them cannot be asked here. A
/// view that does is none the worse for it, and a row that needs one stops the statement itself.
bool needs_the_application(const DatabaseError& error) { return error.kind() == DatabaseErrorKind::MissingExtension; }

/// The user pressed Ctrl-C.
class Interrupted : public Error {
 public:
  using Error::Error;
};

class Runner {
 public:
  Runner(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, const Options& options)
      : connection_(connection), dialect_(dialect), plan_(plan), options_(options), begin_(Clock::now()) {}

  Result run() {
    if (!plan_.blocked.empty()) {
      result_.outcome = Outcome::Refused;
      result_.message = "the plan is blocked: " + plan_.blocked.front().text;
      return std::move(result_);
    }
    if (!lock()) return std::move(result_);
    watch_progress();
    if (dialect_.capabilities().transactional_ddl) {
      run_as_transaction();
    } else {
      run_stepwise();
    }
    connection_.on_progress({});
    unlock();
    result_.duration = since_begin();
    return std::move(result_);
  }

 private:
  std::chrono::milliseconds since_begin() const { return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin_); }

  void fail(Outcome outcome, std::string message) {
    result_.outcome = outcome;
    result_.message = std::move(message);
  }

  // --- locking

  bool lock() {
    const std::string query = dialect_.lock_query(connection_.database(), static_cast<unsigned>(options_.lock_timeout.count()));
    if (query.empty()) return true;
    if (db::single_integer(connection_, query) == 1) return true;
    fail(Outcome::Locked, "another run of plumb holds `" + connection_.display_name() + "`; nothing was run");
    return false;
  }

  void unlock() {
    const std::string query = dialect_.unlock_query(connection_.database());
    if (query.empty()) return;
    try {
      connection_.query(query);
    } catch (const DatabaseError&) {
      // the lock goes with the connection
    }
  }

  void watch_progress() {
    if (!options_.on_progress) return;
    connection_.on_progress([this] {
      if (!options_.on_progress(progress_now())) interrupted_ = true;
      return !interrupted_;
    });
  }

  Progress progress_now() const { return {step_, plan_.steps.size(), step_ == 0 ? nullptr : &plan_.steps[step_ - 1], since_begin()}; }

  // --- the state before and after

  std::string live_fingerprint() const {
    return diff::fingerprint(dialect_.canonicalise(dialect_.read(connection_)).schema(), dialect_.match_rules().lexis);
  }

  bool is_stale() {
    const CanonicalSchema live = dialect_.canonicalise(dialect_.read(connection_));
    if (diff::fingerprint(live.schema(), dialect_.match_rules().lexis) == plan_.from) {
      for (const Step& step : plan_.steps) note_table(step.table_before.empty() ? step.table : step.table_before, live.schema());
      return false;
    }
    fail(Outcome::Stale, "the database is not the one that this plan was made for: its schema has changed since; make a new plan");
    return true;
  }

  void note_table(const std::string& table, const Schema& live) {
    const bool is_known = std::find(tables_.begin(), tables_.end(), table) != tables_.end();
    if (!is_known && live.tables.contains(table)) tables_.push_back(table);
  }

  /// Every statement commits by itself: what another client holds is met before the first of them, not halfway.
  bool tables_are_free() {
    const auto statements = dialect_.wait_for_tables(tables_);
    try {
      for (const auto& statement : statements) connection_.execute(statement);
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::AccessDenied) return true;  // no right to LOCK TABLES: the steps wait by themselves
      if (error.kind() != DatabaseErrorKind::Locked) throw;
      fail(Outcome::Locked, interrupted_ ? std::string("interrupted") : held_by_another(error) + "; nothing was run");
      return false;
    }
    return true;
  }

  std::uint64_t broken_references() const {
    const std::string query = dialect_.broken_references_query();
    const bool at_risk = std::any_of(plan_.steps.begin(), plan_.steps.end(), [](const Step& step) { return step.how == "rebuild" || step.how == "drop"; });
    if (query.empty() || !at_risk) return 0;
    try {
      return static_cast<std::uint64_t>(db::single_integer(connection_, query));
    } catch (const DatabaseError& error) {
      if (error.kind() != DatabaseErrorKind::Other) throw;
      return orphans();  // a key that refers to no unique columns: the engine does not check anything then
    }
  }

  /// The same, key by key; keys to what does not exist are left out.
  std::uint64_t orphans() const {
    const Schema schema = dialect_.read(connection_);
    std::uint64_t count = 0;
    for (const auto& [name, table] : schema.tables) {
      for (const ForeignKey& key : table.foreign_keys) count += orphans_of(schema, table, key);
    }
    return count;
  }

  std::uint64_t orphans_of(const Schema& schema, const Table& table, const ForeignKey& key) const {
    const auto parent = schema.tables.find(key.table);
    if (parent == schema.tables.end() || !key.database.empty()) return 0;
    Question question;
    question.kind = QuestionKind::OrphansOf;
    question.table = table.name;
    question.columns = key.columns;
    question.parent = parent->second.name;
    question.parent_columns = key.referenced;
    if (key.referenced.empty() && parent->second.primary_key) {
      for (const IndexPart& part : parent->second.primary_key->parts) question.parent_columns.push_back(part.column);
    }
    const bool exist = std::all_of(question.parent_columns.begin(), question.parent_columns.end(), [&](const std::string& c) { return parent->second.find_column(c) != nullptr; });
    if (!exist || question.parent_columns.size() != question.columns.size()) return 0;
    return static_cast<std::uint64_t>(db::single_integer(connection_, dialect_.spell(question)));
  }

  void verify_end_state() const {
    if (live_fingerprint() != plan_.to) throw Error("verification failed: the schema after the last step is not the one that the plan promised");
  }

  // --- running

  void run_command(const Command& command, StepReport& report) {
    if (command.kind == CommandKind::Guard) {
      std::int64_t in_the_way = 0;
      try {
        in_the_way = db::single_integer(connection_, command.sql);
      } catch (const DatabaseError& error) {
        if (!needs_the_application(error)) throw;
        report.warnings.push_back(std::string("not asked: ") + error.what());
      }
      if (in_the_way != 0) throw GuardFailed(replace_all(command.message, "{n}", counted(static_cast<std::uint64_t>(std::abs(in_the_way)), "row")));
      return;
    }
    const auto changed = connection_.execute(command.sql);
    if (command.kind == CommandKind::Fill) report.rows += changed;
    result_.statements_run.push_back(command.sql);
    for (auto& warning : connection_.warnings()) report.warnings.push_back(std::move(warning));
  }

  void run_steps() {
    for (const Step& step : plan_.steps) {
      ++step_;
      if (options_.on_progress && !options_.on_progress(progress_now())) interrupted_ = true;
      if (interrupted_) throw Interrupted("interrupted before step " + std::to_string(step_));
      const auto begin = Clock::now();
      StepReport report;
      report.what = step.what;
      for (const Command& command : step.commands) {
        running_ = &command;
        run_command(command, report);
      }
      running_ = nullptr;
      report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
      result_.steps.push_back(std::move(report));
    }
  }

  std::string where() const {
    std::string text = step_ == 0 ? "before the first step" : "in step " + std::to_string(step_) + " of " + std::to_string(plan_.steps.size()) + " (" + replace_all(plan_.steps[step_ - 1].what, "`", "") + ")";
    if (running_ != nullptr) text += "\n  statement: " + shortened(running_->sql, 2000);
    return text;
  }

  Deployment deployment(std::string outcome) const {
    Deployment made;
    made.version = plan_.version_to;
    made.statements = plan::to_sql(plan_);
    made.checksum = sha256_hex(made.statements);
    made.applied_by = who();
    made.started_at = started_at_;
    made.duration_ms = since_begin().count();
    made.statements_run = static_cast<std::int64_t>(result_.statements_run.size());
    made.outcome = std::move(outcome);
    made.from_fingerprint = plan_.from;
    made.to_fingerprint = plan_.to;
    made.number = result_.number;
    return made;
  }

  void run_as_transaction() {
    for (const auto& statement : dialect_.session_begin()) connection_.query(statement);
    try {
      db::Transaction transaction(connection_);
      if (is_stale()) return end_session();
      const auto broken_before = broken_references();
      run_steps();
      const auto broken_after = broken_references();
      if (broken_after > broken_before) throw GuardFailed(counted(broken_after - broken_before, "row") + " would refer to nothing");
      verify_end_state();
      prepare_history(connection_, dialect_);
      result_.number = record(connection_, deployment("done"));
      transaction.commit();
    } catch (const DatabaseError& error) {
      const bool locked = error.kind() == DatabaseErrorKind::Locked;
      undone(locked ? Outcome::Locked : Outcome::Failed, interrupted_ ? std::string("interrupted") : locked ? held_by_another(error) : std::string(error.what()));
    } catch (const GuardFailed& error) {
      undone(Outcome::Refused, error.what());
    } catch (const Error& error) {
      undone(Outcome::Failed, error.what());
    }
    end_session();
  }

  static std::string held_by_another(const DatabaseError& error) { return std::string("another client holds a lock: ") + error.what(); }

  /// After the transaction was rolled back: nothing of the plan stands.
  void undone(Outcome outcome, const std::string& problem) {
    result_.statements_run.clear();
    fail(outcome, problem + "\n  " + where() + "\n  everything was rolled back: the database is as it was");
    if (outcome == Outcome::Locked) return;
    record_failure(problem);
  }

  void record_failure(const std::string& problem) {
    try {
      connection_.on_progress({});
      prepare_history(connection_, dialect_);
      Deployment failed = deployment("failed");
      failed.error = problem;
      record(connection_, failed);
    } catch (const DatabaseError&) {
      // a database that cannot be written keeps no record of its failures
    }
  }

  void end_session() {
    for (const auto& statement : dialect_.session_end()) {
      try {
        connection_.query(statement);
      } catch (const DatabaseError&) {
        // only settings of this session
      }
    }
  }

  void run_stepwise() {
    if (is_stale() || !tables_are_free()) return;
    for (const auto& statement : dialect_.session_begin()) connection_.execute(statement);
    try {
      prepare_history(connection_, dialect_);
      result_.number = record(connection_, deployment("running"));
      run_steps();
      verify_end_state();
      record_outcome(connection_, deployment("done"));
    } catch (const GuardFailed& error) {
      stopped(Outcome::Refused, error.what());
    } catch (const DatabaseError& error) {
      const bool locked = error.kind() == DatabaseErrorKind::Locked && !interrupted_;
      const bool untouched = result_.statements_run.empty();
      stopped(locked && untouched ? Outcome::Locked : Outcome::Failed, interrupted_ ? std::string("interrupted") : locked ? held_by_another(error) : std::string(error.what()));
    } catch (const Error& error) {
      stopped(Outcome::Failed, interrupted_ ? std::string("interrupted") : std::string(error.what()));
    }
    end_session();
  }

  /// Says what took effect: every statement commits by itself here.
  void stopped(Outcome outcome, const std::string& problem) {
    std::string message = problem + "\n  " + where() + "\n  ";
    if (result_.statements_run.empty()) {
      message += "no statement of the plan took effect";
    } else {
      message += counted(result_.statements_run.size(), "statement") + " took effect and stand" + (result_.statements_run.size() == 1 ? "s" : "") + "; a new plan goes on from there:";
      for (const auto& statement : result_.statements_run) message += "\n    " + shortened(replace_all(statement, "\n", " "), 160) + ";";
    }
    fail(outcome, message);
    try {
      connection_.on_progress({});
      Deployment failed = deployment("failed");
      failed.error = problem;
      if (failed.number != 0) record_outcome(connection_, failed);
    } catch (const DatabaseError&) {
      // the connection may be what was lost
    }
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  const plan::Plan& plan_;
  const Options& options_;
  Clock::time_point begin_;
  std::string started_at_ = now_utc();
  Result result_;
  std::vector<std::string> tables_;  ///< that stand now and that a step works on
  std::size_t step_ = 0;
  const Command* running_ = nullptr;
  bool interrupted_ = false;
};

}  // namespace

Result apply(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, const Options& options) {
  return Runner(connection, dialect, plan, options).run();
}

}  // namespace plumb::apply
