// cli/command_rollback.cpp: plumb resume, plumb rollback, plumb purge, plumb unlock, plumb history show.
#include <algorithm>
#include <iostream>

#include "apply/apply.hpp"
#include "apply/history.hpp"
#include "apply/syncs.hpp"
#include "apply/journal.hpp"
#include "cli/commands.hpp"
#include "cli/data_part.hpp"
#include "cli/run_plan.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "dialect/locks.hpp"
#include "introspect/live_state.hpp"
#include "plan/document.hpp"
#include "plan/inverse.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

constexpr std::size_t all_deployments = 1'000'000;

/// The plan as it was recorded. Throws Error when it was changed since.
plan::Plan plan_of(const apply::Deployment& deployment) {
  const auto read = plan::read_plan(deployment.plan);
  if (const auto* problem = std::get_if<plan::NotAPlan>(&read)) throw Error("the plan of deployment #" + std::to_string(deployment.number) + " in plumb_history cannot be used: " + problem->reason);
  return std::get<plan::Plan>(read);
}

/// Deployments that stand, the newest first: those rolled back, and the rollbacks, have cancelled each other out.
std::vector<apply::Deployment> standing(const std::vector<apply::Deployment>& deployments) {
  std::vector<apply::Deployment> stand;
  for (const auto& one : deployments) {
    if (one.outcome == "done" && one.undoes == 0) stand.push_back(one);
  }
  return stand;
}

/// What the options ask to undo, the newest first. Throws UsageError.
std::vector<apply::Deployment> asked_for(const Arguments& arguments, std::vector<apply::Deployment> stand) {
  if (stand.empty()) throw UsageError("there is no deployment to roll back");
  std::size_t count = arguments.steps == 0 ? 1 : arguments.steps;
  if (arguments.deployment != 0) {
    const auto found = std::find_if(stand.begin(), stand.end(), [&](const auto& one) { return one.number == arguments.deployment; });
    if (found == stand.end()) throw UsageError("deployment #" + std::to_string(arguments.deployment) + " is not one that stands; `plumb history` lists them");
    count = static_cast<std::size_t>(found - stand.begin()) + 1;
  } else if (!arguments.to_version.empty()) {
    const auto leads_there = [&](const auto& one) { return plan_of(one).version_from == arguments.to_version; };
    const auto found = std::find_if(stand.begin(), stand.end(), leads_there);
    if (found == stand.end()) throw UsageError("no deployment that stands began at version " + arguments.to_version);
    count = static_cast<std::size_t>(found - stand.begin()) + 1;
  }
  if (count > stand.size()) throw UsageError("only " + counted(stand.size(), "deployment") + " can be rolled back");
  stand.resize(count);
  return stand;
}

/// Names of attic tables that the way back needs and that are gone.
std::vector<std::string> purged(const Session& session, const plan::Plan& plan) {
  std::vector<std::string> stand;
  for (const auto& row : session.connection->query(session.dialect->attic_query()).rows) stand.push_back(db::as_text(row.at(0)));
  std::vector<std::string> gone;
  for (const Step& step : plan.steps) {
    if (step.how == "keep aside" && !step.aside.empty() && std::find(stand.begin(), stand.end(), step.aside) == stand.end()) gone.push_back("`" + step.aside + "`");
  }
  return gone;
}

void show(const Arguments& arguments, const plan::Plan& back) {
  if (!arguments.json && !arguments.quiet) std::cout << plan::to_text(back, color_on_stdout(arguments)) << std::flush;
}

int say_running(const apply::Deployment& deployment) {
  std::cerr << "plumb: deployment #" << deployment.number << " is running just now\n";
  return LockedExit;
}

int roll_back_half_done(const Arguments& arguments, const Session& session, const apply::Deployment& open) {
  const plan::Plan plan = plan_of(open);
  const auto entry = apply::Journal(*session.connection, open.number).last();
  const std::size_t begun = entry ? std::min(entry->place.step + 1, plan.steps.size()) : 0;
  std::cerr << "deployment #" << open.number << " is half done: " << counted(begun, "step") << " of " << plan.steps.size() << " were begun\n";
  const plan::Plan back = plan::inverse(plan, begun, once_runs(*session.connection, *session.dialect));
  show(arguments, back);
  if (arguments.dry_run) return Ok;
  if (!confirmed(arguments, "Undo what it has done? Only `yes` does: ")) return RefusedExit;
  return run_and_report(arguments, session, "rollback", back, [&](apply::Options options) {
    let_sync(arguments, session, back, options);
    return apply::go_back(*session.connection, *session.dialect, plan, open.number, options);
  });
}

