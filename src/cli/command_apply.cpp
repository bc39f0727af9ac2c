// cli/command_apply.cpp: plumb apply: a reviewed file and nothing else, or plan, show, ask, run, verify.
#include <iostream>

#include "cli/backup_run.hpp"
#include "cli/clock.hpp"
#include "cli/commands.hpp"
#include "cli/data_part.hpp"
#include "cli/prepare_plan.hpp"
#include "cli/run_plan.hpp"
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
  if (arguments.backup) back_up_before(arguments);
  return run_plan(arguments, session, plan);
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
  if (stops_at_half_done(arguments, session)) return InterruptedExit;
  const LiveState live = look_at(arguments, session, *description);
  const plan::Draft draft = prepare_plan(arguments, session, live, *description);
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
  if (!confirmed(arguments, "Apply these steps? Only `yes` applies them: ")) {
    std::cerr << "not applied\n";
    return RefusedExit;
  }
  if (arguments.backup) back_up_before(arguments);
  return run_plan(arguments, session, draft.plan);
}

}  // namespace plumb::cli
