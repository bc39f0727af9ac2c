#include "cli/deployment.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "apply/history.hpp"
#include "apply/run_report.hpp"
#include "cli/backup_run.hpp"
#include "cli/commands.hpp"
#include "cli/prepare_plan.hpp"
#include "cli/run_plan.hpp"
#include "cli/terminal.hpp"
#include "data/master_data.hpp"
#include "deploy/preflight.hpp"
#include "diff/fingerprint.hpp"
#include "introspect/live_state.hpp"
#include "plan/document.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "validate/validate.hpp"

namespace plumb::cli {
namespace {

using Clock = std::chrono::steady_clock;

deploy::Hooks all_hooks(const Arguments& arguments, const deploy::Opened& package) {
  if (arguments.no_hooks) return {};
  deploy::Hooks hooks = arguments.hooks;
  for (auto& [name, more] : deploy::hooks_of_folder(package.hooks())) {
    for (auto& hook : more) {
      std::filesystem::permissions(hook.command.front(), std::filesystem::perms::owner_exec, std::filesystem::perm_options::add);
      hooks[name].push_back(std::move(hook));
    }
  }
  return hooks;
}

bool is_empty(const Schema& schema) { return schema.tables.empty() && schema.views.empty(); }

}  // namespace

Deployment::Deployment(const Arguments& arguments, const deploy::Opened& package, Kind kind)
    : arguments_(arguments), given_(arguments), package_(package), kind_(kind), hooks_(all_hooks(arguments, package)) {
  arguments_.to = {package.description()};
  arguments_.left_out = package.folder() + "/";
  if (!package.facts().packages.empty()) arguments_.packages.insert(arguments_.packages.begin(), package.facts().packages);
  arguments_.data = wants(arguments.part_data) ? package.data() : std::string();
  arguments_.auto_rollback = arguments.on_failure == "rollback";
  arguments_.ask_assertions = arguments_.auto_rollback;
  arguments_.health.clear();
  arguments_.json = false;
  arguments_.quiet = true;
  arguments_.yes = true;
  arguments_.paths.clear();
  report_.package = std::filesystem::path(package.path()).filename().string();
  report_.schema = package.facts().schema;
  report_.version_to = package.facts().version;
  report_.started_at = apply::now_utc();
  report_.database = target_of(arguments).display_name();
}

/// Without any part named, all are wanted.
bool Deployment::wants(bool part) const {
  const bool all = !given_.part_backup && !given_.part_migrate && !given_.part_data && !given_.part_validate;
  return all || part;
}

void Deployment::say(const std::string& line) {
  report_.lines.push_back(line);
  if (!given_.quiet) std::cerr << "  | " << line << "\n";
}

std::map<std::string, std::string> Deployment::facts() const {
  return {{"PLUMB_DATABASE", report_.database}, {"PLUMB_SCHEMA", report_.schema}, {"PLUMB_VERSION_FROM", report_.version_from}, {"PLUMB_VERSION_TO", report_.version_to}, {"PLUMB_VERSION", report_.version_to},
          {"PLUMB_PACKAGE", package_.path()}, {"PLUMB_DEPLOYMENT", number_ == 0 ? std::string() : std::to_string(number_)}, {"PLUMB_OUTCOME", code_ == Ok ? "ok" : "failed"}};
}

bool Deployment::phase(const std::string& name, const std::function<Ended()>& work) {
  if (!given_.quiet) std::cerr << "== " << name << "\n";
  const auto begin = Clock::now();
  Ended ended;
  try {
    ended = work();
  } catch (const DatabaseError& error) {
    ended = {error.kind() == DatabaseErrorKind::Locked ? LockedExit : ErrorExit, error.what()};
  } catch (const UsageError& error) {
    ended = {UsageExit, error.what()};
  } catch (const Error& error) {
    ended = {ErrorExit, error.what()};
  }
  deploy::Phase made{name, ended.code != Ok ? "failed" : ended.skipped ? "skipped" : "done", ended.text, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin)};
  if (ended.code != Ok) std::cerr << "plumb: " << name << ": " << ended.text << "\n";
  else if (!given_.quiet && !ended.text.empty()) std::cerr << "   " << ended.text << "\n";
  report_.phases.push_back(std::move(made));
  if (ended.code != Ok && code_ == Ok) code_ = ended.code;
  return ended.code == Ok;
}