std::chrono::seconds age(const std::string& text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > 9 || digits + 1 < text.size()) throw UsageError("--older-than takes an age as 30d, 12h or 90m, not `" + text + "`");
  const std::chrono::seconds number(std::stoll(text.substr(0, digits)));
  switch (digits == text.size() ? 'd' : text[digits]) {
    case 'd': return number * 86400;
    case 'h': return number * 3600;
    case 'm': return number * 60;
    case 's': return number;
    default: throw UsageError("--older-than takes an age as 30d, 12h or 90m, not `" + text + "`");
  }
}

}  // namespace

int command_resume(const Arguments& arguments) {
  const Session session = open_session(arguments, db::OpenMode::ReadWrite);
  const auto found = apply::open_deployment(*session.connection, *session.dialect);
  if (!found) {
    if (!arguments.quiet) std::cout << "nothing to resume: the last deployment has ended\n";
    return Ok;
  }
  if (found->is_running) return say_running(found->deployment);
  const apply::Deployment* open = &found->deployment;
  if (arguments.abandon) {
    apply::mark(*session.connection, open->number, "abandoned");
    if (open->undoes != 0) apply::mark(*session.connection, open->undoes, "abandoned");
    std::cout << "let go of deployment #" << open->number << ": what stands stays, and a new plan begins there\n";
    return Ok;
  }
  const plan::Plan plan = plan_of(*open);
  return run_and_report(arguments, session, "resume", plan, [&](apply::Options options) {
    options.undoes = open->undoes;
    let_sync(arguments, session, plan, options);
    return apply::resume(*session.connection, *session.dialect, plan, open->number, options);
  });
}

int command_rollback(const Arguments& arguments) {
  const Session session = open_session(arguments, db::OpenMode::ReadWrite);
  if (const auto open = apply::open_deployment(*session.connection, *session.dialect)) {
    if (open->is_running) return say_running(open->deployment);
    if (open->deployment.undoes != 0) {
      std::cerr << "plumb: the rollback #" << open->deployment.number << " is half done; `plumb resume` goes on with it\n";
      return InterruptedExit;
    }
    return roll_back_half_done(arguments, session, open->deployment);
  }
  const auto chosen = asked_for(arguments, standing(apply::deployments(*session.connection, *session.dialect, all_deployments)));
  std::vector<plan::Plan> ways;
  for (const auto& one : chosen) {
    const plan::Plan plan = plan_of(one);
    ways.push_back(plan::inverse(plan, plan.steps.size(), once_runs(*session.connection, *session.dialect)));
    std::cerr << "rolls back deployment #" << one.number << " of " << one.started_at << "\n";
    show(arguments, ways.back());
    if (const auto gone = purged(session, plan); !gone.empty()) {
      std::cerr << "plumb: what deployment #" << one.number << " kept aside is gone (" << join(gone, ", ") << ", purged?), so that it cannot be rolled back; nothing was run\n";
      return RefusedExit;
    }
    for (const auto& refusal : ways.back().blocked) std::cerr << "blocked: " << refusal.text << "\n";
    if (!ways.back().blocked.empty()) return RefusedExit;
  }
  if (arguments.dry_run) return Ok;
  if (!confirmed(arguments, "Roll back? Only `yes` does: ")) {
    std::cerr << "not rolled back\n";
    return RefusedExit;
  }
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const int code = run_and_report(arguments, session, "rollback", ways[i], [&](apply::Options options) {
      options.undoes = chosen[i].number;
      let_sync(arguments, session, ways[i], options);
      return apply::apply(*session.connection, *session.dialect, ways[i], options);
    });
    if (code != Ok) return code;
  }
  return Ok;
}

