// dialect/sqlite/canonicalise.cpp: a state in SQLite's own spelling. The only place where that is decided.
#include <algorithm>
#include <set>

#include "dialect/sqlite/sqlite_dialect.hpp"
#include "dialect/sqlite/triggers.hpp"
#include "dialect/sqlite/types.hpp"
#include "dialect/sqlite/unqualified.hpp"
#include "sql/quote.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

constexpr std::string_view engine = "sqlite";

sql::EngineSql own(const sql::EngineSql& sql) {
  return sql::EngineSql(std::string(trim(sql.text_for(engine))));
}

sql::EngineSql over_columns(const sql::EngineSql& sql) { return sql::EngineSql(unqualified(trim(sql.text_for(engine)))); }

bool is_strict(const Table& table) {
  const auto options = table.options.find(engine);
  return options != table.options.end() && options->second.contains("strict");
}

/// The current time in the form that the column's type calls for (sqlite.org/lang_datefunc.html). UTC.
std::string now_text(const ColumnType& type) {
  if (type.kind == TypeKind::Date) return "CURRENT_DATE";
  if (type.kind == TypeKind::Time) return "CURRENT_TIME";
  if (type.length && *type.length > 0) return "(strftime('%Y-%m-%d %H:%M:%f','now'))";
  return "CURRENT_TIMESTAMP";
}

bool is_literal(std::string_view text) {
  const auto tokens = sql::tokenize(text, sql::sqlite_lexis);
  if (tokens.empty()) return false;
  const std::size_t first = tokens[0].text == "-" || tokens[0].text == "+" ? 1 : 0;
  if (tokens.size() != first + 1) return false;
  const auto& token = tokens[first];
  if (token.kind == sql::TokenKind::Number) return true;
  if (first == 1) return false;
  if (token.kind == sql::TokenKind::String) return true;
  const std::string word = to_lower(token.text);
  return token.kind == sql::TokenKind::Word && (word == "null" || word == "true" || word == "false" || word == "current_timestamp" ||
                                                word == "current_date" || word == "current_time");
}

bool is_wrapped(std::string_view text) {
  const auto tokens = sql::tokenize(text, sql::sqlite_lexis);
  if (tokens.size() < 2 || tokens.front().text != "(") return false;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != sql::TokenKind::Symbol) continue;
    if (tokens[i].text == "(") ++depth;
    if (tokens[i].text == ")" && --depth == 0) return i + 1 == tokens.size();
  }
  return false;
}

std::optional<Default> default_of(const Column& column) {
  if (!column.default_value) return std::nullopt;
  const Default& given = *column.default_value;
  Default made;
  switch (given.kind) {
    case DefaultKind::Literal: made.sql = sql::EngineSql(sql::quote_string(given.text, false)); return made;
    case DefaultKind::Number: made.sql = sql::EngineSql(given.text); return made;
    case DefaultKind::Bool: made.sql = sql::EngineSql(given.text == "true" ? "1" : "0"); return made;
    case DefaultKind::Null: return std::nullopt;
    case DefaultKind::Now: made.sql = sql::EngineSql(now_text(column.type)); return made;
    case DefaultKind::Expression: break;
  }
  const std::string text(trim(given.sql.text_for(engine)));
  if (text.empty() || equal_ignoring_case(text, "null")) return std::nullopt;
  made.sql = sql::EngineSql(is_literal(text) || is_wrapped(text) ? text : "(" + text + ")");
  return made;
}

std::string own_collation(const std::string& collation) {
  const std::string upper = to_upper(collation);
  if (collation == diff::inherited) return collation;
  if (upper == "BINARY") return {};
  // a collation of MariaDB ("utf8mb4_unicode_ci") has no counterpart here
  return collation.find('_') == std::string::npos ? upper : std::string(diff::inherited);
}

void canonicalise_parts(std::vector<IndexPart>& parts) {
  for (IndexPart& part : parts) {
    part.length.reset();
    if (part.expression) part.expression = own(*part.expression);
    // BINARY stays: it says something where the column has another collation, which is known only when both are matched
    if (to_upper(part.collation) == "BINARY") {
      part.collation = "BINARY";
    } else if (!part.collation.empty()) {
      part.collation = own_collation(part.collation);
    }
    if (part.collation == diff::inherited) part.collation.clear();
  }
}

std::vector<Check> own_checks(const std::vector<Check>& checks, bool on_column) {
  std::vector<Check> mine;
  for (const Check& check : checks) {
    if (!check.expression.is_for(engine)) continue;
    Check made{check.name, over_columns(check.expression)};
    if (on_column && made.name.generated) made.name.text.clear();
    mine.push_back(std::move(made));
  }
  return mine;
}

