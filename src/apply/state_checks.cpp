#include "apply/state_checks.hpp"

#include <algorithm>
#include <map>

#include "diff/fingerprint.hpp"
#include "introspect/live_state.hpp"
#include "plan/build.hpp"
#include "plan/touched.hpp"
#include "probe/ask_assertions.hpp"
#include "probe/ask_rows.hpp"
#include "support/error.hpp"
#include "support/text.hpp"
#include "support/version.hpp"

namespace plumb::apply {

std::string StateChecks::live_fingerprint() const { return diff::fingerprint(dialect_.canonicalise(dialect_.read(connection_)).schema(), dialect_.match_rules().lexis); }

std::string StateChecks::live_touched(const Touched& touched) const {
  std::vector<std::string> attic;
  for (const auto& row : connection_.query(dialect_.attic_query()).rows) attic.push_back(db::as_text(row.at(0)));
  return plan::touched_fingerprint(touched, dialect_.canonicalise(dialect_.read(connection_)).schema(), attic, dialect_.match_rules().lexis);
}

std::optional<std::string> StateChecks::why_stale(bool is_way_back) {
  const CanonicalSchema live = dialect_.canonicalise(dialect_.read(connection_));
  if (diff::fingerprint(live.schema(), dialect_.match_rules().lexis) != plan_.from) return "the database is not the one that this plan was made for: its schema has changed since; make a new plan";
  live_ = live.schema();
  return is_way_back ? std::nullopt : moved_on();
}

std::optional<std::string> StateChecks::moved_on() const {
  const std::string version = recorded_version(connection_, dialect_);
  if (is_older(plan_.version_to, version)) return "the database is newer: " + version + " > " + plan_.version_to + "; make a new plan";
  // another run may have come to its end between the reading of the version and that of the schema
  const bool only_records = plan_.steps.empty() && plan_.version_from != plan_.version_to;
  if (only_records && version == plan_.version_to) return "the database has version " + version + " already; make a new plan";
  const auto runs = has_once_steps() ? once_runs(connection_, dialect_) : std::map<std::string, OnceRun>();
  for (const Step& step : plan_.steps) {
    const auto run = step.once ? runs.find(step.once->name) : runs.end();
    if (run != runs.end() && !run->second.failed) return "`once " + step.once->name + "` has run since this plan was made; make a new plan";
  }
  return std::nullopt;
}

bool StateChecks::has_once_steps() const {
  return std::any_of(plan_.steps.begin(), plan_.steps.end(), [](const Step& step) { return step.once.has_value(); });
}

std::vector<std::string> StateChecks::tables_of_steps() const {
  std::vector<std::string> tables;
  for (const Step& step : plan_.steps) {
    const std::string& table = step.table_before.empty() ? step.table : step.table_before;
    const bool is_known = std::find(tables.begin(), tables.end(), table) != tables.end();
    if (!is_known && live_.tables.contains(table)) tables.push_back(table);
  }
  return tables;
}

std::optional<std::string> StateChecks::rows_in_the_way() const {
  std::vector<Step> steps = plan_.steps;
  for (Step& step : steps) {
    std::vector<Question> asked;
    for (std::size_t i = 0; i < step.questions.size(); ++i) {
      if (!must_be_zero(step, i)) continue;
      asked.push_back(step.questions[i]);
      asked.back().answer.reset();
      asked.back().unanswered.clear();
      asked.back().blocks = true;
    }
    step.questions = std::move(asked);
  }
  ask_rows(connection_, dialect_, live_, {std::chrono::seconds(0), name_rows_}, steps);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (const Question& question : steps[i].questions) {
      const std::string where = "in the way of step " + std::to_string(i + 1) + ": " + question.text;
      if (plan::fails_over_a_row(question)) return where + ": " + question.unanswered + "\n  nothing was run";
      if (question.answer.value_or(0) == 0) continue;
      const std::string found_by = name_rows_ || question.finds.empty() ? std::string() : "\n  they are found by " + question.finds;
      const std::string examples = question.examples.empty() ? found_by : "\n  for example " + join(question.examples, "; ");
      return counted(*question.answer, "row") + " " + where + (question.advice.empty() ? "" : "; " + question.advice) + examples + "\n  nothing was run";
    }
  }
  return std::nullopt;
}

