#include "rehearse/rehearse.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <thread>
#include <utility>

#include "desired/lanes.hpp"
#include "dialect/copy_rows.hpp"
#include "dialect/create_order.hpp"
#include "diff/fingerprint.hpp"
#include "plan/difference.hpp"
#include "plan/touched.hpp"
#include "rehearse/side_by_side.hpp"
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

/// What one step runs, in either direction.
struct Piece {
  std::string group;  ///< see side_by_side.hpp
  const std::vector<Command>* commands = nullptr;
  std::string where;
};

constexpr std::size_t most_sessions = 6;
constexpr std::size_t worth_it = 8;  ///< pieces, below which further sessions cost more than they bring

class Stage {
 public:
  Stage(const desired::ScratchDatabase& scratch, const Dialect& dialect) : scratch_(scratch), name_(scratch.name()), dialect_(dialect), lexis_(dialect.match_rules().lexis) { connection_ = session(); }

  /// `side_by_side`: over several sessions, whose failure says nothing about the plan.
  void set_up(const Schema& state, bool side_by_side) {
    const auto statements = dialect_.recreate(state);
    if (side_by_side) make_side_by_side(statements);
    else for (const auto& sql : statements) connection_->execute(sql);
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
  void run(const std::vector<Command>& commands, const std::string& where) { run_in(*connection_, commands, where); }

  /// Those of one group in their order, groups at once. Throws Failure.
  void run_side_by_side(const std::vector<Piece>& pieces) {
    if (pieces.size() < worth_it) {
      for (const Piece& piece : pieces) run(*piece.commands, piece.where);
      return;
    }
    open_further_sessions();
    std::map<std::string, std::size_t> lanes;
    std::vector<std::vector<const Piece*>> work(further_.size());
    for (const Piece& piece : pieces) work[lanes.emplace(piece.group, lanes.size() % further_.size()).first->second].push_back(&piece);
    std::vector<std::exception_ptr> problems(work.size());
    std::vector<std::jthread> threads;
    for (std::size_t lane = 0; lane < work.size(); ++lane) {
      threads.emplace_back([&, lane] {
        try {
          for (const Piece* piece : work[lane]) run_in(*further_[lane], *piece->commands, piece->where);
        } catch (...) {
          problems[lane] = std::current_exception();
        }
      });
    }
    threads.clear();  // waits for them
    for (const auto& problem : problems) {
      if (problem) std::rethrow_exception(problem);
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
  void run_in(db::Connection& connection, const std::vector<Command>& commands, const std::string& where) const {
    for (const Command& command : commands) {
      try {
        if (command.kind == CommandKind::Guard) pass(connection, command);
        else execute_all(connection, command);
      } catch (const DatabaseError& error) {
        if (error.kind() == DatabaseErrorKind::Connection) throw;
        if (command.kind == CommandKind::Guard && error.kind() == DatabaseErrorKind::MissingExtension) continue;  // the application's own function
        const bool says_what = command.kind == CommandKind::Guard && command.message.find("{n}") == std::string::npos;
        throw Failure(where + ": " + (says_what ? command.message + ": " : std::string()) + without_scratch_name(error.what()));
      } catch (const Failure& failure) {
        throw Failure(where + ": " + failure.what());
      }
    }
  }

  static void execute_all(db::Connection& connection, const Command& command) {
    try {
      for (const auto& statement : statements_of(command)) execute_at_last(connection, statement);
    } catch (const DatabaseError& error) {
      const bool may_be_locked = command.company && !command.company->unlock.empty() && error.kind() != DatabaseErrorKind::Connection;
      if (may_be_locked) connection.execute(command.company->unlock);
      throw;
    }
  }

  /// Tables that refer to each other are locked together: who is in the way of a neighbour tries again.
  static void execute_at_last(db::Connection& connection, const std::string& sql) {
    for (int further_tries = 5;; --further_tries) {
      try {
        connection.execute(sql);
        return;
      } catch (const DatabaseError& error) {
        if (error.kind() != DatabaseErrorKind::Locked || further_tries == 0) throw;
      }
    }
  }

  std::shared_ptr<db::Connection> session() const {
    auto session = scratch_.connect();
    for (const auto& statement : dialect_.session_begin()) session->query(statement);
    return session;
  }

  /// At least one.
  void open_further_sessions() {
    try {
      while (further_.size() < most_sessions) further_.push_back(session());
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::Connection && further_.empty()) throw;  // else the server has no more, and fewer will do
    }
    if (further_.empty()) further_.push_back(connection_);
  }

  void make_side_by_side(const std::vector<std::string>& statements) {
    desired::Lanes lanes(scratch_, "SET SESSION foreign_key_checks = 0");
    const auto finish = [&] {
      if (!lanes.finish(*connection_)) throw Failure("a statement failed in one of several sessions");
    };
    for (const std::string& sql : statements) {
      if (lanes.take(sql)) continue;
      finish();
      connection_->execute(sql);
    }
    finish();
  }

  static void pass(db::Connection& connection, const Command& guard) {
    const auto rows = db::single_integer(connection, guard.sql);
    if (rows != 0) throw Failure(replace_all(guard.message, "{n}", counted(static_cast<std::uint64_t>(rows), "row")));
  }

  std::string without_scratch_name(std::string text) const {
    if (name_.empty()) return text;
    for (const std::string& prefix : {"`" + name_ + "`.", name_ + "."}) text = replace_all(std::move(text), prefix, "");
    return replace_all(std::move(text), name_, "");
  }

  const desired::ScratchDatabase& scratch_;
  std::string name_;
  std::string source_;  ///< where the rows came from
  std::shared_ptr<db::Connection> connection_;
  std::vector<std::shared_ptr<db::Connection>> further_;
  const Dialect& dialect_;
  sql::Lexis lexis_;
};

std::string place_of(const plan::Plan& plan, std::size_t number) {
  return "step " + std::to_string(number + 1) + " (" + replace_all(plan.steps[number].what, "`", "") + ")";
}

std::string way_back_from(const plan::Plan& plan, std::size_t number) { return "the way back from " + place_of(plan, number); }

using Clock = std::chrono::steady_clock;
std::chrono::milliseconds since(Clock::time_point begin) { return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin); }

bool looks_at_each_step(const Options& options) { return options.times != nullptr || options.look_at_every_step; }

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
    const std::string where = way_back_from(plan, i);
    const auto begin = Clock::now();
    if (!plan.steps[i].once) stage.run(plan.steps[i].back.commands, where);
    if (options.times != nullptr) options.times->at(i).down = since(begin);
    if (options.look_at_every_step) stage.expect_touched(plan.steps[i].touched, plan.steps[i].touched.before, where);
  }
}