int command_purge(const Arguments& arguments) {
  const Session session = open_session(arguments, db::OpenMode::ReadWrite);
  if (stops_at_half_done(arguments, session)) return InterruptedExit;
  const std::string limit = apply::utc_text(std::chrono::system_clock::now() - age(arguments.older_than));
  std::vector<std::string> stand;
  for (const auto& row : session.connection->query(session.dialect->attic_query()).rows) stand.push_back(db::as_text(row.at(0)));
  std::vector<std::string> going;
  for (const auto& deployment : apply::deployments(*session.connection, *session.dialect, all_deployments)) {
    if (deployment.started_at > limit || deployment.plan.empty()) continue;
    for (const Step& step : plan_of(deployment).steps) {
      if (step.aside.empty() || step.how != "keep aside" || std::find(stand.begin(), stand.end(), step.aside) == stand.end()) continue;
      if (std::find(going.begin(), going.end(), step.aside) != going.end()) continue;
      going.push_back(step.aside);
      if (!arguments.quiet) std::cout << step.aside << "  deployment #" << deployment.number << " of " << deployment.started_at << ": " << replace_all(step.what, "`", "") << "\n";
    }
  }
  if (going.empty()) {
    if (!arguments.quiet) std::cout << "nothing older than " << arguments.older_than << " is kept aside\n";
    return Ok;
  }
  if (arguments.dry_run) return Ok;
  if (!confirmed(arguments, "Let go of it? A rollback of these deployments is then not possible any more. Only `yes` does: ")) return RefusedExit;
  for (const auto& aside : going) {
    for (const Command& command : session.dialect->drop_aside(aside)) session.connection->execute(command.sql);
  }
  if (!arguments.quiet) std::cout << "let go of " << counted(going.size(), "table") << "\n";
  return Ok;
}

namespace {

/// What the data part came to, table by table.
std::string synced_text(const std::vector<apply::SyncedTable>& tables) {
  if (tables.empty()) return {};
  std::string text = "master data as it was synced:\n";
  for (const auto& one : tables) {
    text += "  " + one.table + " (" + one.mode + "): " + grouped(one.compared) + " compared, " + grouped(one.inserted) + " inserted, " + grouped(one.updated) + " updated, " +
            grouped(one.deleted) + " deleted, " + grouped(one.retired) + " retired, " + grouped(one.unchanged) + " unchanged, " + grouped(one.kept) + " kept, " +
            counted(one.conflicts, "conflict") + ", " + grouped(one.only_here) + " only here, " + std::to_string(one.duration_ms) + " ms\n";
  }
  return text;
}

}  // namespace

int command_history_show(const Arguments& arguments) {
  const Session session = open_session(arguments, db::OpenMode::ReadOnly);
  const std::string& number = arguments.paths.front();
  for (const auto& deployment : apply::deployments(*session.connection, *session.dialect, all_deployments)) {
    if (std::to_string(deployment.number) != number) continue;
    const plan::Plan plan = plan_of(deployment);
    if (arguments.format == "json" || arguments.json) std::cout << plan::to_json(plan);
    else if (arguments.format == "markdown" || arguments.format == "md") std::cout << plan::to_markdown(plan);
    else if (arguments.format == "sql") std::cout << plan::to_sql(plan);
    else std::cout << plan::to_text(plan, color_on_stdout(arguments)) << synced_text(apply::synced_tables(*session.connection, *session.dialect, deployment.number));
    return Ok;
  }
  throw UsageError("there is no deployment #" + number + "; `plumb history` lists them");
}

int command_unlock(const Arguments& arguments) {
  const Session session = open_session(arguments, db::OpenMode::ReadWrite);
  const auto holders = holders_of_run_lock(*session.connection, *session.dialect);
  if (holders.empty()) {
    if (!arguments.quiet) std::cout << "no run holds the lock of `" << session.connection->display_name() << "`\n";
    return stops_at_half_done(arguments, session) ? InterruptedExit : Ok;
  }
  std::cout << "held by " << in_words(holders) << "\n" << std::flush;
  if (arguments.dry_run) return LockedExit;
  if (!confirmed(arguments, "End that connection? The server undoes or finishes its statement. Only `yes` does: ")) return LockedExit;
  for (const auto& holder : holders) end_session(*session.connection, *session.dialect, holder.connection);
  std::cout << "ended; `plumb status` says where its run stands\n";
  return Ok;
}

}  // namespace plumb::cli
