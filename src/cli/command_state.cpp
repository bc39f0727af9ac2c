// cli/command_state.cpp: plumb validate, plumb status, plumb history.
#include <iostream>
#include <optional>

#include <nlohmann/json.hpp>

#include "apply/history.hpp"
#include "apply/journal.hpp"
#include "apply/syncs.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "plan/document.hpp"
#include "probe/make_plan.hpp"
#include "support/text.hpp"
#include "support/version.hpp"
#include "validate/validate.hpp"

namespace plumb::cli {
namespace {

using Json = nlohmann::ordered_json;

Json deployment_json(const apply::Deployment& deployment) {
  return Json{{"number", deployment.number}, {"version", deployment.version}, {"outcome", deployment.outcome}, {"started_at", deployment.started_at},
              {"duration_ms", deployment.duration_ms}, {"applied_by", deployment.applied_by}, {"statements_run", deployment.statements_run},
              {"checksum", deployment.checksum}, {"unchanged", apply::is_unchanged(deployment)}, {"undoes", deployment.undoes == 0 ? Json(nullptr) : Json(deployment.undoes)}, {"error", deployment.error.empty() ? Json(nullptr) : Json(deployment.error)}};
}

std::string deployment_line(const apply::Deployment& deployment) {
  std::string line = "#" + std::to_string(deployment.number) + "  " + (deployment.version.empty() ? "-" : deployment.version) + "  " + deployment.outcome + "  " + deployment.started_at + "  " +
                     std::to_string(deployment.duration_ms) + " ms  " + counted(static_cast<std::uint64_t>(deployment.statements_run), "statement") + "  " + deployment.applied_by;
  if (deployment.undoes != 0) line += "  rolls back #" + std::to_string(deployment.undoes);
  if (!apply::is_unchanged(deployment)) line += "\n    what was recorded of it has been changed since: it is not what was run";
  if (!deployment.error.empty()) line += "\n    " + std::string(deployment.error.substr(0, deployment.error.find('\n')));
  return line;
}

Json synced_json(const std::vector<apply::SyncedTable>& tables) {
  Json list = Json::array();
  for (const auto& one : tables) {
    list.push_back(Json{{"table", one.table}, {"mode", one.mode}, {"compared", one.compared}, {"inserted", one.inserted}, {"updated", one.updated}, {"deleted", one.deleted},
                        {"retired", one.retired}, {"unchanged", one.unchanged}, {"kept", one.kept}, {"conflicts", one.conflicts}, {"only_here", one.only_here},
                        {"duration_ms", one.duration_ms}});
  }
  return list;
}

/// "deployment #3, cut off in step 5 of 9 (table a)".
std::string place_of(db::Connection& connection, const apply::Deployment& deployment) {
  std::string text = "deployment #" + std::to_string(deployment.number) + (deployment.outcome == "running" ? ", cut off " : ", stopped ");
  const auto read = plan::read_plan(deployment.plan);
  const auto entry = apply::Journal(connection, deployment.number).last();
  if (!entry || !std::holds_alternative<plan::Plan>(read)) return text + "before its first statement";
  const auto& steps = std::get<plan::Plan>(read).steps;
  text += std::string(entry->finished ? "after a statement of" : "in") + " step " + std::to_string(entry->place.step + 1) + " of " + std::to_string(steps.size());
  return entry->place.step < steps.size() ? text + " (" + replace_all(steps[entry->place.step].what, "`", "") + ")" : text;
}

/// What a health check asked for.
struct Requirement {
  bool met = false;
  std::string text;
};

Requirement judge(const std::string& asked, const std::string& recorded) {
  const VersionRange range = VersionRange::parse(asked);
  if (recorded.empty()) return {false, "the database has no recorded version; " + asked + " is required"};
  const auto version = parse_version(recorded);
  if (!version) return {false, "the database has version " + recorded + ", which has no place in the order of versions; " + asked + " is required"};
  const bool met = range.contains(*version);
  return {met, "the database has version " + recorded + (met ? ", as required by " + asked : "; " + asked + " is required")};
}

/// Deployments of which somebody has changed the record, among the newest ones.
std::vector<std::int64_t> changed_records(const Session& session) {
  std::vector<std::int64_t> numbers;
  for (const auto& deployment : apply::deployments(*session.connection, *session.dialect)) {
    if (!apply::is_unchanged(deployment)) numbers.push_back(deployment.number);
  }
  return numbers;
}

}  // namespace

int command_validate(const Arguments& arguments) {
  const auto description = load_description(arguments);
  if (!description) return ErrorExit;
  const Session session = open_session(arguments, db::OpenMode::ReadOnly);
  const validate::Report report = validate::check(*session.connection, *session.dialect, *description);
  std::cout << (arguments.json ? validate::to_json(report, arguments.strict) : validate::to_text(report, arguments.strict, color_on_stdout(arguments)));
  return validate::differs(report, arguments.strict) ? DifferenceExit : Ok;
}

int command_status(const Arguments& arguments) {
  const Session session = open_session(arguments, db::OpenMode::ReadOnly);
  const auto open = apply::open_deployment(*session.connection, *session.dialect);
  const auto last = apply::deployments(*session.connection, *session.dialect, 1);
  const std::string version = recorded_version(*session.connection, *session.dialect);
  Json json{{"database", session.connection->display_name()}, {"engine", session.dialect->name()}, {"version", version.empty() ? Json(nullptr) : Json(version)}};
  std::string text = session.connection->display_name() + " (" + std::string(session.dialect->name()) + " " + session.connection->server_version() + ")\n";
  text += "version: " + (version.empty() ? std::string("none recorded") : version) + "\n";
  if (!arguments.to.empty()) {
    const auto description = load_description(arguments);
    if (!description) return ErrorExit;
    PlanOptions options;
    options.ask_rows = false;
    options.needs_server_spelling = false;
    const plan::Draft draft = make_plan(*session.connection, *session.dialect, *description, options);
    text += "pending: " + plan::summary(draft.plan) + "\n";
    for (const auto& refusal : draft.plan.blocked) {
      if (refusal.code == "older-description") text += refusal.text + "\n";
    }
    json["declared_version"] = description->version;
    json["pending"] = Json::array();
    for (const Step& step : draft.plan.steps) json["pending"].push_back(step.what);
  }
  const bool is_running = open && open->is_running;
  const bool is_half_done = open && !open->is_running;
  json["half_done"] = is_half_done;
  json["running"] = is_running;
  if (is_running) text += "deployment #" + std::to_string(open->deployment.number) + " is running just now\n";
  else if (is_half_done) text += "half done: " + place_of(*session.connection, open->deployment) + "; " + apply::ways_out(open->deployment) + "\n";
  if (!last.empty()) text += "last deployment: " + deployment_line(last.front()) + "\n";
  json["last_deployment"] = last.empty() ? Json(nullptr) : deployment_json(last.front());
  const auto changed = changed_records(session);
  json["changed_records"] = changed;
  for (const auto number : changed) text += "deployment #" + std::to_string(number) + ": what was recorded of it has been changed since\n";
  const auto requirement = arguments.require.empty() ? std::nullopt : std::optional(judge(arguments.require, version));
  if (requirement) {
    json["required"] = Json{{"version", arguments.require}, {"met", requirement->met}, {"text", requirement->text}};
    text += requirement->text + "\n";
  }
  std::cout << (arguments.json ? json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n" : text);
  if (requirement && !requirement->met && !is_half_done) return DifferenceExit;
  return is_half_done ? InterruptedExit : Ok;
}

int command_history(const Arguments& arguments) {
  const Session session = open_session(arguments, db::OpenMode::ReadOnly);
  const auto deployments = apply::deployments(*session.connection, *session.dialect, arguments.limit);
  if (arguments.json) {
    Json json = Json::array();
    for (const auto& deployment : deployments) {
      json.push_back(deployment_json(deployment));
      const auto synced = apply::synced_tables(*session.connection, *session.dialect, deployment.number);
      if (!synced.empty()) json.back()["synced"] = synced_json(synced);
    }
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    return Ok;
  }
  if (deployments.empty()) std::cout << "plumb has applied nothing here yet\n";
  for (const auto& deployment : deployments) std::cout << deployment_line(deployment) << "\n";
  return Ok;
}

}  // namespace plumb::cli
