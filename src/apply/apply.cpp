#include "apply/apply.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include "apply/history.hpp"
#include "apply/once.hpp"
#include "apply/run_log.hpp"
#include "apply/state_checks.hpp"
#include "apply/statements.hpp"
#include "diff/fingerprint.hpp"
#include "dialect/locks.hpp"
#include "introspect/live_state.hpp"
#include "plan/document.hpp"
#include "plan/inverse.hpp"
#include "support/error.hpp"
#include "support/fingerprint.hpp"
#include "support/text.hpp"

namespace plumb::apply {
namespace {

/// One run: locked, checked, recorded; the statements themselves are Statements' affair.
class Runner {
 public:
  Runner(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, const Options& options)
      : connection_(connection), dialect_(dialect), plan_(plan), options_(options), checks_(connection, dialect, plan, options.name_rows), statements_(connection, dialect, plan, options, checks_, result_) {}

  /// The run that was cut off.
  Result resume(std::int64_t number) {
    go_on(number, [&](const Place& next) {
      statements_.run_between(next, plan_.steps.size());
      verify_end();
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
      const auto changes = [](const Command& command) { return command.kind == CommandKind::Statement || changes_rows_alone(command); };
      const auto halfway = behind_unfinished_batches(next);
      const bool begun = next.step < steps.size() && (halfway || std::any_of(steps[next.step].commands.begin(), steps[next.step].commands.begin() + static_cast<std::ptrdiff_t>(next.command), changes));
      if (begun) whole = next.step + 1;
      statements_.run_between(begun ? halfway.value_or(next) : Place{next.step, 0}, whole);
    });
    return whole;
  }

  const Result& result() const { return result_; }

  /// Takes the lock once more than the runs in between give it back; false, with the reason in the result, when another has it.
  bool hold() { return lock(); }
  void let_go() { unlock(); }

  Result run() {
    if (!plan_.blocked.empty()) {
      result_.outcome = Outcome::Refused;
      result_.message = "the plan is blocked: " + plan_.blocked.front().text;
      return std::move(result_);
    }
    if (syncs() && !options_.sync) {
      fail(Outcome::Refused, "the plan has a data part; --data PACKAGE and --to DESCRIPTION say which package and by which description; nothing was run");
      return std::move(result_);
    }
    if (const auto problem = dialect_.lack_of_space(connection_, plan_.steps)) {
      fail(Outcome::Refused, *problem + "; nothing was run");
      return std::move(result_);
    }
    while_locked([&] { run_locked(); });
    return std::move(result_);
  }

 private:
  void while_locked(const std::function<void()>& work) {
    if (!lock()) return;
    statements_.watch();
    try {
      work();
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::Connection) throw;
      fail(Outcome::Failed, std::string(error.what()) + "; nothing was run");  // what goes wrong later is the result's already
    }
    statements_.stop_watching();
    unlock();
    result_.duration = statements_.since_begin();
  }

  void run_locked() {
    if (const auto open = half_done(connection_, dialect_); open && open->number != options_.undoes) return fail(Outcome::HalfDone, half_done_text(*open));
    if (dialect_.capabilities().transactional_ddl) return run_as_transaction();
    run_stepwise();
  }

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

  // --- before the first statement

  bool is_stale() {
    const auto why = checks_.why_stale(options_.undoes != 0);
    if (why) fail(Outcome::Stale, *why);
    return why.has_value() || rows_have_changed();
  }

  bool syncs() const {
    return std::any_of(plan_.steps.begin(), plan_.steps.end(), [](const Step& step) {
      return std::any_of(step.commands.begin(), step.commands.end(), [](const Command& command) { return command.kind == CommandKind::Sync; });
    });
  }

  bool rows_have_changed() {
    const std::string why = syncs() && options_.changed_rows ? options_.changed_rows() : std::string();
    if (!why.empty()) fail(Outcome::Stale, why + "; make a new plan");
    return !why.empty();
  }

