#include "apply/apply.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <thread>

#include "apply/history.hpp"
#include "apply/journal.hpp"
#include "apply/once.hpp"
#include "apply/run_log.hpp"
#include "db/savepoint.hpp"
#include "dialect/examples.hpp"
#include "dialect/locks.hpp"
#include "diff/fingerprint.hpp"
#include "introspect/live_state.hpp"
#include "plan/document.hpp"
#include "plan/inverse.hpp"
#include "plan/touched.hpp"
#include "probe/ask_rows.hpp"
#include "support/error.hpp"
#include "support/fingerprint.hpp"
#include "support/text.hpp"
#include "support/version.hpp"

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

  /// The run that was cut off.
  Result resume(std::int64_t number) {
    go_on(number, [&](const Place& next) {
      run_steps_from(next);
      verify_end_state();
      finish();
    });
    return std::move(result_);
  }

  /// Ends the step in which the run was cut off, if one was begun; gives the number of whole steps that stand.
  std::size_t end_the_step(std::int64_t number) {
    std::size_t whole = 0;
    go_on(number, [&](const Place& next) {
      whole = next.step;
      const auto& steps = plan_.steps;
      const auto changes = [](const Command& command) { return command.kind == CommandKind::Statement || command.kind == CommandKind::Fill; };
      const bool begun = next.step < steps.size() && std::any_of(steps[next.step].commands.begin(), steps[next.step].commands.begin() + static_cast<std::ptrdiff_t>(next.command), changes);
      std::size_t end = begun ? next.step + 1 : next.step;
      while (end < steps.size() && steps[end].how == "note") ++end;  // the way back goes by what is noted
      run_steps_between(begun ? next : Place{next.step, 0}, end);
      whole = end;
    });
    return whole;
  }

  const Result& result() const { return result_; }

  Result run() {
    if (!plan_.blocked.empty()) {
      result_.outcome = Outcome::Refused;
      result_.message = "the plan is blocked: " + plan_.blocked.front().text;
      return std::move(result_);
    }
    if (const auto problem = dialect_.lack_of_space(connection_, plan_.steps)) {
      fail(Outcome::Refused, *problem + "; nothing was run");
      return std::move(result_);
    }
    if (!lock()) return std::move(result_);
    watch_progress();
    if (const auto open = half_done(connection_, dialect_); open && open->number != options_.undoes) {
      fail(Outcome::HalfDone, half_done_text(*open));
    } else if (dialect_.capabilities().transactional_ddl) {
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
    const std::string who = in_words(holders_of_run_lock(connection_, dialect_));
    fail(Outcome::Locked, "another run of plumb holds `" + connection_.display_name() + "`" + (who.empty() ? std::string() : ": " + who) + "; nothing was run");
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
      live_ = live.schema();
      for (const Step& step : plan_.steps) note_table(step.table_before.empty() ? step.table : step.table_before, live.schema());
      return has_moved_on();
    }
    fail(Outcome::Stale, "the database is not the one that this plan was made for: its schema has changed since; make a new plan");
    return true;
  }

  /// What a plan presumes beside the schema: the version, and which data steps have not run.
  bool has_moved_on() {
    if (options_.undoes != 0) return false;
    if (const std::string version = recorded_version(connection_, dialect_); is_older(plan_.version_to, version)) {
      fail(Outcome::Stale, "the database is newer: " + version + " > " + plan_.version_to + "; make a new plan");
      return true;
    }
    const auto runs = has_once_steps() ? once_runs(connection_, dialect_) : std::map<std::string, OnceRun>();
    for (const Step& step : plan_.steps) {
      const auto run = step.once ? runs.find(step.once->name) : runs.end();
      if (run == runs.end() || run->second.failed) continue;
      fail(Outcome::Stale, "`once " + step.once->name + "` has run since this plan was made; make a new plan");
      return true;
    }
    return false;
  }

  bool has_once_steps() const {
    return std::any_of(plan_.steps.begin(), plan_.steps.end(), [](const Step& step) { return step.once.has_value(); });
  }

  void note_table(const std::string& table, const Schema& live) {
    const bool is_known = std::find(tables_.begin(), tables_.end(), table) != tables_.end();
    if (!is_known && live.tables.contains(table)) tables_.push_back(table);
  }

  /// Every statement commits by itself: what another client holds is met before the first of them, not halfway.
  bool tables_are_free() {
    const auto statements = dialect_.wait_for_tables(tables_);
    try {
      for (const auto& statement : statements) patiently([&] { return connection_.execute(statement); });
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::AccessDenied) return true;  // no right to LOCK TABLES: the steps wait by themselves
      if (error.kind() != DatabaseErrorKind::Locked) throw;
      fail(Outcome::Locked, interrupted_ ? std::string("interrupted") : held_by_another(error) + "; nothing was run");
      return false;
    }
    return true;
  }

  /// Every statement commits by itself: rows that are in the way of any step are met before the first of them. The guards
  /// ask again, for rows that come while the steps run.
  bool no_rows_are_in_the_way() {
    std::vector<Step> steps = plan_.steps;
    for (Step& step : steps) {
      std::vector<Question> asked;
      for (std::size_t i = 0; i < step.questions.size(); ++i) {
        if (!must_be_zero(step, i)) continue;
        asked.push_back(step.questions[i]);
        asked.back().answer.reset();
        asked.back().unanswered.clear();
        asked.back().blocks = true;
      }
      step.questions = std::move(asked);
    }
    ask_rows(connection_, dialect_, live_, std::chrono::seconds(0), steps);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      for (const Question& question : steps[i].questions) {
        if (question.answer.value_or(0) == 0) continue;
        const std::string examples = question.examples.empty() ? std::string() : "\n  for example " + join(question.examples, "; ");
        fail(Outcome::Refused, counted(*question.answer, "row") + " in the way of step " + std::to_string(i + 1) + ": " + question.text + (question.advice.empty() ? "" : "; " + question.advice) + examples + "\n  nothing was run");
        return false;
      }
    }
    return true;
  }

  /// It blocks, or the plan was found harmless because of its answer.
  bool must_be_zero(const Step& step, std::size_t number) const {
    if (step.questions[number].blocks) return true;
    return std::any_of(step.risks.begin(), step.risks.end(), [&](const Risk& risk) {
      const bool is_permitted = risk.kind == RiskKind::Narrow && plan::permits(plan_.allowed, risk.kind);
      return risk.decided_by == static_cast<int>(number) && step.questions[number].answer == 0 && !is_permitted;
    });
  }

  std::uint64_t broken_references() const {
    const std::string query = dialect_.broken_references_query();
    const bool at_risk = std::any_of(plan_.steps.begin(), plan_.steps.end(), [](const Step& step) { return step.how == "rebuild" || step.how == "drop" || step.how == "once" || step.how == "keep aside" || step.how == "undo"; });
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
        logged(command.sql, [&] { return static_cast<std::uint64_t>(std::abs(in_the_way = db::single_integer(connection_, command.sql))); });
      } catch (const DatabaseError& error) {
        if (!needs_the_application(error)) throw;
        report.warnings.push_back(std::string("not asked: ") + error.what());
      }
      if (in_the_way != 0) throw GuardFailed(replace_all(command.message, "{n}", counted(static_cast<std::uint64_t>(std::abs(in_the_way)), "row")) + named_by(command));
      return;
    }
    if (command.kind == CommandKind::Session) {
      run_setting(command.sql);
      return;
    }
    const auto changed = journaled(command, report);
    if (command.kind == CommandKind::Fill) report.rows += changed;
    result_.statements_run.push_back(command.sql);
  }

  /// Some of the rows that a guard has found.
  std::string named_by(const Command& guard) const {
    if (guard.finds.empty()) return {};
    try {
      const auto examples = examples_of(connection_.query(examples_query(guard.finds)));
      return examples.empty() ? std::string() : "\n  for example " + join(examples, "; ");
    } catch (const DatabaseError&) {
      return {};  // what is wrong is said already
    }
  }

  /// Runs a statement; where each commits by itself, with its intent and its outcome in the journal.
  std::uint64_t journaled(const Command& command, StepReport& report) {
    if (!journal_) return execute(command, report);
    if (command.kind == CommandKind::Fill) return patiently([&] { return journal_->in_one(place_, [&] { return execute_now(command, report); }); });
    const bool first = std::none_of(plan_.steps[place_.step].commands.begin(), plan_.steps[place_.step].commands.begin() + static_cast<std::ptrdiff_t>(place_.command),
                                    [](const Command& one) { return one.kind == CommandKind::Statement; });
    journal_->begin(place_, first ? std::string() : live_touched(plan_.steps[place_.step].touched));
    const auto changed = execute(command, report);
    journal_->end(place_, changed);
    return changed;
  }

  /// Tries again, with growing pauses, for as long as the lock timeout lets it: each try waits shortly, so that others are
  /// not held up behind it. Inside of a transaction one try must do.
  std::uint64_t patiently(const std::function<std::uint64_t()>& statement) {
    if (dialect_.capabilities().transactional_ddl) return statement();
    const auto end = Clock::now() + options_.lock_timeout;
    for (std::chrono::milliseconds pause(50);; pause = std::min(pause * 2, std::chrono::milliseconds(1000))) {
      try {
        return statement();
      } catch (const DatabaseError& error) {
        if (error.kind() != DatabaseErrorKind::Locked || Clock::now() + pause >= end || interrupted_) throw;
      }
      std::this_thread::sleep_for(pause);
    }
  }

  std::uint64_t execute(const Command& command, StepReport& report) {
    if (!command.program.empty()) {
      if (!options_.run_program) throw Error("the statement wants a program to carry it out, and there is no way here to run one");
      logged(command.sql, [&] {
        options_.run_program(command.program);
        return std::uint64_t{0};
      });
      return 0;
    }
    return patiently([&] { return execute_now(command, report); });
  }

  std::uint64_t execute_now(const Command& command, StepReport& report) {
    const auto changed = logged(command.sql, [&] { return connection_.execute(command.sql); });
    for (auto& warning : connection_.warnings()) warn(report, std::move(warning));
    return changed;
  }

  void warn(StepReport& report, std::string text) {
    if (options_.log != nullptr) options_.log->warning(text);
    report.warnings.push_back(std::move(text));
  }

  void note(std::string_view text) {
    if (options_.log != nullptr) options_.log->note(text);
  }

  void run_setting(const std::string& sql) {
    logged(sql, [&] { return connection_.execute(sql); });
  }

  /// Runs `work`, which sends `sql`, with its beginning and its end in the log.
  std::uint64_t logged(const std::string& sql, const std::function<std::uint64_t()>& work) {
    if (options_.log == nullptr) return work();
    options_.log->begin(sql);
    const auto begin = Clock::now();
    const auto elapsed = [&] { return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin); };
    try {
      const std::uint64_t count = work();
      options_.log->end(elapsed(), count);
      return count;
    } catch (const std::exception& error) {
      options_.log->failed(elapsed(), error.what());
      throw;
    }
  }

  // --- data steps

  /// A data step and its record are one transaction on every engine.
  void run_once(const Step& step, StepReport& report) {
    const std::size_t stood = result_.statements_run.size();
    try {
      if (!journal_) return run_once_in_transaction(step, report);
      patiently([&] {
        result_.statements_run.resize(stood);
        report.rows = 0;
        db::Transaction transaction(connection_);
        run_once_in_transaction(step, report);
        transaction.commit();
        return report.rows;
      });
    } catch (...) {
      result_.statements_run.resize(stood);
      throw;
    }
  }

  void run_once_in_transaction(const Step& step, StepReport& report) {
    const Once& once = *step.once;
    if (once.undo) {
      if (took_effect(connection_, once)) run_once_statements(step, report);
      return forget_once(connection_, once);
    }
    if (!once.optional) {
      run_once_statements(step, report);
      return record_once(connection_, once, result_.number, {});
    }
    const std::size_t stood = result_.statements_run.size();
    db::Savepoint part(connection_);
    try {
      run_once_statements(step, report);
      part.keep();
      record_once(connection_, once, result_.number, {});
    } catch (const DatabaseError& error) {
      if (!may_be_left_out(error)) throw;
      part.undo();
      result_.statements_run.resize(stood);
      report.rows = 0;
      warn(report, std::string("failed and was left out, as it is optional: ") + error.what());
      record_once(connection_, once, result_.number, error.what());
      if (journal_) mark_as_ended(step);
    }
  }

  /// What the statements say themselves; a lost connection, a lock or a full disk is no affair of theirs.
  bool may_be_left_out(const DatabaseError& error) const {
    const bool is_their_own = error.kind() == DatabaseErrorKind::Other || error.kind() == DatabaseErrorKind::Constraint || error.kind() == DatabaseErrorKind::AccessDenied;
    return is_their_own && !interrupted_;
  }

  void run_once_statements(const Step& step, StepReport& report) {
    for (place_.command = 0; place_.command < step.commands.size(); ++place_.command) {
      running_ = &step.commands[place_.command];
      if (journal_) journal_->begin(place_, {});
      const auto changed = execute_now(*running_, report);
      if (journal_) journal_->end(place_, changed);
      report.rows += changed;
      result_.statements_run.push_back(running_->sql);
    }
  }

  /// So that a run that is cut off later goes on behind the step.
  void mark_as_ended(const Step& step) {
    const Place last{place_.step, step.commands.size() - 1};
    journal_->begin(last, {});
    journal_->end(last, 0);
  }

  std::string live_touched(const Touched& touched) const {
    std::vector<std::string> attic;
    for (const auto& row : connection_.query(dialect_.attic_query()).rows) attic.push_back(db::as_text(row.at(0)));
    return plan::touched_fingerprint(touched, dialect_.canonicalise(dialect_.read(connection_)).schema(), attic, dialect_.match_rules().lexis);
  }

  void run_steps() { run_steps_from({}); }

  void run_steps_from(const Place& start) { run_steps_between(start, plan_.steps.size()); }

  void run_steps_between(const Place& start, std::size_t end) {
    for (step_ = start.step; step_ < end;) {
      const Step& step = plan_.steps[step_];
      place_.step = step_++;
      if (options_.on_progress && !options_.on_progress(progress_now())) interrupted_ = true;
      if (interrupted_) throw Interrupted("interrupted before step " + std::to_string(step_));
      const auto begin = Clock::now();
      StepReport report;
      report.what = step.what;
      const std::size_t first = place_.step == start.step ? start.command : 0;
      if (options_.log != nullptr) options_.log->step(step_, plan_.steps.size(), step.what);
      if (step.once && first == 0) run_once(step, report);  // else it is done, as it is one transaction
      for (place_.command = 0; !step.once && place_.command < step.commands.size(); ++place_.command) {
        const Command& command = step.commands[place_.command];
        if (place_.command < first && command.kind != CommandKind::Session) continue;  // done before the run was cut off
        running_ = &command;
        run_command(command, report);
      }
      running_ = nullptr;
      report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
      result_.steps.push_back(std::move(report));
    }
  }

  // --- going on after a run was cut off

  static std::string half_done_text(const Deployment& open) {
    return "deployment #" + std::to_string(open.number) + " is half done (" + (open.outcome == "running" ? "it was cut off" : "it stopped: " + open.error.substr(0, open.error.find('\n'))) +
           "): `plumb resume` goes on with it, `plumb rollback` undoes what it has done; nothing was run";
  }

  /// Where to go on; nothing, with the reason in the result, where looking does not tell.
  std::optional<Place> settle(std::int64_t number) {
    const auto last = Journal(connection_, number).last();
    if (!last) {
      if (live_fingerprint() == plan_.from) return Place();
      fail(Outcome::Refused, "the deployment had run nothing yet, and the schema has changed since; `plumb resume --abandon` lets go of it");
      return std::nullopt;
    }
    if (last->place.step >= plan_.steps.size()) throw Error("the journal names a step that the plan does not have");
    const Place behind{last->place.step, last->place.command + 1};
    if (last->finished) return behind;
    const Step& step = plan_.steps[last->place.step];
    if (step.commands.at(last->place.command).kind == CommandKind::Fill) return last->place;  // it is in one transaction with its outcome
    const std::string before = last->before.empty() ? step.touched.before : last->before;
    const std::string live = live_touched(step.touched);
    const bool is_last = std::none_of(step.commands.begin() + static_cast<std::ptrdiff_t>(last->place.command) + 1, step.commands.end(),
                                      [](const Command& command) { return command.kind == CommandKind::Statement; });
    if (live == before) return last->place;
    if (live == step.touched.after || !is_last) {
      Journal(connection_, number).end(last->place, 0);
      return behind;
    }
    fail(Outcome::Refused, "what step " + std::to_string(last->place.step + 1) + " (" + replace_all(step.what, "`", "") + ") touches is neither as it was before it nor as it would be after it: somebody has changed it since\n"
         "  statement: " + shortened(step.commands.at(last->place.command).sql, 2000) + "\n  bring it to one of the two by hand, or let go of the deployment with `plumb resume --abandon`");
    return std::nullopt;
  }

  /// Locks, settles the deployment and does `work` from there.
  void go_on(std::int64_t number, const std::function<void(const Place&)>& work) {
    if (!lock()) return;
    watch_progress();
    result_.number = number;
    wait_shortly(connection_, dialect_);
    for (const auto& statement : dialect_.session_begin()) run_setting(statement);
    run_guarded([&] {
      journal_.emplace(connection_, number);
      run_before_ = journal_->finished();
      if (const auto next = settle(number)) work(*next);
    });
    end_session();
    connection_.on_progress({});
    unlock();
    result_.duration = since_begin();
  }

  void finish() {
    record_outcome(connection_, deployment("done"));
    if (options_.undoes != 0) mark(connection_, options_.undoes, "undone");
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
    made.statements_run = static_cast<std::int64_t>(run_before_ + result_.statements_run.size());
    made.outcome = std::move(outcome);
    made.from_fingerprint = plan_.from;
    made.to_fingerprint = plan_.to;
    made.number = result_.number;
    made.plan = plan::to_json(plan_);
    made.undoes = options_.undoes;
    return made;
  }

  void run_as_transaction() {
    for (const auto& statement : dialect_.session_begin()) run_setting(statement);
    try {
      db::Transaction transaction(connection_);
      if (is_stale()) return end_session();
      note("the transaction begins");
      if (has_once_steps()) {
        prepare_history(connection_, dialect_);
        result_.number = next_number(connection_);
      }
      const auto broken_before = broken_references();
      run_steps();
      const auto broken_after = broken_references();
      if (broken_after > broken_before) throw GuardFailed(counted(broken_after - broken_before, "row") + " would refer to nothing");
      verify_end_state();
      prepare_history(connection_, dialect_);
      result_.number = record(connection_, deployment("done"));
      if (options_.undoes != 0) mark(connection_, options_.undoes, "undone");
      transaction.commit();
      note("the transaction is committed");
    } catch (const DatabaseError& error) {
      const bool locked = error.kind() == DatabaseErrorKind::Locked;
      undone(locked ? Outcome::Locked : error.kind() == DatabaseErrorKind::Constraint ? Outcome::Refused : Outcome::Failed, interrupted_ ? std::string("interrupted") : locked ? held_by_another(error) : std::string(error.what()));
    } catch (const GuardFailed& error) {
      undone(Outcome::Refused, error.what());
    } catch (const Error& error) {
      undone(Outcome::Failed, error.what());
    }
    end_session();
  }

  std::string held_by_another(const DatabaseError& error) const {
    const std::string who = in_words(open_transactions(connection_, dialect_));
    return std::string("another client holds a lock: ") + error.what() + (who.empty() ? std::string() : "\n  open transactions: " + who);
  }

  /// After the transaction was rolled back: nothing of the plan stands.
  void undone(Outcome outcome, const std::string& problem) {
    result_.statements_run.clear();
    note("the transaction is rolled back");
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
        run_setting(statement);
      } catch (const DatabaseError&) {
        // only settings of this session
      }
    }
  }

  void run_stepwise() {
    wait_shortly(connection_, dialect_);
    if (is_stale() || !tables_are_free() || !no_rows_are_in_the_way()) return;
    for (const auto& statement : dialect_.session_begin()) run_setting(statement);
    run_guarded([&] {
      prepare_history(connection_, dialect_);
      result_.number = record(connection_, deployment("running"));
      journal_.emplace(connection_, result_.number);
      run_steps();
      verify_end_state();
      finish();
    });
    end_session();
  }

  /// What goes wrong in `work` becomes the result's.
  void run_guarded(const std::function<void()>& work) {
    try {
      work();
    } catch (const GuardFailed& error) {
      stopped(Outcome::Refused, error.what());
    } catch (const DatabaseError& error) {
      const bool locked = error.kind() == DatabaseErrorKind::Locked && !interrupted_;
      const bool untouched = result_.statements_run.empty();
      const bool rows_in_the_way = error.kind() == DatabaseErrorKind::Constraint;
      stopped(locked && untouched ? Outcome::Locked : rows_in_the_way ? Outcome::Refused : Outcome::Failed, interrupted_ ? std::string("interrupted") : locked ? held_by_another(error) : std::string(error.what()));
    } catch (const Error& error) {
      stopped(Outcome::Failed, interrupted_ ? std::string("interrupted") : std::string(error.what()));
    }
  }

  /// Says what took effect: every statement commits by itself here.
  void stopped(Outcome outcome, const std::string& problem) {
    std::string message = problem + "\n  " + where() + "\n  ";
    if (result_.statements_run.empty()) {
      message += "no statement of the plan took effect";
    } else {
      message += counted(result_.statements_run.size(), "statement") + " took effect and stand" + (result_.statements_run.size() == 1 ? "s" : "") + "; `plumb resume` goes on from there, `plumb rollback` goes back:";
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
  Schema live_;  ///< before the first step
  std::vector<std::string> tables_;  ///< that stand now and that a step works on
  std::size_t step_ = 0;
  const Command* running_ = nullptr;
  bool interrupted_ = false;
  std::optional<Journal> journal_;  ///< where every statement commits by itself
  Place place_;                     ///< of the statement that runs
  std::size_t run_before_ = 0;      ///< statements of the run that was cut off
};

}  // namespace

Result apply(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, const Options& options) {
  return Runner(connection, dialect, plan, options).run();
}

Result resume(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, std::int64_t number, const Options& options) {
  return Runner(connection, dialect, plan, options).resume(number);
}

Result go_back(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, std::int64_t number, const Options& options) {
  Runner runner(connection, dialect, plan, options);
  const std::size_t steps = runner.end_the_step(number);
  if (runner.result().outcome != Outcome::Done) return runner.result();
  plan::Plan back = plan::inverse(plan, steps, once_runs(connection, dialect));
  back.from = diff::fingerprint(dialect.canonicalise(dialect.read(connection)).schema(), dialect.match_rules().lexis);
  Options undoing = options;
  undoing.undoes = number;
  return apply(connection, dialect, back, undoing);
}

}  // namespace plumb::apply
