#include "apply/run_report.hpp"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::apply {
namespace {

using Json = nlohmann::ordered_json;
using Names = std::set<std::string, std::less<>>;

/// In lower case.
Names names_in(const plan::Plan& plan, const sql::Lexis& lexis) {
  Names names;
  for (const Step& step : plan.steps) {
    names.insert({to_lower(step.table), to_lower(step.table_before)});
    for (const auto& table : step.touched.tables) names.insert(to_lower(table));
    if (!step.once) continue;
    for (const Command& command : step.commands) {
      for (const sql::Token& token : sql::tokenize(command.sql, lexis)) names.insert(to_lower(sql::unquoted(token.text)));
    }
  }
  return names;
}

std::optional<std::uint64_t> number(db::Connection& connection, const std::string& query) {
  try {
    return static_cast<std::uint64_t>(db::single_integer(connection, query));
  } catch (const DatabaseError&) {
    return std::nullopt;
  }
}

std::optional<std::uint64_t> rows_of(db::Connection& connection, const Dialect& dialect, const std::string& table) {
  Question question;
  question.kind = QuestionKind::RowsIn;
  question.table = table;
  return number(connection, dialect.spell(question));
}

template <class T>
Json optional_json(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

std::optional<std::uint64_t> rows_in(const Measured& measured, const std::string& table) {
  const auto found = measured.rows.find(table);
  return found == measured.rows.end() ? std::nullopt : std::optional(found->second);
}

/// Of either moment.
std::set<std::string> tables_of(const RunReport& report) {
  std::set<std::string> tables;
  for (const auto& [table, rows] : report.before.rows) tables.insert(table);
  for (const auto& [table, rows] : report.after.rows) tables.insert(table);
  return tables;
}

std::string count_text(const std::optional<std::uint64_t>& count) { return count ? grouped(*count) : std::string("-"); }

std::string versions_text(const plan::Plan& plan) {
  const auto named = [](const std::string& version) { return version.empty() ? std::string("no version") : version; };
  return plan.version_from == plan.version_to ? named(plan.version_to) : named(plan.version_from) + " to " + named(plan.version_to);
}

/// An UPDATE or INSERT … SELECT keeps the rows that it reads until it commits.
bool holds_up_writers(const Step& step) {
  const bool moves_rows = std::any_of(step.commands.begin(), step.commands.end(), [](const Command& command) { return command.kind == CommandKind::Fill || command.company; });
  const bool is_not_known = step.cost.lock.empty() && (step.how == "alter" || step.how == "undo");
  return is_not_known || step.cost.lock == "writes" || step.cost.lock == "all" || moves_rows || step.once || step.how == "keep aside";
}

}  // namespace

Measured measure(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan) {
  Measured measured;
  try {
    const Names names = names_in(plan, dialect.match_rules().lexis);
    for (const auto& [name, table] : dialect.read(connection).tables) {
      if (!names.contains(to_lower(name))) continue;
      if (const auto rows = rows_of(connection, dialect, name)) measured.rows[name] = *rows;
    }
    measured.bytes = number(connection, dialect.size_query());
  } catch (const DatabaseError&) {
    // a report says what is known
  }
  return measured;
}

std::vector<KeptAside> kept_aside(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan) {
  std::vector<KeptAside> kept;
  for (const Step& step : plan.steps) {
    if (step.how != "keep aside" || step.aside.empty()) continue;
    const auto rows = rows_of(connection, dialect, step.aside);
    if (rows) kept.push_back({step.aside, replace_all(step.what, "`", ""), rows});
  }
  return kept;
}

std::string_view word_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::Done: return "done";
    case Outcome::Failed: return "failed";
    case Outcome::Stale: return "stale";
    case Outcome::Locked: return "locked";
    case Outcome::Refused: return "refused";
    case Outcome::HalfDone: return "half-done";
  }
  return {};
}

std::vector<std::chrono::milliseconds> held_up(const RunReport& report, const plan::Plan& plan, const Result& result) {
  std::vector<std::chrono::milliseconds> held;
  if (report.one_transaction) return held;
  auto planned = plan.steps.begin();
  for (const auto& step : result.steps) {  // a run that goes on begins in the middle of the plan
    planned = std::find_if(planned, plan.steps.end(), [&](const Step& one) { return one.what == step.what; });
    held.push_back(planned != plan.steps.end() && holds_up_writers(*planned) ? step.duration : std::chrono::milliseconds(0));
    if (planned != plan.steps.end()) ++planned;
  }
  return held;
}