  /// Every statement commits by itself: what another client holds is met before the first of them, not halfway.
  bool tables_are_free() {
    const auto statements = dialect_.wait_for_tables(checks_.tables_of_steps());
    try {
      for (const auto& statement : statements) statements_.patiently([&] { return connection_.execute(statement); });
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::AccessDenied) return may_do_without_locks(error);
      if (error.kind() != DatabaseErrorKind::Locked) throw;
      fail(Outcome::Locked, statements_.interrupted() ? std::string("interrupted") : held_by_another(error) + "; nothing was run");
      return false;
    }
    return true;
  }

  /// Without the right to lock tables the steps wait by themselves; but what they lose cannot be kept then.
  bool may_do_without_locks(const DatabaseError& error) {
    const auto locks = [](const Command& command) { return command.company && !command.company->lock.empty(); };
    const auto step = std::find_if(plan_.steps.begin(), plan_.steps.end(), [&](const Step& one) { return std::any_of(one.commands.begin(), one.commands.end(), locks); });
    if (step == plan_.steps.end()) return true;
    fail(Outcome::Refused, "step " + std::to_string(step - plan_.steps.begin() + 1) + " (" + replace_all(step->what, "`", "") + ") keeps what it loses aside, and locks its table meanwhile, which takes the right LOCK TABLES: " + error.what() + "; grant it, or plan with --no-attic; nothing was run");
    return false;
  }

  bool no_rows_are_in_the_way() {
    const auto found = checks_.rows_in_the_way();
    if (found) fail(Outcome::Refused, *found);
    return !found;
  }

  // --- going on after a run was cut off

  static std::string half_done_text(const Deployment& open) {
    return "deployment #" + std::to_string(open.number) + " is half done (" + (open.outcome == "running" ? "it was cut off" : "it stopped: " + open.error.substr(0, open.error.find('\n'))) +
           "): " + ways_out(open) + "; nothing was run";
  }