int Deployment::run() {
  const bool changes = wants(given_.part_migrate) || wants(given_.part_data);
  const auto all_is_well = [&] {
    if (!phase("preflight", [&] { return preflight(); })) return false;
    const bool backs_up = wants(given_.part_backup) && !given_.no_backup && !given_.dry_run && kind_ == Kind::Update;
    if (backs_up) {
      if (has_hook("before-backup") && !phase("before-backup", [&] { return hook("before-backup"); })) return false;
      if (!phase("backup", [&] { return back_up(); })) return false;
      if (has_hook("after-backup") && !phase("after-backup", [&] { return hook("after-backup"); })) return false;
    }
    if (changes) {
      if (!phase("plan", [&] { return make_plan(); })) return false;
      if (given_.dry_run) return true;
    }
    const bool has_work = changes && (!plan_ || !plan::is_empty(*plan_));
    if (has_work) {
      if (has_hook("maintenance-on")) {
        maintenance_ = true;
        if (!phase("maintenance-on", [&] { return hook("maintenance-on"); })) return false;
      }
      if (has_hook("before-apply") && !phase("before-apply", [&] { return hook("before-apply"); })) return false;
      if (!phase("apply", [&] { return apply(); })) return false;
      if (data_apart_ && !phase("data", [&] { return sync_alone(); })) return false;
      if (kind_ == Kind::Installation && !phase("seed", [&] { return seed(); })) return false;
      if (has_hook("after-apply") && !phase("after-apply", [&] { return hook("after-apply"); })) return false;
    }
    if (given_.dry_run) return true;
    if (wants(given_.part_validate)) {
      if (has_hook("before-validate") && !phase("before-validate", [&] { return hook("before-validate"); })) return false;
      if (!phase("validate", [&] { return validate(); })) return false;
      if (has_hook("after-validate") && !phase("after-validate", [&] { return hook("after-validate"); })) return false;
    }
    return !has_hook("health") || !has_work || phase("health", [&] { return hook("health"); });
  };
  if (!all_is_well()) after_failure();
  report_.stands = what_stands();
  const bool is_whole = code_ == Ok || undone_ || number_ == 0;
  if (maintenance_ && is_whole) phase("maintenance-off", [&] { return hook("maintenance-off"); });
  report_.succeeded = code_ == Ok;
  return code_;
}

void Deployment::after_failure() {
  if (number_ != 0 && !undone_ && given_.on_failure == "rollback") phase("rollback", [&]() -> Ended {
      undo();
      return undone_ ? Ended{Ok, "everything that was done is undone"} : Ended{InterruptedExit, "it did not come to its end; `plumb status` says where it stands"};
    });
  if (has_hook("failed")) phase("failed", [&] { return hook("failed"); });
}

/// Everything in the history that came with this deployment, the newest first.
void Deployment::undo() {
  Arguments back = arguments_;
  back.verb = "rollback";
  for (;;) {
    const Session session = open_session(arguments_, db::OpenMode::ReadWrite);
    const auto all = apply::deployments(*session.connection, *session.dialect, 1'000'000);
    const auto open = apply::half_done(*session.connection, *session.dialect);
    const auto stands = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.number > last_before_ && one.outcome == "done" && one.undoes == 0; });
    if (!open && stands == all.end()) break;
    if (command_rollback(back) != Ok) return;
  }
  undone_ = true;
}

