// dialect/sqlite/lift.cpp: SQLite's spelling as a portable one, for inspect.
#include <algorithm>
#include <set>

#include "dialect/lift_names.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "dialect/sqlite/triggers.hpp"
#include "dialect/sqlite/types.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

bool is_strict(const Table& table) {
  const auto options = table.options.find("sqlite");
  return options != table.options.end() && options->second.contains("strict");
}

/// 'text' -> Literal, 12 -> Number, CURRENT_TIMESTAMP -> Now; anything else stays SQL.
Default lifted_default(const Default& given, const ColumnType& type) {
  const std::string& text = given.sql.common;
  const auto tokens = sql::tokenize(text, sql::sqlite_lexis);
  Default made = given;
  if (tokens.size() == 1 && tokens[0].kind == sql::TokenKind::String && text.front() == '\'') {
    made.kind = DefaultKind::Literal;
    made.text = sql::unquoted(text);
  } else if (tokens.size() <= 2 && !tokens.empty() && tokens.back().kind == sql::TokenKind::Number && (tokens.size() == 1 || tokens[0].text == "-") &&
             !to_lower(text).starts_with("0x") && text.front() != '.' && text.back() != '.') {
    const bool flag = type.kind == TypeKind::Bool && (text == "0" || text == "1");
    made.kind = flag ? DefaultKind::Bool : DefaultKind::Number;
    made.text = flag ? (text == "1" ? "true" : "false") : (tokens.size() == 2 ? "-" + std::string(tokens[1].text) : text);
  } else {
    const std::string upper = to_upper(text);
    const bool plain = !type.length || *type.length == 0;
    const bool is_now = (upper == "CURRENT_TIMESTAMP" && (type.kind == TypeKind::DateTime || type.kind == TypeKind::Timestamp) && plain) ||
                        (upper == "CURRENT_DATE" && type.kind == TypeKind::Date) || (upper == "CURRENT_TIME" && type.kind == TypeKind::Time && plain) ||
                        (text == "(strftime('%Y-%m-%d %H:%M:%f','now'))" && (type.kind == TypeKind::DateTime || type.kind == TypeKind::Timestamp) && !plain);
    if (!is_now) return made;
    made.kind = DefaultKind::Now;
    made.text.clear();
  }
  made.sql = {};
  return made;
}

/// `c in ('a', 'b')` on a text column is what an enum becomes.
std::optional<std::vector<std::string>> members_of(const Check& check, const std::string& column) {
  const auto tokens = sql::tokenize(check.expression.common, sql::sqlite_lexis);
  if (tokens.size() < 5 || !equal_ignoring_case(sql::unquoted(tokens[0].text), column) || !equal_ignoring_case(tokens[1].text, "in") ||
      tokens[2].text != "(" || tokens.back().text != ")") {
    return std::nullopt;
  }
  std::vector<std::string> members;
  for (std::size_t i = 3; i + 1 < tokens.size(); i += 2) {
    if (tokens[i].kind != sql::TokenKind::String || tokens[i].text.front() != '\'') return std::nullopt;
    if (i + 2 < tokens.size() && tokens[i + 1].text != ",") return std::nullopt;
    members.push_back(sql::unquoted(tokens[i].text));
  }
  return members;
}

void lift_type(Column& column, bool strict) {
  const std::string text = column.type.native.common;
  column.type = portable_type(text, strict);
  if (text != "text" || column.checks.empty() || !column.checks.front().name.empty()) return;
  ColumnType candidate;
  candidate.kind = TypeKind::Json;
  const auto check = type_check(candidate, column.name);
  if (sql::same_expression(*check, column.checks.front().expression.common, sql::sqlite_lexis)) {
    column.type = candidate;
    column.checks.erase(column.checks.begin());
    return;
  }
  if (auto members = members_of(column.checks.front(), column.name)) {
    column.type = ColumnType{};
    column.type.kind = TypeKind::Enum;
    column.type.members = std::move(*members);
    column.checks.erase(column.checks.begin());
  }
}

void lift_key(Table& table, bool strict) {
  if (!table.primary_key || table.primary_key->parts.size() != 1 || !table.primary_key->name.empty() || !table.primary_key->extra.empty() || strict) return;
  Column* column = table.find_column(table.primary_key->parts[0].column);
  if (column != nullptr && column->auto_increment && !table.primary_key->parts[0].descending && column->type.kind == TypeKind::Int) {
    column->type.kind = TypeKind::Serial;
  }
}

