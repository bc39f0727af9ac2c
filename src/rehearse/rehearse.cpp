#include "rehearse/rehearse.hpp"

#include <algorithm>

#include "dialect/copy_rows.hpp"
#include "dialect/create_order.hpp"
#include "diff/fingerprint.hpp"
#include "plan/difference.hpp"
#include "plan/touched.hpp"
#include "rehearse/surroundings.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::rehearse {
namespace {

using Outcome = plan::Rehearsal::Outcome;

/// A statement did not do what it should; the text says which and how.
class Failure : public Error {
 public:
  using Error::Error;
};

class Stage {
 public:
  Stage(const desired::ScratchDatabase& scratch, const Dialect& dialect) : name_(scratch.name()), connection_(scratch.connect()), dialect_(dialect), lexis_(dialect.match_rules().lexis) {
    for (const auto& statement : dialect.session_begin()) connection_->query(statement);
  }

  void set_up(const Schema& state) {
    for (const auto& sql : dialect_.recreate(state)) connection_->execute(sql);
    expect(state);
  }

  /// The same with rows, which come before the triggers.
  void set_up(const Schema& state, const db::Target& rows_of) {
    source_ = reach(*connection_, rows_of, dialect_);
    Schema without_triggers = state;
    without_triggers.triggers.clear();
    const auto first = dialect_.recreate(without_triggers);
    const auto all = dialect_.recreate(state);
    const auto rest = std::mismatch(first.begin(), first.end(), all.begin(), all.end()).second;
    for (auto sql = all.begin(); sql != rest; ++sql) connection_->execute(*sql);
    std::vector<Table> tables;
    for (const auto& [name, table] : state.tables) tables.push_back(table);
    for (const Table* table : in_reference_order(tables).tables) connection_->execute(copy_rows(*table, source_, dialect_));
    for (auto sql = rest; sql != all.end(); ++sql) connection_->execute(*sql);
    expect(state);
  }

  /// Throws Failure when a table has other rows than the database that they were copied from.
  void expect_rows(const Schema& state) {
    for (const auto& [name, table] : state.tables) {
      const auto rows = db::single_integer(*connection_, rows_that_differ(table, source_, dialect_));
      if (rows != 0) throw Failure("table `" + name + "` has other rows after the way back: " + counted(static_cast<std::uint64_t>(rows), "row"));
    }
  }

  /// Runs one step's commands. Throws Failure.
  void run(const std::vector<Command>& commands, const std::string& where) {
    for (const Command& command : commands) {
      try {
        if (command.kind == CommandKind::Guard) pass(command);
        else connection_->execute(command.sql);
      } catch (const DatabaseError& error) {
        if (error.kind() == DatabaseErrorKind::Connection) throw;
        throw Failure(where + ": " + without_scratch_name(error.what()));
      } catch (const Failure& failure) {
        throw Failure(where + ": " + failure.what());
      }
    }
  }

  /// Runs a data step up and down on the empty tables and leaves no rows behind, so that the ways back of other steps meet none.
  /// Rows that it needs are not here: a constraint that misses them says nothing. Throws Failure.
  void run_once(const Step& step, const std::string& where) {
    db::Transaction transaction(*connection_);
    try {
      for (const Command& command : step.commands) connection_->execute(command.sql);
      for (const Command& command : step.back.commands) connection_->execute(command.sql);
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::Connection) throw;
      if (error.kind() != DatabaseErrorKind::Constraint && !step.once->optional) throw Failure(where + ": " + without_scratch_name(error.what()));
    }
  }

  /// Throws Failure with the differences when the scratch database is another than `state`.
  void expect(const Schema& state) {
    const Schema found = dialect_.canonicalise(dialect_.read(*connection_)).schema();
    if (diff::dump(found, lexis_) == diff::dump(state, lexis_)) return;
    plan::DifferenceReport report;
    report.differences = plan::differences_of(diff::diff(state, found), {});
    std::string text = plan::to_text(report, false);
    if (text.empty()) text = "the states have other fingerprints";
    throw Failure(without_scratch_name(shortened(std::string(trim(text)), 1000)));
  }

  /// Throws Failure when what a step touches is not what its fingerprint says.
  void expect_touched(const Touched& touched, const std::string& fingerprint, const std::string& where) {
    std::vector<std::string> attic;
    for (const auto& row : connection_->query(dialect_.attic_query()).rows) attic.push_back(db::as_text(row.at(0)));
    const Schema found = dialect_.canonicalise(dialect_.read(*connection_)).schema();
    if (plan::touched_fingerprint(touched, found, attic, lexis_) != fingerprint) throw Failure(where + ": what it touches is not what it promises\n" + diff::dump(found, lexis_));
  }