Deployment::Ended Deployment::preflight() {
  const Session session = open_session_to_plan(arguments_);
  report_.version_from = recorded_version(*session.connection, *session.dialect);
  if (const auto newest = apply::deployments(*session.connection, *session.dialect, 1); !newest.empty()) last_before_ = newest.front().number;
  const bool is_new_file = db::parse_target(given_.db).engine == "sqlite" && !file_exists(db::parse_target(given_.db).path);
  if (kind_ == Kind::Installation) {
    const LiveState live = introspect(*session.connection, *session.dialect);
    if (!is_empty(live.schema.schema()) || !live.version.empty()) return {RefusedExit, "the database is not empty; `plumb deploy` updates one; nothing was run"};
  }
  if (is_new_file) return {Ok, "the file does not exist yet and will be made"};
  const auto checks = deploy::preflight(*session.connection, *session.dialect, {package_.facts().version, package_.facts().after});
  if (!given_.quiet) std::cerr << deploy::to_text(checks, false);
  const auto bad = std::find_if(checks.begin(), checks.end(), [](const PreflightCheck& check) { return check.level == CheckLevel::Bad; });
  if (bad == checks.end()) return {Ok, counted(checks.size(), "check")};
  const int code = bad->name == "version" ? RefusedExit : bad->name == "lock" ? LockedExit : bad->name == "deployments" ? InterruptedExit : ErrorExit;
  return {code, bad->name + ": " + bad->text + "; nothing was run"};
}

Deployment::Ended Deployment::back_up() {
  const db::Target target = target_of(arguments_);
  if (target.engine == "sqlite" && !file_exists(target.path)) return {Ok, "there is nothing to back up yet", true};
  const backup::Created created = make_backup(arguments_, {});
  return {Ok, created.path};
}

Deployment::Ended Deployment::make_plan() {
  if (!wants(given_.part_migrate)) return {Ok, "the schema stays as it is", true};
  const std::string engine(dialect_for(target_of(arguments_).engine).name());
  const std::string reviewed = !given_.plans.empty() ? given_.plans.front() : package_.plan(engine);
  if (!reviewed.empty()) return read_reviewed_plan(reviewed);
  if (arguments_.policy && arguments_.policy->review && !given_.dry_run) return {RefusedExit, "the policy `" + arguments_.policy->name + "` wants plans to be reviewed: put one into the package, or give it with --plan; nothing was run"};
  const auto description = load_description(arguments_);
  if (!description) return {ErrorExit, "the description has errors"};
  const Session session = open_session_to_plan(arguments_);
  const LiveState live = look_at(arguments_, session, *description);
  plan_ = prepare_plan(arguments_, session, live, *description).plan;
  if (data_waits_for_steps(*plan_)) {
    data_apart_ = true;
    Arguments schema_alone = arguments_;
    schema_alone.data.clear();
    plan_ = prepare_plan(schema_alone, session, live, *description).plan;
    if (!given_.quiet) std::cerr << "   the master data is compared once the data steps have run\n";
  }
  return show_and_ask();
}

Deployment::Ended Deployment::read_reviewed_plan(const std::string& path) {
  const auto read = plan::read_plan(read_file(path));
  if (const auto* problem = std::get_if<plan::NotAPlan>(&read)) return {problem->changed ? StaleExit : ErrorExit, path + ": " + problem->reason + "; nothing was run"};
  plan_ = std::get<plan::Plan>(read);
  const Session session = open_session_to_plan(arguments_);
  if (plan_->engine != session.dialect->name()) return {StaleExit, "the reviewed plan is for " + plan_->engine + "; nothing was run"};
  const std::string live = diff::fingerprint(introspect(*session.connection, *session.dialect).schema.schema(), session.dialect->match_rules().lexis);
  if (!plan_->steps.empty() && live != plan_->from) return {StaleExit, "the reviewed plan was made for another state of the database: review a new one; nothing was run"};
  say_under_which_policy(given_, *plan_);
  data_apart_ = !arguments_.data.empty() && leaves_data_for_later(*plan_);
  return show_and_ask();
}