  /// Where to go on; nothing, with the reason in the result, where looking does not tell.
  std::optional<Place> settle(std::int64_t number) {
    const auto last = Journal(connection_, number).last();
    if (!last) {
      if (checks_.live_fingerprint() == plan_.from) return Place();
      fail(Outcome::Refused, "the deployment had run nothing yet, and the schema has changed since; `plumb resume --abandon` lets go of it");
      return std::nullopt;
    }
    if (last->place.step >= plan_.steps.size()) throw Error("the journal names a step that the plan does not have");
    const Place behind{last->place.step, last->place.command + 1};
    if (last->finished) return behind;
    const Step& step = plan_.steps[last->place.step];
    if (changes_rows_alone(step.commands.at(last->place.command))) return last->place;  // it is in one transaction with its outcome
    const std::string before = last->before.empty() ? step.touched.before : last->before;
    const std::string live = checks_.live_touched(step.touched);
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

  /// On the way back from the middle of a statement in batches: the place to go on at. The batches that have not run are not run
  /// any more, where nothing follows that would lose rows by it; what the others did is undone like the whole.
  std::optional<Place> behind_unfinished_batches(const Place& next) {
    Journal& journal = statements_.journal();
    const auto last = journal.last();
    if (!last || !last->has_mark || last->finished) return std::nullopt;
    const auto& commands = plan_.steps[next.step].commands;
    const bool loses_rows = std::any_of(commands.begin() + static_cast<std::ptrdiff_t>(next.command) + 1, commands.end(), [](const Command& command) { return command.kind == CommandKind::Statement; });
    if (loses_rows) return next;
    journal.end(next, journal.batch(next).rows);
    return Place{next.step, commands.size()};
  }

  /// Locks, settles the deployment and does `work` from there.
  void go_on(std::int64_t number, const std::function<void(const Place&)>& work) {
    while_locked([&] { go_on_locked(number, work); });
  }

  void go_on_locked(std::int64_t number, const std::function<void(const Place&)>& work) {
    if (const auto open = half_done(connection_, dialect_); !open || open->number != number) return fail(Outcome::Stale, "deployment #" + std::to_string(number) + " is not half done any more: another run has settled it; nothing was run");
    result_.number = number;
    wait_shortly(connection_, dialect_);
    for (const auto& statement : dialect_.session_begin()) statements_.run_setting(statement);
    run_guarded([&] {
      statements_.keep_journal(number);
      run_before_ = statements_.journal().finished();
      if (const auto next = settle(number)) work(*next);
    });
    end_session();
  }

  void verify_end() const {
    checks_.verify_end_state();
    if (options_.ask_assertions) checks_.ask_assertions();
  }

  void finish() {
    record_outcome(connection_, deployment("done"));
    if (options_.undoes == 0) return;
    mark(connection_, options_.undoes, "undone");
    tell_references_put_back();
  }

  /// Foreign keys came back without a look at the rows.
  void tell_references_put_back() {
    std::set<std::string> tables;
    for (const Step& step : plan_.steps) {
      const bool looked_away = std::any_of(step.commands.begin(), step.commands.end(), [](const Command& command) { return command.kind == CommandKind::Session && command.sql.ends_with("foreign_key_checks = 0"); });
      if (looked_away) tables.insert(step.touched.tables.begin(), step.touched.tables.end());
    }
    if (tables.empty() || result_.steps.empty()) return;
    std::string keys;
    try {
      keys = checks_.keys_of_broken_references(tables);
    } catch (const DatabaseError&) {
      return;  // everything is undone and recorded; this would only have told more
    }
    if (keys.empty()) return;
    result_.steps.back().warnings.push_back("rows refer to nothing now, under " + keys + ": it was so before the deployment, or what they refer to went since; `validate` names them");
  }

  Deployment deployment(std::string outcome) const {
    Deployment made;
    made.version = plan_.version_to;
    made.statements = plan::to_sql(plan_);
    made.checksum = sha256_hex(made.statements);
    made.applied_by = who();
    made.started_at = started_at_;
    made.duration_ms = statements_.since_begin().count();
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
    for (const auto& statement : dialect_.session_begin()) statements_.run_setting(statement);
    try {
      db::Transaction transaction(connection_);
      if (is_stale()) return end_session();
      statements_.note("the transaction begins");
      if (checks_.has_once_steps()) {
        prepare_history(connection_, dialect_);
        result_.number = next_number(connection_);
      }
      const auto broken_before = checks_.broken_references();
      statements_.run_between({}, plan_.steps.size());
      const auto broken_after = checks_.broken_references();
      if (broken_after > broken_before) tell_broken_references(broken_after - broken_before);
      verify_end();
      prepare_history(connection_, dialect_);
      result_.number = record(connection_, deployment("done"));
      if (options_.undoes != 0) mark(connection_, options_.undoes, "undone");
      transaction.commit();
      statements_.note("the transaction is committed");
    } catch (const DatabaseError& error) {
      const bool locked = error.kind() == DatabaseErrorKind::Locked;
      undone(locked ? Outcome::Locked : error.kind() == DatabaseErrorKind::Constraint ? Outcome::Refused : Outcome::Failed, statements_.interrupted() ? std::string("interrupted") : locked ? held_by_another(error) : std::string(error.what()));
    } catch (const GuardFailed& error) {
      undone(Outcome::Refused, error.what());
    } catch (const Error& error) {
      undone(Outcome::Failed, error.what());
    }
    end_session();
  }

  /// Rows that come back may have referred to nothing before they went: that is how it was.
  void tell_broken_references(std::uint64_t rows) {
    const std::string who = counted(rows, "row");
    const std::string keys = checks_.keys_of_broken_references();
    if (options_.undoes == 0 || result_.steps.empty()) throw GuardFailed(who + " would refer to nothing at the end" + (keys.empty() ? keys : ": " + keys));
    result_.steps.back().warnings.push_back(who + (rows == 1 ? " refers" : " refer") + " to nothing now: it was so before the deployment, or what " + (rows == 1 ? "it refers" : "they refer") + " to went since; `validate` names " + (rows == 1 ? "it" : "them"));
  }

  std::string held_by_another(const DatabaseError& error) const {
    const std::string who = in_words(open_transactions(connection_, dialect_));
    return std::string("another client holds a lock: ") + error.what() + (who.empty() ? std::string() : "\n  open transactions: " + who);
  }

  /// After the transaction was rolled back: nothing of the plan stands.
  void undone(Outcome outcome, const std::string& problem) {
    result_.statements_run.clear();
    statements_.note("the transaction is rolled back");
    fail(outcome, problem + "\n  " + statements_.where() + "\n  everything was rolled back: the database is as it was");
    if (outcome == Outcome::Locked) return;
    record_failure(problem);
  }

  void record_failure(const std::string& problem) {
    try {
      statements_.stop_watching();
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
        statements_.run_setting(statement);
      } catch (const DatabaseError&) {
        // only settings of this session
      }
    }
  }