 private:
  void pass(const Command& guard) {
    const auto rows = db::single_integer(*connection_, guard.sql);
    if (rows != 0) throw Failure(replace_all(guard.message, "{n}", counted(static_cast<std::uint64_t>(rows), "row")));
  }

  std::string without_scratch_name(std::string text) const {
    if (name_.empty()) return text;
    for (const std::string& prefix : {"`" + name_ + "`.", name_ + "."}) text = replace_all(std::move(text), prefix, "");
    return replace_all(std::move(text), name_, "");
  }

  std::string name_;
  std::string source_;  ///< where the rows came from
  std::shared_ptr<db::Connection> connection_;
  const Dialect& dialect_;
  sql::Lexis lexis_;
};

std::string place_of(const plan::Plan& plan, std::size_t number) {
  return "step " + std::to_string(number + 1) + " (" + replace_all(plan.steps[number].what, "`", "") + ")";
}

using Clock = std::chrono::steady_clock;
std::chrono::milliseconds since(Clock::time_point begin) { return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin); }

void walk_up(const plan::Plan& plan, Stage& stage, const Options& options) {
  if (options.times != nullptr) options.times->assign(plan.steps.size(), {});
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const auto begin = Clock::now();
    if (plan.steps[i].once) stage.run_once(plan.steps[i], place_of(plan, i));
    else stage.run(plan.steps[i].commands, place_of(plan, i));
    if (options.times != nullptr) options.times->at(i) = {plan.steps[i].what, since(begin), {}};
    if (options.look_at_every_step) stage.expect_touched(plan.steps[i].touched, plan.steps[i].touched.after, place_of(plan, i));
  }
}

void walk_down(const plan::Plan& plan, Stage& stage, const Options& options) {
  for (std::size_t i = plan.steps.size(); i-- > 0;) {
    const std::string where = "the way back from " + place_of(plan, i);
    const auto begin = Clock::now();
    if (!plan.steps[i].once) stage.run(plan.steps[i].back.commands, where);
    if (options.times != nullptr) options.times->at(i).down = since(begin);
    if (options.look_at_every_step) stage.expect_touched(plan.steps[i].touched, plan.steps[i].touched.before, where);
  }
}

Schema after_all(Schema state, const plan::Plan& plan, const diff::MatchRules& rules) {
  for (const Step& step : plan.steps) carry_out(state, step.effect, rules);
  return state;
}

plan::Rehearsal rehearsed(const plan::Plan& plan, const Schema& actual, const Dialect& dialect, const Options& options) {
  const diff::MatchRules rules = dialect.match_rules();
  const Schema start = surroundings_of(plan.steps, actual, rules.lexis);
  std::unique_ptr<desired::ScratchDatabase> scratch;
  std::optional<Stage> stage;
  try {
    scratch = options.scratch();
    stage.emplace(*scratch, dialect);
    if (options.rows_of) stage->set_up(start, *options.rows_of);
    else stage->set_up(start);
  } catch (const Failure& failure) {
    return {Outcome::NotDone, std::string("what stands now could not be made the same in a scratch database: ") + failure.what()};
  } catch (const DatabaseError& error) {
    return {Outcome::NotDone, error.what()};
  }
  try {
    walk_up(plan, *stage, options);
    stage->expect(after_all(start, plan, rules));
  } catch (const Failure& failure) {
    return {Outcome::Failed, failure.what()};
  }
  try {
    walk_down(plan, *stage, options);
    stage->expect(start);
    if (options.rows_of) stage->expect_rows(start);
  } catch (const Failure& failure) {
    return {Outcome::UpOnly, failure.what()};
  }
  return {Outcome::Passed, options.rows_of ? "with all rows" : ""};
}

}  // namespace

void rehearse(plan::Plan& plan, const Schema& actual, const Dialect& dialect, const Options& options) {
  if (plan.steps.empty() || !plan.blocked.empty()) return;
  if (plan.steps.size() > options.most_steps) {
    plan.rehearsal = {Outcome::NotDone, "the plan has more than " + grouped(options.most_steps) + " steps"};
    return;
  }
  plan.rehearsal = rehearsed(plan, actual, dialect, options);
  if (plan.rehearsal.outcome == Outcome::Failed) plan.blocked.push_back({"rehearsal-failed", "the rehearsal failed: " + plan.rehearsal.text, {}});
}

}  // namespace plumb::rehearse
