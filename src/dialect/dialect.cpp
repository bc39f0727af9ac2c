#include "dialect/dialect.hpp"

#include <algorithm>

#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb {

const Dialect& dialect_for(std::string_view engine) {
  static const sqlite::SqliteDialect sqlite;
  static const mariadb::MariaDbDialect mariadb;
  if (engine == sqlite.name()) return sqlite;
  if (engine == mariadb.name()) return mariadb;
  throw UsageError("there is no engine `" + std::string(engine) + "`; plumb knows `sqlite` and `mariadb`");
}

std::optional<KeptValues> Dialect::values_to_keep(const diff::Pair<Table>& pair, const PlanInput& input, unsigned& number) const {
  if (input.attic.prefix.empty()) return std::nullopt;
  const auto intent = input.description.tables.find(pair.after.name);
  const auto quote_name = [this](std::string_view text) { return quote(text); };
  KeptValues values;
  values.columns = columns_to_keep(pair, intent == input.description.tables.end() ? TableIntent() : intent->second, name(), quote_name);
  if (input.attic.narrowed) {
    for (const auto& change : diff::compare(pair.before, pair.after).columns_altered) {
      if (change.before.generated || change.after.generated) continue;
      std::vector<std::string> changed;
      for (const Question& question : narrowing(change, pair)) {
        if (!question.blocks) changed.push_back(question.condition.empty() ? quote(change.before.name) + " IS NOT NULL" : question.condition);
      }
      if (!changed.empty()) values.columns.push_back({change.before.name, join(changed, " OR "), false, false, true});
    }
  }
  if (values.columns.empty()) return std::nullopt;
  for (KeptColumn& kept : values.columns) {
    const Column* before = pair.before.find_column(kept.column);
    const Column* after = kept.dropped ? nullptr : pair.after.find_column(kept.column);
    if (before == nullptr || after == nullptr || before->type == after->type) continue;
    const bool holds_all = narrowing({*before, *after}, pair).empty();
    if (kept.filled && !holds_all) continue;  // what is filled is narrowed later
    kept.new_type = after->type.native.common + (after->charset.empty() ? std::string() : " CHARACTER SET " + after->charset) + (after->collation.empty() ? std::string() : " COLLATE " + after->collation);
  }
  values.table = pair.after.name;
  values.key = row_key(pair);
  for (const Column& column : pair.before.columns) {
    if (values.key.empty() && column.invisible) values.invisible.push_back(column.name);
  }
  values.aside = input.attic.prefix + std::to_string(++number);
  return values;
}

std::vector<std::string> Dialect::expanded_from_nothing(const Schema& schema) const {
  diff::Match match;
  Schema nothing;
  nothing.options = schema.options;
  match.changes = diff::diff(nothing, schema);
  match.start = std::make_shared<const Schema>(nothing);
  const Description nothing_said;
  std::vector<std::string> statements;
  for (const Step& step : expand({nothing, match, match.changes, nothing_said})) {
    for (const Command& command : step.commands) {
      if (command.kind == CommandKind::Guard) continue;
      for (auto& statement : statements_of(command)) statements.push_back(std::move(statement));
    }
  }
  return statements;
}

BatchQueries Dialect::batch_queries(const Batches& /*batches*/) const { return {}; }

std::vector<std::string> dialect_names() { return {"mariadb", "sqlite"}; }

}  // namespace plumb
