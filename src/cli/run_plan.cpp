#include "cli/run_plan.hpp"

#include <iostream>
#include <optional>

#include <nlohmann/json.hpp>

#include "apply/history.hpp"
#include "apply/run_report.hpp"
#include "cli/data_part.hpp"
#include "cli/interrupts.hpp"
#include "cli/run_files.hpp"
#include "cli/terminal.hpp"
#include "introspect/live_state.hpp"
#include "plan/inverse.hpp"
#include "support/error.hpp"
#include "support/program.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

int exit_code_of(apply::Outcome outcome) {
  switch (outcome) {
    case apply::Outcome::Done: return Ok;
    case apply::Outcome::Failed: return ErrorExit;
    case apply::Outcome::Stale: return StaleExit;
    case apply::Outcome::Locked: return LockedExit;
    case apply::Outcome::Refused: return RefusedExit;
    case apply::Outcome::HalfDone: return InterruptedExit;
  }
  return ErrorExit;
}

std::string seconds_text(std::chrono::milliseconds duration) {
  const auto ms = duration.count();
  std::string fraction = std::to_string(ms % 1000);
  fraction.insert(0, 3 - fraction.size(), '0');
  return std::to_string(ms / 1000) + "." + fraction.substr(0, 2) + " s";
}

/// What came after the last step of an apply.
struct Aftermath {
  std::string unhealthy;                ///< what the health command came to; empty: well, or there is none
  std::optional<apply::Result> undone;  ///< the rollback that --auto-rollback ran
};

