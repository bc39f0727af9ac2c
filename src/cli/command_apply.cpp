// cli/command_apply.cpp: plumb apply: a reviewed file and nothing else, or plan, show, ask, run, verify.
#include <csignal>
#include <atomic>
#include <iostream>

#include <nlohmann/json.hpp>

#include "apply/apply.hpp"
#include "cli/clock.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "diff/fingerprint.hpp"
#include "introspect/live_state.hpp"
#include "plan/document.hpp"
#include "policy/judge.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
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
  }
  return ErrorExit;
}

std::string_view word_of(apply::Outcome outcome) {
  switch (outcome) {
    case apply::Outcome::Done: return "done";
    case apply::Outcome::Failed: return "failed";
    case apply::Outcome::Stale: return "stale";
    case apply::Outcome::Locked: return "locked";
    case apply::Outcome::Refused: return "refused";
  }
  return {};
}

std::string seconds_text(std::chrono::milliseconds duration) {
  const auto ms = duration.count();
  std::string fraction = std::to_string(ms % 1000);
  fraction.insert(0, 3 - fraction.size(), '0');
  return std::to_string(ms / 1000) + "." + fraction.substr(0, 2) + " s";
}

std::string result_json(const plan::Plan& plan, const apply::Result& result) {
  using Json = nlohmann::ordered_json;
  Json json{{"outcome", word_of(result.outcome)}, {"message", result.message}, {"number", result.number}, {"version", plan.version_to}, {"duration_ms", result.duration.count()}};
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
    for (const auto& warning : step.warnings) std::cerr << "warning of the server: " << replace_all(step.what, "`", "") << ": " << warning << "\n";
    if (arguments.verbose) std::cerr << seconds_text(step.duration) << "  " << replace_all(step.what, "`", "") << "\n";
  }
  if (arguments.json || arguments.quiet) return;
  std::cout << "applied " << counted(result.steps.size(), "step") << " in " << seconds_text(result.duration);
  if (!plan.version_to.empty()) std::cout << "; the database has version " << plan.version_to;
  std::cout << "; verified\n";
}

int run(const Arguments& arguments, const Session& session, const plan::Plan& plan) {
  ProgressLine line(arguments);
  apply::Options options;
  options.lock_timeout = arguments.lock_timeout;
  options.run_program = program_runner(arguments);
  options.on_progress = [&](const apply::Progress& progress) {
    line.show(progress.step, progress.steps, progress.what == nullptr ? "" : progress.what->what, progress.elapsed);
    return !interrupted.load();
  };
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  const apply::Result result = apply::apply(*session.connection, *session.dialect, plan, options);
  line.clear();
  report(arguments, plan, result);
  return exit_code_of(result.outcome);
}

/// A file that does not exist yet is made only where the plan begins with an empty database.
bool begins_elsewhere(const Arguments& arguments, const plan::Plan& plan) {
  const db::Target target = db::parse_target(arguments.db);
  if (target.engine != "sqlite" || target.path == ":memory:" || file_exists(target.path)) return false;
  Arguments silent = arguments;
  silent.quiet = true;
  const Session empty = open_session_to_plan(silent);
  const Schema nothing = introspect(*empty.connection, *empty.dialect).schema.schema();
  return diff::fingerprint(nothing, empty.dialect->match_rules().lexis) != plan.from;
}

/// Why the policy here, or the one in the plan, does not let it run; empty when they do.
std::string held_back(const Arguments& arguments, const plan::Plan& plan) {
  if (arguments.policy) {
    const auto judgement = policy::judge(plan, *arguments.policy);
    if (!judgement.refused.empty()) return judgement.refused.front().text;
  }
  std::string missing = policy::missing_approvals(plan, needed_approvals(arguments, plan));
  if (!missing.empty()) return missing + "; `plumb approve FILE --by NAME` writes one into a saved plan";
  return arguments.policy && !arguments.policy->windows.empty() ? policy::closed(*arguments.policy, minute_of_week(arguments.policy->timezone)) : std::string();
}

void say_under_which_policy(const Arguments& arguments, const plan::Plan& plan) {
  if (arguments.quiet || plan.policy.name.empty()) return;
  if (arguments.policy && policy::fingerprint(*arguments.policy) == plan.policy.fingerprint) return;
  std::cerr << "note: the plan was made under the policy `" << plan.policy.name << "`; here it is held to " << (arguments.policy ? "`" + arguments.policy->name + "`, which is another one" : std::string("what that asked")) << "\n";
}

