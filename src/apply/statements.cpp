#include "apply/statements.hpp"

#include <algorithm>
#include <cstdlib>
#include <thread>
#include <utility>

#include "apply/journal_file.hpp"
#include "apply/run_log.hpp"
#include "dialect/examples.hpp"
#include "support/text.hpp"

namespace plumb::apply {
namespace {

/// Functions and collations of an application live in its own connections, so what uses them cannot be asked here. A
/// view that does is none the worse for it, and a row that needs one stops the statement itself.
bool needs_the_application(const DatabaseError& error) { return error.kind() == DatabaseErrorKind::MissingExtension; }

/// Runs a statement whatever happens: lets go of a lock, or of the bounds of a batch, without which a statement goes over all rows.
class InTheEnd {
 public:
  InTheEnd(db::Connection& connection, std::string sql) : connection_(connection), sql_(std::move(sql)) {}
  ~InTheEnd() {
    try {
      connection_.execute(sql_);
    } catch (const DatabaseError&) {
      // what it lets go of goes with the connection
    }
  }
  InTheEnd(const InTheEnd&) = delete;
  InTheEnd& operator=(const InTheEnd&) = delete;

 private:
  db::Connection& connection_;
  std::string sql_;
};

}  // namespace

Statements::Statements(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, const Options& options, const StateChecks& checks, Result& result)
    : connection_(connection), dialect_(dialect), plan_(plan), options_(options), checks_(checks), result_(result) {}

std::chrono::milliseconds Statements::since_begin() const { return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin_); }

Progress Statements::progress_now() const { return {step_, plan_.steps.size(), step_ == 0 ? nullptr : &plan_.steps[step_ - 1], since_begin()}; }

void Statements::watch() {
  if (!options_.on_progress) return;
  watching_ = true;
  connection_.on_progress([this] {
    if (!options_.on_progress(progress_now())) interrupted_ = true;
    return !interrupted_;
  });
}

void Statements::stop_watching() {
  if (std::exchange(watching_, false)) connection_.on_progress({});
}

std::string Statements::where() const {
  std::string text = step_ == 0 ? "before the first step" : "in step " + std::to_string(step_) + " of " + std::to_string(plan_.steps.size()) + " (" + replace_all(plan_.steps[step_ - 1].what, "`", "") + ")";
  if (running_ != nullptr) text += "\n  statement: " + shortened(running_->sql, 2000);
  return text;
}

// --- steps

void Statements::run_between(const Place& start, std::size_t end) {
  for (step_ = start.step; step_ < end;) {
    const Step& step = plan_.steps[step_];
    place_.step = step_++;
    if (options_.on_progress && !options_.on_progress(progress_now())) interrupted_ = true;
    if (interrupted_) throw Interrupted("interrupted before step " + std::to_string(step_));
    run_step(step, place_.step == start.step ? start.command : 0);
  }
}

/// Commands before `first` are done, but for settings.
void Statements::run_step(const Step& step, std::size_t first) {
  const auto begin = Clock::now();
  StepReport report;
  report.what = step.what;
  if (options_.log != nullptr) options_.log->step(step_, plan_.steps.size(), step.what);
  if (step.once && first == 0) run_once(step, report);  // else it is done, as it is one transaction
  for (place_.command = 0; !step.once && place_.command < step.commands.size(); ++place_.command) {
    const Command& command = step.commands[place_.command];
    if (place_.command < first && command.kind != CommandKind::Session) continue;
    running_ = &command;
    run_command(command, report);
  }
  running_ = nullptr;
  report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
  result_.steps.push_back(std::move(report));
}

void Statements::run_command(const Command& command, StepReport& report) {
  switch (command.kind) {
    case CommandKind::Guard: return run_guard(command, report);
    case CommandKind::Session: return run_setting(command.sql);
    case CommandKind::Statement:
    case CommandKind::Fill:
    case CommandKind::Sync: break;
  }
  const auto changed = journaled(command, report);
  if (changes_rows_alone(command)) report.rows += changed;
  if (!command.batches) note_as_run(command);
}

/// The batches of a command are one.
void Statements::note_as_run(const Command& command) {
  auto& run = result_.statements_run;
  if (!command.batches || run.empty() || run.back() != command.sql) run.push_back(command.sql);
}

void Statements::run_setting(const std::string& sql) {
  logged(sql, [&] { return connection_.execute(sql); });
}

// --- guards

void Statements::run_guard(const Command& guard, StepReport& report) {
  std::int64_t in_the_way = 0;
  try {
    logged(guard.sql, [&] { return static_cast<std::uint64_t>(std::abs(in_the_way = db::single_integer(connection_, guard.sql))); });
  } catch (const DatabaseError& error) {
    if (!needs_the_application(error)) throw;
    report.warnings.push_back(std::string("not asked: ") + error.what());
  }
  if (in_the_way != 0) throw GuardFailed(replace_all(guard.message, "{n}", counted(static_cast<std::uint64_t>(std::abs(in_the_way)), "row")) + named_by(guard));
}

/// Some of the rows that a guard has found.
std::string Statements::named_by(const Command& guard) const {
  if (guard.finds.empty()) return {};
  if (!options_.name_rows) return "\n  they are found by " + guard.finds;
  try {
    const auto examples = examples_of(connection_.query(examples_query(guard.finds)));
    return examples.empty() ? std::string() : "\n  for example " + join(examples, "; ");
  } catch (const DatabaseError&) {
    return {};  // what is wrong is said already
  }
}

// --- statements