/// Neighbours with groups at once, every other piece by itself.
void walk_side_by_side(const std::vector<Piece>& pieces, Stage& stage) {
  std::vector<Piece> together;
  for (const Piece& piece : pieces) {
    if (!piece.group.empty()) {
      together.push_back(piece);
      continue;
    }
    stage.run_side_by_side(std::exchange(together, {}));
    stage.run(*piece.commands, piece.where);
  }
  stage.run_side_by_side(together);
}

std::vector<Piece> pieces_up(const plan::Plan& plan, const Dialect& dialect) {
  const auto groups = groups_of(plan, dialect, Direction::Up);
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) pieces.push_back({groups[i], &plan.steps[i].commands, place_of(plan, i)});
  return pieces;
}

std::vector<Piece> pieces_down(const plan::Plan& plan, const Dialect& dialect) {
  const auto groups = groups_of(plan, dialect, Direction::Down);
  std::vector<Piece> pieces;
  for (std::size_t i = plan.steps.size(); i-- > 0;) pieces.push_back({groups[i], &plan.steps[i].back.commands, way_back_from(plan, i)});
  return pieces;
}

Schema after_all(Schema state, const plan::Plan& plan, const diff::MatchRules& rules) {
  for (const Step& step : plan.steps) carry_out(state, step.effect, rules);
  return state;
}

plan::Rehearsal rehearsed(const plan::Plan& plan, const Schema& actual, const Dialect& dialect, const Options& options, bool side_by_side) {
  const diff::MatchRules rules = dialect.match_rules();
  const Schema start = surroundings_of(plan.steps, actual, rules);
  std::unique_ptr<desired::ScratchDatabase> scratch;
  std::optional<Stage> stage;
  try {
    scratch = options.scratch();
    stage.emplace(*scratch, dialect);
    if (options.rows_of) stage->set_up(start, *options.rows_of);
    else stage->set_up(start, side_by_side);
  } catch (const Failure& failure) {
    return {Outcome::NotDone, std::string("what stands now could not be made the same in a scratch database: ") + failure.what()};
  } catch (const DatabaseError& error) {
    return {Outcome::NotDone, error.what()};
  }
  try {
    if (side_by_side) walk_side_by_side(pieces_up(plan, dialect), *stage);
    else walk_up(plan, *stage, options);
    stage->expect(after_all(start, plan, rules));
  } catch (const Failure& failure) {
    return {Outcome::Failed, failure.what()};
  }
  try {
    if (side_by_side) walk_side_by_side(pieces_down(plan, dialect), *stage);
    else walk_down(plan, *stage, options);
    stage->expect(start);
    if (options.rows_of) stage->expect_rows(start);
  } catch (const Failure& failure) {
    return {Outcome::UpOnly, failure.what()};
  }
  return {Outcome::Passed, options.rows_of ? "with all rows" : ""};
}

/// Statements that wait for the disk one by one are run over several sessions first. What goes wrong there may come of that, so only
/// the run in order says what is wrong with the plan.
plan::Rehearsal rehearsed(const plan::Plan& plan, const Schema& actual, const Dialect& dialect, const Options& options) {
  const bool has_data_steps = std::any_of(plan.steps.begin(), plan.steps.end(), [](const Step& step) { return step.once.has_value(); });
  const bool may_run_at_once = !dialect.capabilities().transactional_ddl && plan.steps.size() >= worth_it && !has_data_steps && !options.rows_of && !looks_at_each_step(options);
  if (may_run_at_once) {
    plan::Rehearsal at_once = rehearsed(plan, actual, dialect, options, true);
    if (at_once.outcome == Outcome::Passed) return at_once;
  }
  return rehearsed(plan, actual, dialect, options, false);
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
  const bool promises_a_way_back = std::none_of(plan.steps.begin(), plan.steps.end(), [](const Step& step) { return step.back.kind == BackKind::None; });
  const bool may_go_one_way = plan.allowed.contains("one-way") || plan.allowed.contains("destructive");
  if (plan.rehearsal.outcome == Outcome::UpOnly && promises_a_way_back && !may_go_one_way) {
    plan.blocked.push_back({"no-way-back", "the way back that the plan says does not lead back: " + plan.rehearsal.text + "; say `--allow one-way` to go without one", {}});
  }
}

}  // namespace plumb::rehearse
