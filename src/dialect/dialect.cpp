#include "dialect/dialect.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

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

CanonicalSchema Dialect::canonicalise(const Schema& schema) const {
  ByName<Table> as_read;
  for (const auto& [name, table] : schema.tables) {
    if (is_as_read(table)) as_read.emplace_hint(as_read.end(), name, table);
  }
  return CanonicalSchema(in_own_spelling(schema, std::move(as_read)));
}

CanonicalSchema Dialect::canonicalise(Schema&& schema) const {
  ByName<Table> as_read;
  for (auto table = schema.tables.begin(); table != schema.tables.end();) {
    const auto next = std::next(table);
    if (is_as_read(table->second)) as_read.insert(as_read.end(), schema.tables.extract(table));
    table = next;
  }
  return CanonicalSchema(in_own_spelling(schema, std::move(as_read)));
}

namespace {

std::string type_in_full(const Column& column) {
  return column.type.native.common + (column.charset.empty() ? std::string() : " CHARACTER SET " + column.charset) + (column.collation.empty() ? std::string() : " COLLATE " + column.collation);
}

/// Those that change, and all where the options of the table, which may say what its columns take, do.
std::vector<diff::Pair<Column>> columns_written_anew(const diff::Pair<Table>& pair) {
  const diff::TableDelta delta = diff::compare(pair.before, pair.after);
  std::vector<diff::Pair<Column>> columns = delta.columns_altered;
  for (const Column& column : pair.after.columns) {
    const Column* before = pair.before.find_column(column.name);
    if (delta.options_changed && before != nullptr && *before == column) columns.push_back({*before, column});
  }
  return columns;
}

/// Each column with what it becomes again.
std::vector<std::pair<const Column*, const Column*>> columns_that_go_back(const diff::Pair<Table>& back) {
  std::vector<std::pair<const Column*, const Column*>> columns;
  for (const Column& column : back.before.columns) {
    const Column* old = back.after.find_column(column.name);
    if (old != nullptr && !old->generated && !column.generated) columns.emplace_back(&column, old);
  }
  return columns;
}

Command guard_of_rows_since(const Dialect& dialect, const Table& table, Question question, const std::string& problem) {
  question.table = table.name;
  return {CommandKind::Guard, dialect.spell(question), "{n} of table `" + table.name + "`" + std::string(came_since) + problem, dialect.spell_rows(question, table)};
}

}  // namespace

std::optional<KeptValues> Dialect::values_to_keep(const diff::Pair<Table>& pair, const PlanInput& input, unsigned& number) const {
  if (input.attic.prefix.empty()) return std::nullopt;
  const auto intent = input.description.tables.find(pair.after.name);
  const auto quote_name = [this](std::string_view text) { return quote(text); };
  KeptValues values;
  values.columns = columns_to_keep(pair, intent == input.description.tables.end() ? TableIntent() : intent->second, name(), quote_name);
  for (const auto& change : columns_written_anew(pair)) {
    if (change.before.generated || change.after.generated) continue;
    const std::string all = quote(change.before.name) + " IS NOT NULL";
    std::vector<std::string> changed;
    const std::vector<Question> narrowed = narrowing(change, pair);
    if (narrowed.empty() && change.before == change.after) continue;
    bool whole = !comes_back(change, pair);
    for (const Question& question : narrowed) {
      if (question.blocks || !input.attic.narrowed) continue;
      whole = whole || question.condition.empty();
      changed.push_back(question.condition);
    }
    if (whole || !changed.empty()) values.columns.push_back({change.before.name, whole ? all : join(changed, " OR "), false, false, true, whole});
  }
  if (values.columns.empty()) return std::nullopt;
  for (KeptColumn& kept : values.columns) {
    const Column* before = pair.before.find_column(kept.column);
    const Column* after = kept.dropped ? nullptr : pair.after.find_column(kept.column);
    if (before != nullptr) kept.old_type = type_in_full(*before);
    if (before == nullptr || after == nullptr || before->type == after->type) continue;
    const bool holds_all = narrowing({*before, *after}, pair).empty();
    if (kept.filled && !holds_all) continue;  // what is filled is narrowed later
    kept.new_type = type_in_full(*after);
  }
  values.table = pair.after.name;
  values.key = row_key(pair);
  const auto is_filled = [&](const std::string& name) { return std::any_of(values.columns.begin(), values.columns.end(), [&](const KeptColumn& kept) { return kept.filled && equal_ignoring_case(kept.column, name); }); };
  if (std::any_of(values.key.begin(), values.key.end(), is_filled)) values.key.clear();
  if (values.key.empty()) values.every_column = every_column(pair.before, quote_name);
  values.aside = input.attic.prefix + std::to_string(++number);
  return values;
}

std::vector<Command> Dialect::guards_of_nulls(const diff::Pair<Table>& back) const {
  std::vector<Command> guards;
  for (const auto& [column, old] : columns_that_go_back(back)) {
    if (!column->nullable || old->nullable) continue;
    Question question;
    question.kind = QuestionKind::NullsIn;
    question.columns = {column->name};
    guards.push_back(guard_of_rows_since(*this, back.before, std::move(question), "have no value for `" + column->name + "`, which is not null again; give them one, or remove them"));
  }
  return guards;
}

Command Dialect::guard_of_rows_not_kept(const KeptValues& kept, std::size_t column, std::string_view why) const {
  return {CommandKind::Guard, rows_not_kept(kept, keeping_forms()),
          "{n} of table `" + kept.table + "`" + std::string(came_since) + "have no value for `" + kept.columns[column].column + "`" + std::string(why) + "; give each a row in `" + kept.aside + "` (k1 … the key, v" +
              std::to_string(column + 1) + " the value), or remove them"};
}

std::vector<Command> Dialect::guards_of_misfits(const diff::Pair<Table>& back, const KeptValues* kept) const {
  std::vector<Command> guards;
  for (const auto& [column, old] : columns_that_go_back(back)) {
    std::string by_the_step;
    for (std::size_t i = 0; kept != nullptr && !kept->key.empty() && i < kept->columns.size(); ++i) {
      if (kept->columns[i].column == column->name && !kept->columns[i].dropped) by_the_step = still_stands(*kept, i, keeping_forms());
    }
    for (Question question : narrowing({*column, *old}, back)) {
      if (question.condition.empty()) continue;
      if (!by_the_step.empty()) question.condition = "(" + question.condition + ") AND NOT " + by_the_step;
      const std::string problem = question.blocks ? "do not fit `" : "would be stored differently in `";
      guards.push_back(guard_of_rows_since(*this, back.before, std::move(question), problem + column->name + "` as `" + old->type.native.common + "`, which it is again; change or remove them"));
    }
  }
  return guards;
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