/// Runs a statement; where each commits by itself, with its intent and its outcome in the journal.
std::uint64_t Statements::journaled(const Command& command, StepReport& report) {
  if (!journal_) return execute(command, report);
  if (command.batches) return in_batches(command, report);
  if (changes_rows_alone(command)) return patiently([&] { return journal_->in_one(place_, [&] { return execute_now(command, report); }); });
  const bool first = std::none_of(plan_.steps[place_.step].commands.begin(), plan_.steps[place_.step].commands.begin() + static_cast<std::ptrdiff_t>(place_.command),
                                  [](const Command& one) { return one.kind == CommandKind::Statement; });
  journal_->begin(place_, first ? std::string() : checks_.live_touched(plan_.steps[place_.step].touched));
  const auto changed = execute(command, report);
  journal_->end(place_, changed);
  return changed;
}

/// Each batch is one transaction with the mark in the journal that tells where it ended. Goes on behind the mark that stands there.
std::uint64_t Statements::in_batches(const Command& command, StepReport& report) {
  const BatchQueries queries = dialect_.batch_queries(*command.batches);
  const auto key = [&](const std::string& query) -> std::optional<std::string> {
    const auto value = db::single_value(connection_, query);
    if (!value || std::holds_alternative<std::monostate>(*value)) return std::nullopt;
    return db::as_text(*value);
  };
  Batch batch = journal_->batch(place_);
  std::optional<std::string> after = batch.mark.empty() ? key(queries.before_first) : std::optional(batch.mark);
  if (!after) {
    journal_->begin(place_, {});
    journal_->end(place_, 0);
    return 0;
  }
  const InTheEnd without_bounds(connection_, queries.unbounded);
  for (bool is_last = false; !is_last;) {
    if (options_.on_progress && !options_.on_progress(progress_now())) interrupted_ = true;
    if (interrupted_) throw Interrupted("interrupted between two batches");
    const auto next = key(replace_all(queries.last_of_next, "{after}", *after));
    is_last = !next;
    batch.mark = next.value_or(queries.highest);
    run_setting(replace_all(replace_all(queries.bounds, "{after}", *after), "{upto}", batch.mark));
    batch.rows += patiently([&] { return journal_->in_one_batch(place_, batch, is_last, [&] { return execute_now(command, report); }); });
    note_as_run(command);
    after = batch.mark;
  }
  return batch.rows;
}

std::uint64_t Statements::patiently(const std::function<std::uint64_t()>& statement) {
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

std::uint64_t Statements::execute(const Command& command, StepReport& report) {
  if (command.program.empty()) return patiently([&] { return command.company ? execute_behind_a_lock(command, report) : execute_now(command, report); });
  if (!options_.run_program) throw Error("the statement wants a program to carry it out, and there is no way here to run one");
  if (command.company) execute_all(command.company->before, report);  // the program works beside the writers
  return logged(command.sql, [&] {
    options_.run_program(command.program);
    return std::uint64_t{0};
  });
}

/// Nobody writes between the company and the statement, where there is a lock. Every part of it may run again.
std::uint64_t Statements::execute_behind_a_lock(const Command& command, StepReport& report) {
  const Company& company = *command.company;
  std::optional<InTheEnd> unlocked;
  if (!company.lock.empty()) {
    run_setting(company.lock);
    unlocked.emplace(connection_, company.unlock);
  }
  for (const Command& guard : company.guards) run_guard(guard, report);
  execute_all(company.before, report);
  const auto changed = execute_sql(command.sql, report);
  try {
    execute_all(company.after, report);
  } catch (const DatabaseError& error) {
    if (error.kind() != DatabaseErrorKind::Locked) note_as_run(command);  // it stands all the same, and the run is half done
    throw;
  }
  return changed;
}

void Statements::execute_all(const std::vector<std::string>& statements, StepReport& report) {
  for (const auto& sql : statements) execute_sql(sql, report);
}

std::uint64_t Statements::execute_now(const Command& command, StepReport& report) {
  if (command.kind == CommandKind::Sync) {
    if (!options_.sync) throw Error("the step brings master data; --data PACKAGE and --to DESCRIPTION say which package and by which description");
    return logged(command.sql, [&] { return options_.sync(command.sql); });
  }
  if (command.company) execute_all(command.company->before, report);
  const auto changed = execute_sql(command.sql, report);
  if (command.company) execute_all(command.company->after, report);
  return changed;
}

std::uint64_t Statements::execute_sql(const std::string& sql, StepReport& report) {
  const auto changed = logged(sql, [&] { return connection_.execute(sql); });
  for (auto& warning : connection_.warnings()) warn(report, std::move(warning));
  return changed;
}

// --- log

void Statements::warn(StepReport& report, std::string text) {
  if (options_.log != nullptr) options_.log->warning(text);
  report.warnings.push_back(std::move(text));
}

void Statements::note(std::string_view text) {
  if (options_.log != nullptr) options_.log->note(text);
}

/// Runs `work`, which sends `sql`, with its beginning and its end in the log and in the journal's file.
std::uint64_t Statements::logged(const std::string& sql, const std::function<std::uint64_t()>& work) {
  if (options_.log == nullptr && options_.journal_file == nullptr) return work();
  if (options_.log != nullptr) options_.log->begin(sql);
  if (options_.journal_file != nullptr) options_.journal_file->begin(place_, sql);
  const auto begin = Clock::now();
  const auto elapsed = [&] { return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin); };
  try {
    const std::uint64_t count = work();
    if (options_.log != nullptr) options_.log->end(elapsed(), count);
    if (options_.journal_file != nullptr) options_.journal_file->end(place_, count);
    return count;
  } catch (const std::exception& error) {
    if (options_.log != nullptr) options_.log->failed(elapsed(), error.what());
    if (options_.journal_file != nullptr) options_.journal_file->failed(place_, error.what());
    throw;
  }
}

}  // namespace plumb::apply
