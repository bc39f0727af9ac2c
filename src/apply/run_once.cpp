// apply/run_once.cpp: the part of Statements that runs data steps.
#include "apply/once.hpp"
#include "apply/statements.hpp"
#include "db/savepoint.hpp"

namespace plumb::apply {

/// A data step and its record are one transaction on every engine.
void Statements::run_once(const Step& step, StepReport& report) {
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

void Statements::run_once_in_transaction(const Step& step, StepReport& report) {
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
bool Statements::may_be_left_out(const DatabaseError& error) const {
  const bool is_their_own = error.kind() == DatabaseErrorKind::Other || error.kind() == DatabaseErrorKind::Constraint || error.kind() == DatabaseErrorKind::AccessDenied;
  return is_their_own && !interrupted_;
}

void Statements::run_once_statements(const Step& step, StepReport& report) {
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
void Statements::mark_as_ended(const Step& step) {
  const Place last{place_.step, step.commands.size() - 1};
  journal_->begin(last, {});
  journal_->end(last, 0);
}

}  // namespace plumb::apply
