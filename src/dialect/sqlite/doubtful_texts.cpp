#include "dialect/sqlite/doubtful_texts.hpp"

#include <algorithm>
#include <vector>

#include "db/target.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "sql/tokens.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

/// The views and triggers, and the tables that they name.
Schema views_and_triggers(const Schema& schema) {
  Schema part;
  part.views = schema.views;
  part.triggers = schema.triggers;
  Names wanted;
  for (const auto& [name, view] : schema.views) wanted.merge(words_of(stored_text(view)));
  for (const auto& [name, trigger] : schema.triggers) {
    wanted.insert(to_lower(trigger.table));
    wanted.merge(words_of(stored_text(trigger)));
  }
  for (const auto& [name, table] : schema.tables) {
    if (wanted.contains(to_lower(name))) part.tables.emplace(name, table);
  }
  for (const auto& [key, opaque] : schema.opaque) {
    if (opaque.kind == "virtual table" && wanted.contains(to_lower(opaque.name))) part.opaque.emplace(key, opaque);
  }
  return part;
}

/// Drops a column of another table where these stand too: the engine reads all of them then.
bool can_be_read(const std::vector<std::string>& statements) {
  try {
    const auto scratch = db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing);
    for (const std::string& sql : statements) scratch->execute(sql);
    scratch->execute("CREATE TABLE plumb_probe (a, b)");
    scratch->execute("ALTER TABLE plumb_probe DROP COLUMN b");
    return true;
  } catch (const DatabaseError&) {
    return false;
  }
}

/// Plans ask the same of one state again and again.
bool can_all_be_read(const Schema& schema) {
  if (schema.views.empty() && schema.triggers.empty()) return true;
  static thread_local std::vector<std::string> asked;
  static thread_local bool answer = true;
  std::vector<std::string> statements = SqliteDialect().recreate(views_and_triggers(schema));
  if (statements != asked) {
    answer = can_be_read(statements);
    asked = std::move(statements);
  }
  return answer;
}

}  // namespace

std::string stored_text(const View& view) { return view.written.text.empty() ? create_view(view) : view.written.text; }

std::string stored_text(const Trigger& trigger) { return trigger.written.text.empty() ? create_trigger(trigger) : trigger.written.text; }

Names words_of(const std::string& text) {
  Names words;
  for (const sql::Token& token : sql::tokenize(text, sql::sqlite_lexis)) {
    if (is_name(token)) words.insert(to_lower(sql::unquoted(token.text)));
  }
  return words;
}

Names all_names(const Schema& schema) {
  Names names{"rowid", "oid", "_rowid_", "new", "old", "main", "excluded", "rank"};
  const auto add = [&](const std::string& name) { names.insert(to_lower(name)); };
  for (const auto& [name, table] : schema.tables) {
    add(name);
    for (const Column& column : table.columns) {
      add(column.name);
      for (const Check& check : column.checks) add(check.name.text);
    }
    for (const Index& index : table.indexes) add(index.name.text);
    for (const Check& check : table.checks) add(check.name.text);
    for (const ForeignKey& key : table.foreign_keys) {
      add(key.name.text);
      add(key.table);
      for (const std::string& column : key.referenced) add(column);
    }
    if (table.primary_key) add(table.primary_key->name.text);
  }
  for (const auto& [name, view] : schema.views) {
    add(name);
    for (const std::string& column : view.columns) add(column);
  }
  for (const auto& [name, trigger] : schema.triggers) add(name);
  for (const auto& [key, opaque] : schema.opaque) add(opaque.name);
  return names;
}

bool has_double_quoted_string(std::string_view text, const Names& names) {
  if (text.find('"') == std::string_view::npos) return false;
  const auto tokens = sql::tokenize(text, sql::sqlite_lexis);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool is_double_quoted = tokens[i].kind == sql::TokenKind::QuotedName && tokens[i].text.front() == '"';
    if (!is_double_quoted || names.contains(to_lower(sql::unquoted(tokens[i].text)))) continue;
    if (i == 0 || !equal_ignoring_case(tokens[i - 1].text, "as")) return true;
  }
  return false;
}

bool has_double_quoted_string(const Table& table, const Names& names) {
  return has_double_quoted_string(table.written.text, names) || std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) { return has_double_quoted_string(index.written.text, names); });
}

bool has_doubtful_texts(const Schema& schema) {
  const Names names = all_names(schema);
  const auto is_doubtful = [&](const auto& entry) { return has_double_quoted_string(stored_text(entry.second), names); };
  return std::any_of(schema.views.begin(), schema.views.end(), is_doubtful) || std::any_of(schema.triggers.begin(), schema.triggers.end(), is_doubtful) ||
         std::any_of(schema.tables.begin(), schema.tables.end(), [&](const auto& entry) { return has_double_quoted_string(entry.second, names); }) || !can_all_be_read(schema);
}

}  // namespace plumb::sqlite