/// It blocks, or the plan was found harmless because of its answer.
bool StateChecks::must_be_zero(const Step& step, std::size_t number) const {
  if (step.questions[number].blocks) return true;
  return std::any_of(step.risks.begin(), step.risks.end(), [&](const Risk& risk) {
    const bool is_permitted = risk.kind == RiskKind::Narrow && plan::permits(plan_.allowed, risk.kind);
    return risk.decided_by == static_cast<int>(number) && step.questions[number].answer == 0 && !is_permitted;
  });
}

std::uint64_t StateChecks::broken_references() const {
  const std::string query = dialect_.broken_references_query();
  const bool at_risk = std::any_of(plan_.steps.begin(), plan_.steps.end(), [](const Step& step) { return step.how == "rebuild" || step.how == "drop" || step.how == "once" || step.how == "keep aside" || step.how == "undo" || step.how == "sync"; });
  if (query.empty() || !at_risk) return 0;
  try {
    return static_cast<std::uint64_t>(db::single_integer(connection_, query));
  } catch (const DatabaseError& error) {
    if (error.kind() != DatabaseErrorKind::Other) throw;
    return orphans();  // a key that refers to no unique columns: the engine does not check anything then
  }
}

/// Key by key; keys to what does not exist are left out.
std::uint64_t StateChecks::orphans() const {
  const Schema schema = dialect_.read(connection_);
  std::uint64_t count = 0;
  for (const auto& [name, table] : schema.tables) {
    for (const ForeignKey& key : table.foreign_keys) count += orphans_of(schema, table, key);
  }
  return count;
}

std::string StateChecks::keys_of_broken_references(const std::set<std::string>& tables) const {
  const Schema schema = dialect_.read(connection_);
  std::vector<std::string> keys;
  for (const auto& [name, table] : schema.tables) {
    if (!tables.empty() && !tables.contains(name)) continue;
    for (const ForeignKey& key : table.foreign_keys) {
      if (orphans_of(schema, table, key) > 0) keys.push_back("`" + name + "` (" + join(key.columns, ", ") + ") to `" + key.table + "`");
    }
  }
  return join(keys, ", ");
}

std::uint64_t StateChecks::orphans_of(const Schema& schema, const Table& table, const ForeignKey& key) const {
  const auto parent = schema.tables.find(key.table);
  if (parent == schema.tables.end() || !key.database.empty()) return 0;
  Question question;
  question.kind = QuestionKind::OrphansOf;
  question.table = table.name;
  question.columns = key.columns;
  question.parent = parent->second.name;
  question.parent_columns = key.referenced;
  if (key.referenced.empty() && parent->second.primary_key) {
    for (const IndexPart& part : parent->second.primary_key->parts) question.parent_columns.push_back(part.column);
  }
  const bool exist = std::all_of(question.parent_columns.begin(), question.parent_columns.end(), [&](const std::string& c) { return parent->second.find_column(c) != nullptr; });
  if (!exist || question.parent_columns.size() != question.columns.size()) return 0;
  return static_cast<std::uint64_t>(db::single_integer(connection_, dialect_.spell(question)));
}

void StateChecks::ask_assertions() const {
  for (const auto& assertion : plan_.assertions) {
    if (const auto why = why_it_fails(connection_, assertion.text, assertion.sql)) throw Error("assertion failed: " + *why);
  }
}

void StateChecks::verify_end_state() const {
  if (live_fingerprint() != plan_.to) throw Error("verification failed: the schema after the last step is not the one that the plan promised");
}

}  // namespace plumb::apply