/// SQLite takes a column twice in an index, the same UNIQUE and the same foreign key twice in a table; a description
/// says each once.
void drop_repetitions(Table& table) {
  for (Index& index : table.indexes) drop_repeated_parts(index.parts);
  auto& indexes = table.indexes;
  for (std::size_t i = indexes.size(); i-- > 1;) {
    const auto here = indexes.begin() + static_cast<std::ptrdiff_t>(i);
    const bool again = std::any_of(indexes.begin(), here, [&](const Index& earlier) {
      return earlier.constraint && here->constraint && here->name.empty() && earlier.parts == here->parts && earlier.extra == here->extra;
    });
    if (again) indexes.erase(here);
  }
  if (table.primary_key) drop_repeated_parts(table.primary_key->parts);
  auto& keys = table.foreign_keys;
  for (std::size_t i = keys.size(); i-- > 1;) {
    const auto here = keys.begin() + static_cast<std::ptrdiff_t>(i);
    if (here->name.empty() && std::any_of(keys.begin(), here, [&](ForeignKey earlier) { return (earlier.name = here->name, earlier == *here); })) keys.erase(here);
  }
}

/// SQLite takes a name for two constraints of a table, and does not look at it; a description gives it to one of them.
void drop_repeated_names(Table& table) {
  std::set<std::string> taken;
  const auto once = [&](auto& constraints) {
    for (auto& constraint : constraints) {
      if (!constraint.name.empty() && !taken.insert(to_lower(constraint.name.text)).second) constraint.name = ObjectName();
    }
  };
  for (Column& column : table.columns) once(column.checks);
  once(table.checks);
  taken.clear();
  once(table.foreign_keys);
  taken.clear();
  for (Index& index : table.indexes) {
    if (!index.name.empty() && !taken.insert(to_lower(index.name.text)).second && index.constraint) index.name = ObjectName();
  }
}

/// `references p` means its primary key; with the columns it reads the same wherever it came from.
void fill_in_referenced(Table& table, const Schema& schema) {
  for (ForeignKey& key : table.foreign_keys) {
    const auto parent = schema.tables.find(key.table);
    if (!key.referenced.empty() || parent == schema.tables.end() || !parent->second.primary_key) continue;
    const auto& parts = parent->second.primary_key->parts;
    if (parts.size() != key.columns.size()) continue;
    for (const IndexPart& part : parts) key.referenced.push_back(part.column);
  }
}

/// Columns that hold another table's serial, so that they can be printed as ref(…).
void lift_references(Table& table, const Schema& schema) {
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.columns.size() != 1) continue;
    const auto parent = schema.tables.find(key.table);
    if (parent == schema.tables.end() || !parent->second.primary_key || parent->second.primary_key->parts.size() != 1) continue;
    const std::string& parent_key = parent->second.primary_key->parts[0].column;
    const Column* referenced = parent->second.find_column(parent_key);
    const bool to_key = key.referenced.empty() || (key.referenced.size() == 1 && equal_ignoring_case(key.referenced[0], parent_key));
    Column* column = table.find_column(key.columns[0]);
    if (!to_key || referenced == nullptr || column == nullptr || referenced->type.kind != TypeKind::Serial) continue;
    if (column->type.kind == TypeKind::Int && !column->type.is_unsigned) column->type.kind = TypeKind::SerialRef;
  }
}

}  // namespace

Schema SqliteDialect::lift(const Schema& schema) const {
  Schema made = schema;
  for (auto& [name, table] : made.tables) {
    const bool strict = is_strict(table);
    for (Column& column : table.columns) {
      if (column.generated) column.nullable = true;
      lift_type(column, strict);
      if (column.default_value) column.default_value = lifted_default(*column.default_value, column.type);
    }
    lift_key(table, strict);
    fill_in_referenced(table, schema);
    drop_repetitions(table);
    drop_repeated_names(table);
    mark_generated_names(table);
  }
  for (auto& [name, table] : made.tables) lift_references(table, made);
  for (auto trigger = made.triggers.begin(); trigger != made.triggers.end();) {
    const auto table = made.tables.find(trigger->second.table);
    const auto original = schema.tables.find(trigger->second.table);
    const auto column = table == made.tables.end() ? std::nullopt : column_kept_by(trigger->second, original->second);
    if (column) {
      table->second.find_column(*column)->on_update_now = true;
      trigger = made.triggers.erase(trigger);
    } else {
      ++trigger;
    }
  }
  return made;
}

}  // namespace plumb::sqlite