  void run_stepwise() {
    wait_shortly(connection_, dialect_);
    if (is_stale() || !tables_are_free() || !no_rows_are_in_the_way()) return;
    for (const auto& statement : dialect_.session_begin()) statements_.run_setting(statement);
    run_guarded([&] {
      prepare_history(connection_, dialect_);
      result_.number = record(connection_, deployment("running"));
      statements_.keep_journal(result_.number);
      statements_.run_between({}, plan_.steps.size());
      verify_end();
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
      const bool locked = error.kind() == DatabaseErrorKind::Locked && !statements_.interrupted();
      const bool untouched = result_.statements_run.empty();
      const bool rows_in_the_way = error.kind() == DatabaseErrorKind::Constraint;
      const std::string advice = error.kind() == DatabaseErrorKind::Full ? "; the disk is full: make room first" : "";
      stopped(locked && untouched ? Outcome::Locked : rows_in_the_way ? Outcome::Refused : Outcome::Failed, statements_.interrupted() ? std::string("interrupted") : locked ? held_by_another(error) : error.what() + advice);
    } catch (const Error& error) {
      stopped(Outcome::Failed, statements_.interrupted() ? std::string("interrupted") : std::string(error.what()));
    }
  }

  /// Says what took effect: every statement commits by itself here.
  void stopped(Outcome outcome, const std::string& problem) {
    std::string message = problem + "\n  " + statements_.where() + "\n  ";
    if (result_.statements_run.empty()) {
      message += "no statement of the plan took effect";
    } else {
      const std::string ways = (result_.statements_run.size() == 1 ? "s" : "") + std::string("; `plumb resume` goes on from there") + (options_.undoes != 0 ? ":" : ", `plumb rollback` goes back:");
      message += counted(result_.statements_run.size(), "statement") + (options_.undone_on_failure ? " had taken effect:" : " took effect and stand" + ways);
      for (const auto& statement : result_.statements_run) message += "\n    " + shortened(replace_all(statement, "\n", " "), 160) + ";";
    }
    fail(outcome, message);
    try {
      statements_.stop_watching();
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
  StateChecks checks_;
  Result result_;
  Statements statements_;
  std::string started_at_ = now_utc();
  std::size_t run_before_ = 0;  ///< statements of the run that was cut off
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
  if (!runner.hold()) return runner.result();  // nobody resumes it between its last step and the first way back
  const std::size_t steps = runner.end_the_step(number);
  if (runner.result().outcome != Outcome::Done) {
    runner.let_go();
    return runner.result();
  }
  plan::Plan back = plan::inverse(plan, steps, once_runs(connection, dialect));
  back.from = diff::fingerprint(dialect.canonicalise(dialect.read(connection)).schema(), dialect.match_rules().lexis);
  Options undoing = options;
  undoing.undoes = number;
  Result result = apply(connection, dialect, back, undoing);
  runner.let_go();
  return result;
}

}  // namespace plumb::apply