std::chrono::milliseconds longest_wait(const RunReport& report, const plan::Plan& plan, const Result& result) {
  const auto held = held_up(report, plan, result);
  if (report.one_transaction) return result.duration;
  return held.empty() ? std::chrono::milliseconds(0) : *std::max_element(held.begin(), held.end());
}

std::string to_json(const RunReport& report, const plan::Plan& plan, const Result& result) {
  Json json{{"report", 1}, {"verb", report.verb}, {"outcome", word_of(result.outcome)}, {"message", result.message}, {"deployment", result.number}};
  json["database"] = report.database;
  json["engine"] = report.engine;
  json["server_version"] = report.server_version;
  json["schema"] = plan.schema;
  json["version"] = Json{{"from", plan.version_from}, {"to", plan.version_to}};
  json["fingerprint"] = Json{{"from", plan.from}, {"to", plan.to}};
  json["applied_by"] = report.applied_by;
  json["started_at"] = report.started_at;
  json["ended_at"] = report.ended_at;
  json["duration_ms"] = result.duration.count();
  json["steps"] = Json::array();
  const auto held = held_up(report, plan, result);
  for (std::size_t i = 0; i < result.steps.size(); ++i) {
    const StepReport& step = result.steps[i];
    json["steps"].push_back(Json{{"what", step.what}, {"duration_ms", step.duration.count()}, {"writers_held_ms", held.empty() ? Json(nullptr) : Json(held[i].count())}, {"rows", step.rows}, {"warnings", step.warnings}});
  }
  json["writers_waited_at_most_ms"] = longest_wait(report, plan, result).count();
  json["steps_planned"] = plan.steps.size();
  json["statements"] = result.statements_run.size();
  json["tables"] = Json::array();
  for (const auto& table : tables_of(report)) json["tables"].push_back(Json{{"table", table}, {"rows_before", optional_json(rows_in(report.before, table))}, {"rows_after", optional_json(rows_in(report.after, table))}});
  json["bytes"] = Json{{"before", optional_json(report.before.bytes)}, {"after", optional_json(report.after.bytes)}};
  json["kept_aside"] = Json::array();
  for (const auto& kept : report.kept_aside) json["kept_aside"].push_back(Json{{"table", kept.table}, {"what", kept.what}, {"rows", optional_json(kept.rows)}});
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const RunReport& report, const plan::Plan& plan, const Result& result) {
  std::string text = report.verb + (plan.schema.empty() ? std::string() : " of " + plan.schema) + ", " + versions_text(plan) + ": " + std::string(word_of(result.outcome)) + "\n";
  if (!result.message.empty()) text += result.message + "\n";
  text += "\ndatabase    " + report.database + " (" + report.engine + " " + report.server_version + ")\n";
  if (result.number != 0) text += "deployment  #" + std::to_string(result.number) + "\n";
  text += "by          " + report.applied_by + "\nfrom        " + report.started_at + "\nto          " + report.ended_at + " (" + grouped(static_cast<std::uint64_t>(result.duration.count())) + " ms)\n";
  text += "size        " + count_text(report.before.bytes) + " bytes, now " + count_text(report.after.bytes) + "\n";
  text += "\n" + counted(result.steps.size(), "step") + " of " + grouped(plan.steps.size()) + ", " + counted(result.statements_run.size(), "statement") + "\n";
  const auto held = held_up(report, plan, result);
  for (std::size_t i = 0; i < result.steps.size(); ++i) {
    const StepReport& step = result.steps[i];
    const bool is_held = !held.empty() && held[i].count() > 0;
    text += "  " + grouped(static_cast<std::uint64_t>(step.duration.count())) + " ms  " + replace_all(step.what, "`", "") + (step.rows == 0 ? std::string() : ", " + counted(step.rows, "row")) + (is_held ? ", writers held up" : "") + "\n";
    for (const auto& warning : step.warnings) text += "    warning: " + warning + "\n";
  }
  text += "writers waited at most " + grouped(static_cast<std::uint64_t>(longest_wait(report, plan, result).count())) + " ms at once\n";
  const auto tables = tables_of(report);
  if (!tables.empty()) text += "\nrows of tables, before and after\n";
  for (const auto& table : tables) text += "  " + table + ": " + count_text(rows_in(report.before, table)) + ", " + count_text(rows_in(report.after, table)) + "\n";
  if (!report.kept_aside.empty()) text += "\nkept aside for rollback\n";
  for (const auto& kept : report.kept_aside) text += "  " + kept.table + ": " + count_text(kept.rows) + " (" + kept.what + ")\n";
  return text;
}

}  // namespace plumb::apply
