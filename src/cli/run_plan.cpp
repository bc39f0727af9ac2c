#include "cli/run_plan.hpp"

#include <atomic>
#include <csignal>
#include <iostream>

#include <nlohmann/json.hpp>

#include "apply/run_report.hpp"
#include "cli/run_files.hpp"
#include "cli/terminal.hpp"
#include "support/error.hpp"
#include "support/program.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

std::atomic<bool> interrupted{false};

void on_interrupt(int /*signal*/) { interrupted = true; }

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

std::string result_json(const plan::Plan& plan, const apply::Result& result) {
  using Json = nlohmann::ordered_json;
  Json json{{"outcome", apply::word_of(result.outcome)}, {"message", result.message}, {"number", result.number}, {"version", plan.version_to}, {"duration_ms", result.duration.count()}};
  json["steps"] = Json::array();
  for (const auto& step : result.steps) json["steps"].push_back(Json{{"what", step.what}, {"duration_ms", step.duration.count()}, {"rows", step.rows}, {"warnings", step.warnings}});
  json["statements"] = result.statements_run;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void report(const Arguments& arguments, const plan::Plan& plan, const apply::Result& result) {
  if (arguments.json) std::cout << result_json(plan, result);
  if (result.outcome != apply::Outcome::Done) {
    std::cerr << "plumb: " << result.message << "\n";
    return;
  }
  for (const auto& step : result.steps) {
    for (const auto& warning : step.warnings) std::cerr << "warning: " << replace_all(step.what, "`", "") << ": " << warning << "\n";
    if (arguments.verbose) std::cerr << seconds_text(step.duration) << "  " << replace_all(step.what, "`", "") << "\n";
  }
  if (arguments.json || arguments.quiet) return;
  std::cout << "applied " << counted(result.steps.size(), "step") << " in " << seconds_text(result.duration);
  if (!plan.version_to.empty()) std::cout << "; the database has version " << plan.version_to;
  std::cout << "; verified\n";
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

}  // namespace

int run_and_report(const Arguments& arguments, const Session& session, const std::string& verb, const plan::Plan& plan, const RunOfPlan& run) {
  if (const std::string program = unknown_program(arguments, plan); !program.empty()) {
    std::cerr << "plumb: the plan wants `" << program << "` to be run, which `alter-wrapper` does not name here; nothing was run\n";
    return RefusedExit;
  }
  RunFiles files(arguments, session, verb, plan);
  ProgressLine line(arguments);
  apply::Options options;
  options.lock_timeout = arguments.lock_timeout;
  options.log = files.log();
  options.run_program = program_runner(arguments);
  options.on_progress = [&](const apply::Progress& progress) {
    line.show(progress.step, progress.steps, progress.what == nullptr ? "" : progress.what->what, progress.elapsed);
    return !interrupted.load();
  };
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  const apply::Result result = run(options);
  line.clear();
  files.write_report(result);
  report(arguments, plan, result);
  return exit_code_of(result.outcome);
}

int run_plan(const Arguments& arguments, const Session& session, const plan::Plan& plan) {
  return run_and_report(arguments, session, "apply", plan, [&](const apply::Options& options) { return apply::apply(*session.connection, *session.dialect, plan, options); });
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