Column canonical_column(const Column& column, bool strict) {
  Column made;
  made.name = column.name;
  made.nullable = column.nullable || column.generated.has_value();
  made.auto_increment = column.auto_increment;
  made.default_value = default_of(column);
  made.checks = own_checks(column.checks, true);
  if (const auto check = type_check(column.type, column.name)) {
    made.checks.insert(made.checks.begin(), Check{ObjectName("", true), sql::EngineSql(*check)});
  }
  made.type = native_type(type_text(column.type, strict));
  if (column.generated) made.generated = Generated{own(column.generated->expression), column.generated->stored};
  // a description that names no collation leaves open which one stands
  made.collation = column.collation.empty() ? std::string(diff::inherited) : own_collation(column.collation);
  made.extra = column.extra;
  // a generated column can be NOT NULL here, which a description that serves MariaDB too says in the engine's words
  if (column.generated && made.extra.starts_with("NOT NULL")) made.nullable = false;
  made.written = column.written;
  return made;
}

/// A single-column integer key is the rowid itself, never NULL (sqlite.org/lang_createtable.html#rowid), and the only
/// one that may be automatic.
void canonicalise_key(Table& table) {
  if (!table.primary_key) return;
  canonicalise_parts(table.primary_key->parts);
  const auto& parts = table.primary_key->parts;
  const auto options = table.options.find(engine);
  const bool without_rowid = options != table.options.end() && options->second.contains("without rowid");
  if (without_rowid) {
    for (const auto& part : parts) {
      if (Column* column = table.find_column(part.column)) column->nullable = false;
    }
  }
  if (parts.size() != 1) return;
  Column* column = table.find_column(parts.front().column);
  if (column == nullptr) return;
  if (column->auto_increment) column->type = native_type("integer");
  const bool is_rowid = !without_rowid && !parts.front().descending && column->type.native.common == "integer";
  if (is_rowid) column->nullable = false;
}

Table canonical_table(const Table& table) {
  Table made;
  made.name = table.name;
  made.written = table.written;
  const auto options = table.options.find(engine);
  if (options != table.options.end() && !options->second.empty()) made.options.emplace(*options);
  const bool strict = is_strict(table);
  made.columns.reserve(table.columns.size());
  for (const Column& column : table.columns) made.columns.push_back(canonical_column(column, strict));
  made.primary_key = table.primary_key;
  canonicalise_key(made);
  for (const Index& index : table.indexes) {
    if (index.kind == IndexKind::Fulltext || index.kind == IndexKind::Spatial) continue;  // see cannot_express
    Index mine = index;
    canonicalise_parts(mine.parts);
    if (mine.where) mine.where = over_columns(*mine.where);
    mine.comment.clear();
    mine.extra = index.constraint ? index.extra : std::string();
    made.indexes.push_back(std::move(mine));
  }
  made.foreign_keys = table.foreign_keys;
  for (ForeignKey& key : made.foreign_keys) key.database.clear();
  made.checks = own_checks(table.checks, false);
  return made;
}

}  // namespace

Schema SqliteDialect::in_own_spelling(const Schema& schema, ByName<Table> as_read) const {
  Schema made;
  made.tables = std::move(as_read);
  made.opaque = schema.opaque;
  made.statistics = schema.statistics;
  for (const auto& [name, table] : schema.tables) {
    if (is_as_read(table)) continue;
    made.tables.emplace_hint(made.tables.end(), name, canonical_table(table));
    for (const Column& column : table.columns) {
      if (!column.on_update_now) continue;
      Trigger trigger = on_update_now_trigger(made.tables.at(name), column.name, now_text(column.type));
      trigger.made_by_plumb.set = true;
      made.triggers.emplace(trigger.name, std::move(trigger));
    }
  }
  for (const auto& [name, view] : schema.views) {
    if (!view.query.is_for(engine)) continue;
    View mine = view;
    mine.query = own(view.query);
    mine.comment.clear();
    mine.header.clear();
    made.views.emplace(name, std::move(mine));
  }
  for (const auto& [name, trigger] : schema.triggers) {
    if (!trigger.body.is_for(engine)) continue;
    Trigger mine = trigger;
    mine.body = own(trigger.body);
    mine.when = own(trigger.when);
    while (!mine.body.common.empty() && mine.body.common.back() == ';') {
      mine.body.common = std::string(trim(std::string_view(mine.body.common).substr(0, mine.body.common.size() - 1)));
    }
    const auto table = made.tables.find(mine.table);
    mine.options.clear();
    mine.made_by_plumb.set = table != made.tables.end() && column_kept_by(mine, table->second).has_value();
    made.triggers.emplace(name, std::move(mine));
  }
  return made;
}

}  // namespace plumb::sqlite