std::string result_json(const plan::Plan& plan, const apply::Result& result, const Aftermath& after) {
  using Json = nlohmann::ordered_json;
  Json json{{"outcome", apply::word_of(result.outcome)}, {"message", result.message}, {"number", result.number}, {"version", plan.version_to}, {"duration_ms", result.duration.count()}};
  json["steps"] = Json::array();
  for (const auto& step : result.steps) json["steps"].push_back(Json{{"what", step.what}, {"duration_ms", step.duration.count()}, {"rows", step.rows}, {"warnings", step.warnings}});
  json["statements"] = result.statements_run;
  if (!after.unhealthy.empty()) json["unhealthy"] = after.unhealthy;
  if (after.undone) json["rolled_back"] = Json{{"outcome", apply::word_of(after.undone->outcome)}, {"message", after.undone->message}, {"statements", after.undone->statements_run}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void report_aftermath(const Aftermath& after) {
  if (!after.unhealthy.empty()) std::cerr << "plumb: " << after.unhealthy << (after.undone ? "" : "; the deployment stands, `plumb rollback` undoes it") << "\n";
  if (!after.undone) return;
  if (after.undone->outcome == apply::Outcome::Done) std::cerr << "rolled back: the database is as it was\n";
  else std::cerr << "plumb: the rollback did not come to its end: " << after.undone->message << "\n";
}

void report(const Arguments& arguments, const plan::Plan& plan, const apply::Result& result, const Aftermath& after) {
  if (arguments.json) std::cout << result_json(plan, result, after);
  if (result.outcome != apply::Outcome::Done) {
    std::cerr << "plumb: " << result.message << "\n";
    return report_aftermath(after);
  }
  for (const auto& step : result.steps) {
    for (const auto& warning : step.warnings) std::cerr << "warning: " << replace_all(step.what, "`", "") << ": " << warning << "\n";
    if (arguments.verbose) std::cerr << seconds_text(step.duration) << "  " << replace_all(step.what, "`", "") << "\n";
  }
  if (!arguments.json && !arguments.quiet) {
    std::cout << "applied " << counted(result.steps.size(), "step") << " in " << seconds_text(result.duration);
    if (!plan.version_to.empty()) std::cout << "; the database has version " << plan.version_to;
    std::cout << "; verified\n" << std::flush;
  }
  report_aftermath(after);
}

/// A plan file may come from anywhere: it runs no other program than the one that is known here. Empty: all are known.
std::string unknown_program(const Arguments& arguments, const plan::Plan& plan) {
  const auto known = split_words(arguments.alter_wrapper);
  for (const Step& step : plan.steps) {
    for (const Command& command : step.commands) {
      if (!command.program.empty() && (known.empty() || known.front() != command.program.front())) return command.program.front();
    }
  }
  return {};
}

bool refuses_program(const Arguments& arguments, const plan::Plan& plan) {
  const std::string program = unknown_program(arguments, plan);
  if (!program.empty()) std::cerr << "plumb: the plan wants `" << program << "` to be run, which `alter-wrapper` does not name here; nothing was run\n";
  return !program.empty();
}

apply::Result carry_out(const Arguments& arguments, const Session& session, const std::string& verb, const plan::Plan& plan, const RunOfPlan& run) {
  RunFiles files(arguments, session, verb, plan);
  ProgressLine line(arguments);
  const Interrupts interrupts;
  apply::Options options;
  options.lock_timeout = arguments.lock_timeout;
  options.name_rows = !arguments.no_examples;
  options.ask_assertions = arguments.ask_assertions;
  options.log = files.log();
  options.journal_file = files.journal();
  options.run_program = program_runner(arguments);
  options.on_progress = [&](const apply::Progress& progress) {
    line.show(progress.step, progress.steps, progress.what == nullptr ? "" : progress.what->what, progress.elapsed);
    return !interrupts.came();
  };
  const apply::Result result = run(options);
  line.clear();
  files.write_report(result);
  return result;
}

/// Runs the health command; empty when it says that all is well, or there is none.
std::string why_unhealthy(const Arguments& arguments, const Session& session, const plan::Plan& plan) {
  if (arguments.health.empty()) return {};
  try {
    const int status = run_program(split_words(arguments.health), {{"PLUMB_DATABASE", session.connection->display_name()}, {"PLUMB_VERSION", plan.version_to}});
    return status == 0 ? std::string() : "the health command `" + arguments.health + "` ended with " + std::to_string(status);
  } catch (const Error& error) {
    return std::string("the health command could not be run: ") + error.what();
  }
}

}  // namespace

std::optional<apply::Result> undo_deployment(const Arguments& arguments, const plan::Plan& plan, std::int64_t number) {
  if (number == 0) return std::nullopt;  // nothing was run
  apply::Result result;
  try {
    const Session session = open_session(arguments, db::OpenMode::ReadWrite);
    const auto half_done = apply::half_done(*session.connection, *session.dialect);
    if (half_done && half_done->number != number) return std::nullopt;  // another run's
    const auto newest = apply::deployments(*session.connection, *session.dialect, 1);
    const bool stands = !newest.empty() && newest.front().number == number && newest.front().outcome == "done";
    if (!half_done && !stands) return std::nullopt;
    const plan::Plan back = plan::inverse(plan, plan.steps.size(), once_runs(*session.connection, *session.dialect));
    return carry_out(arguments, session, "rollback", back, [&](apply::Options options) {
      let_sync(arguments, session, back, options);
      if (half_done) return apply::go_back(*session.connection, *session.dialect, plan, half_done->number, options);
      options.undoes = number;
      return apply::apply(*session.connection, *session.dialect, back, options);
    });
  } catch (const Error& error) {
    result.outcome = apply::Outcome::Failed;
    result.message = std::string(error.what()) + "; `plumb status` says where it stands";
    return result;
  }
}

int run_and_report(const Arguments& arguments, const Session& session, const std::string& verb, const plan::Plan& plan, const RunOfPlan& run) {
  if (refuses_program(arguments, plan)) return RefusedExit;
  const apply::Result result = carry_out(arguments, session, verb, plan, run);
  report(arguments, plan, result, {});
  return exit_code_of(result.outcome);
}

int run_plan(const Arguments& arguments, const Session& session, const plan::Plan& plan, std::shared_ptr<data::Prepared> prepared) {
  if (refuses_program(arguments, plan)) return RefusedExit;
  const Interrupts until_all_is_said;  // Ctrl-C in the health command ends that one alone
  const apply::Result result = carry_out(arguments, session, "apply", plan, [&](apply::Options options) {
    let_sync(arguments, session, plan, options, prepared);
    options.undone_on_failure = arguments.auto_rollback;
    return apply::apply(*session.connection, *session.dialect, plan, options);
  });
  Aftermath after;
  if (result.outcome == apply::Outcome::Done) after.unhealthy = why_unhealthy(arguments, session, plan);
  if (arguments.auto_rollback && (result.outcome != apply::Outcome::Done || !after.unhealthy.empty())) after.undone = undo_deployment(arguments, plan, result.number);
  report(arguments, plan, result, after);
  if (result.outcome != apply::Outcome::Done) return after.undone && after.undone->outcome != apply::Outcome::Done ? InterruptedExit : exit_code_of(result.outcome);
  return after.unhealthy.empty() ? Ok : ErrorExit;
}

bool confirmed(const Arguments& arguments, const std::string& question) {
  if (arguments.yes) return true;
  if (!stdin_is_terminal()) throw UsageError("there is nobody to ask; say --yes to go on without a question");
  std::cerr << question << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return trim(answer) == "yes";
}

}  // namespace plumb::cli