int apply_file(const Arguments& arguments) {
  if (!arguments.to.empty() && arguments.paths.size() > 1) throw UsageError("plumb apply takes one plan file");
  const auto read = plan::read_plan(read_file(arguments.paths.front()));
  if (const auto* problem = std::get_if<plan::NotAPlan>(&read)) {
    std::cerr << "plumb: `" << arguments.paths.front() << "`: " << problem->reason << "; nothing was run\n";
    return problem->changed ? StaleExit : ErrorExit;
  }
  const plan::Plan& plan = std::get<plan::Plan>(read);
  if (!plan.blocked.empty()) {
    std::cerr << "plumb: the plan is blocked; nothing was run\n";
    for (const auto& refusal : plan.blocked) std::cerr << "blocked: " << refusal.text << "\n";
    return RefusedExit;
  }
  say_under_which_policy(arguments, plan);
  if (const std::string why = arguments.dry_run ? std::string() : held_back(arguments, plan); !why.empty()) {
    std::cerr << "plumb: " << why << "; nothing was run\n";
    return RefusedExit;
  }
  if (!arguments.db.empty() && begins_elsewhere(arguments, plan)) {
    std::cerr << "plumb: `" << arguments.db << "` does not exist, and the plan was made for a database that holds something; nothing was run\n";
    return StaleExit;
  }
  const Session session = arguments.dry_run ? open_session_to_plan(arguments) : open_session(arguments, db::OpenMode::CreateIfMissing);
  if (plan.engine != session.dialect->name()) {
    std::cerr << "plumb: the plan is for " << plan.engine << ", the database is " << session.dialect->name() << "; nothing was run\n";
    return StaleExit;
  }
  if (arguments.dry_run) {
    std::cout << plan::to_text(plan, color_on_stdout(arguments));
    return Ok;
  }
  return run(arguments, session, plan);
}

bool confirmed(const Arguments& arguments) {
  if (arguments.yes) return true;
  if (!stdin_is_terminal()) throw UsageError("there is nobody to ask; say --yes to apply without a question");
  std::cerr << "Apply these steps? Only `yes` applies them: " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return trim(answer) == "yes";
}

}  // namespace

int command_apply(const Arguments& arguments) {
  if (!arguments.paths.empty()) return apply_file(arguments);
  if (arguments.policy && arguments.policy->review && !arguments.dry_run) {
    std::cerr << "plumb: the policy `" << arguments.policy->name << "` wants plans to be reviewed: write it down with `plumb plan -o FILE`, then `plumb apply FILE`; nothing was run\n";
    return RefusedExit;
  }
  const auto description = load_description(arguments);
  if (!description) return ErrorExit;
  const Session session = arguments.dry_run ? open_session_to_plan(arguments) : open_session(arguments, db::OpenMode::CreateIfMissing);
  const LiveState live = look_at(arguments, session, *description);
  plan::Draft draft = make_plan(*session.connection, *session.dialect, live, *description, plan_options(arguments));
  rehearse_plan(arguments, session, live, draft.plan);
  if (arguments.policy) policy::put_under(draft.plan, *arguments.policy);
  if (plan::is_empty(draft.plan) && draft.plan.blocked.empty()) {
    if (arguments.json) std::cout << "{\"outcome\": \"done\", \"steps\": [], \"statements\": []}\n";
    else if (!arguments.quiet) std::cout << "nothing to do: the database is what the description says\n";
    return Ok;
  }
  if (!arguments.json && !arguments.quiet) std::cout << plan::to_text(draft.plan, color_on_stdout(arguments)) << std::flush;
  if (!draft.plan.blocked.empty()) {
    if (arguments.json || arguments.quiet) {
      for (const auto& refusal : draft.plan.blocked) std::cerr << "blocked: " << refusal.text << "\n";
    }
    return RefusedExit;
  }
  if (arguments.dry_run) return Ok;
  if (const std::string why = held_back(arguments, draft.plan); !why.empty()) {
    std::cerr << "plumb: " << why << "; nothing was run\n";
    return RefusedExit;
  }
  if (!confirmed(arguments)) {
    std::cerr << "not applied\n";
    return RefusedExit;
  }
  return run(arguments, session, draft.plan);
}

}  // namespace plumb::cli