Deployment::Ended Deployment::show_and_ask() {
  if (!given_.json && !given_.quiet) std::cout << plan::to_text(*plan_, color_on_stdout(given_)) << std::flush;
  if (!plan_->blocked.empty()) return {RefusedExit, "blocked: " + plan_->blocked.front().text + "; nothing was run"};
  if (plan::is_empty(*plan_)) return {Ok, "nothing to do"};
  if (given_.dry_run) return {Ok, plan::summary(*plan_)};
  if (const std::string why = held_back(given_, *plan_); !why.empty()) return {RefusedExit, why + "; nothing was run"};
  if (!confirmed(given_, "Apply these steps? Only `yes` applies them: ")) return {RefusedExit, "not applied"};
  return {Ok, plan::summary(*plan_)};
}

Deployment::Ended Deployment::apply() {
  if (!wants(given_.part_migrate)) return sync_alone();
  if (plan::is_empty(*plan_)) return {Ok, "nothing to do", true};
  const Session session = open_session(arguments_, db::OpenMode::CreateIfMissing);
  const int code = run_plan(arguments_, session, *plan_);
  look_for_own(session, code);
  return {code, code == Ok ? "deployment #" + std::to_string(number_) : "see above"};
}

/// What failed may have been undone already; what came before it stands.
void Deployment::look_for_own(const Session& session, int code) {
  const auto newest = apply::deployments(*session.connection, *session.dialect, 1);
  const bool is_mine = !newest.empty() && newest.front().number > last_before_;
  const bool stands = code == Ok || apply::half_done(*session.connection, *session.dialect);
  if (is_mine && stands) number_ = newest.front().number;
  undone_ = code != Ok && number_ == 0;
}

Deployment::Ended Deployment::sync_alone() {
  if (arguments_.data.empty()) return {Ok, "the package has no master data", true};
  Arguments sync = arguments_;
  sync.verb = "data sync";
  sync.paths = {arguments_.data};
  const int code = command_data_sync(sync);
  look_for_own(open_session(arguments_, db::OpenMode::ReadOnly), code);
  return {code, code == Ok ? "master data" : "see above"};
}

Deployment::Ended Deployment::seed() {
  const auto description = load_description(arguments_);
  if (!description) return {ErrorExit, "the description has errors"};
  if (description->seeds.empty()) return {Ok, "the description has none", true};
  const Session session = open_session(arguments_, db::OpenMode::ReadWrite);
  std::uint64_t rows = 0;
  for (const auto& table : data::seed(*session.connection, *session.dialect, *description)) rows += table.rows;
  return {Ok, counted(rows, "row")};
}

Deployment::Ended Deployment::validate() {
  const auto description = load_description(arguments_);
  if (!description) return {ErrorExit, "the description has errors"};
  const Session session = open_session(arguments_, db::OpenMode::ReadOnly);
  const validate::Report found = validate::check(*session.connection, *session.dialect, *description);
  if (!validate::differs(found, arguments_.strict)) return {Ok, counted(found.tables, "table") + ", " + counted(found.assertions, "assertion")};
  for (const auto& finding : found.findings) say(finding.text);
  return {DifferenceExit, "the database is not what the description says"};
}

Deployment::Ended Deployment::hook(const std::string& name) {
  const std::string problem = deploy::run_hooks(hooks_, name, facts(), [&](const std::string& line) { say(name + ": " + line); });
  return problem.empty() ? Ended{Ok, {}} : Ended{ErrorExit, problem};
}

std::string Deployment::what_stands() {
  try {
    const db::Target target = target_of(arguments_);
    if (target.engine == "sqlite" && !file_exists(target.path)) return "there is no database yet";
    const Session session = open_session(arguments_, db::OpenMode::ReadOnly);
    if (const auto open = apply::half_done(*session.connection, *session.dialect)) return "between start and end: deployment #" + std::to_string(open->number) + " is half done; " + apply::ways_out(*open);
    const std::string version = recorded_version(*session.connection, *session.dialect);
    const std::string at = version.empty() ? std::string("no version") : "version " + version;
    if (code_ == Ok) return "the database is at its end: " + at;
    if (undone_ || number_ == 0) return "the database is as it was at the start: " + at;
    return "the database is at its end, " + at + ", although the deployment failed";
  } catch (const Error& error) {
    return std::string("not known, as the database cannot be asked: ") + error.what();
  }
}

}  // namespace plumb::cli
