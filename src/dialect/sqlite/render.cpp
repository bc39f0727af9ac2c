#include "dialect/sqlite/render.hpp"

#include "diff/match.hpp"
#include "sql/quote.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

std::string_view action_text(ForeignKeyAction action) {
  switch (action) {
    case ForeignKeyAction::NoAction: return {};
    case ForeignKeyAction::Restrict: return "RESTRICT";
    case ForeignKeyAction::Cascade: return "CASCADE";
    case ForeignKeyAction::SetNull: return "SET NULL";
    case ForeignKeyAction::SetDefault: return "SET DEFAULT";
  }
  return {};
}

std::string named(const ObjectName& name) { return name.empty() ? std::string() : "CONSTRAINT " + quoted(name.text) + " "; }

std::string part_text(const IndexPart& part) {
  std::string text = part.expression ? "(" + part.expression->common + ")" : quoted(part.column);
  if (!part.collation.empty()) text += " COLLATE " + part.collation;
  if (part.descending) text += " DESC";
  return text;
}

std::string parts_text(const std::vector<IndexPart>& parts) {
  std::vector<std::string> texts;
  for (const auto& part : parts) texts.push_back(part_text(part));
  return "(" + join(texts, ", ") + ")";
}

std::string foreign_key_text(const ForeignKey& key) {
  std::string text = named(key.name) + "FOREIGN KEY (" + sql::quote_names(key.columns, sql::Quoting::DoubleQuotes) + ") REFERENCES " + quoted(key.table);
  if (!key.referenced.empty()) text += " (" + sql::quote_names(key.referenced, sql::Quoting::DoubleQuotes) + ")";
  if (key.on_update != ForeignKeyAction::NoAction) text.append(" ON UPDATE ").append(action_text(key.on_update));
  if (key.on_delete != ForeignKeyAction::NoAction) text.append(" ON DELETE ").append(action_text(key.on_delete));
  if (!key.extra.empty()) text += " " + key.extra;
  return text;
}

/// The conflict clause of one constraint out of a column's extra ("NOT NULL ON CONFLICT IGNORE").
std::string conflict_clause(const std::string& extra, std::string_view constraint) {
  const std::size_t at = extra.find(std::string(constraint) + " ON CONFLICT ");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + constraint.size();
  std::size_t end = extra.find(' ', begin + std::string_view(" ON CONFLICT ").size());
  if (end == std::string::npos) end = extra.size();
  return extra.substr(begin, end - begin);
}

}  // namespace

std::string quoted(std::string_view name) { return sql::quote_name(name, sql::Quoting::DoubleQuotes); }

const PrimaryKey* key_of_column(const Table& table, const Column& column) {
  if (!table.primary_key || table.primary_key->parts.size() != 1) return nullptr;
  const auto& part = table.primary_key->parts.front();
  const bool is_integer_desc = part.descending && part.collation.empty() && column.type.native.common == "integer";
  return (column.auto_increment || is_integer_desc) && equal_ignoring_case(part.column, column.name) ? &*table.primary_key : nullptr;
}

std::string column_definition(const Column& column, const PrimaryKey* key) {
  std::string text = quoted(column.name);
  if (!column.type.native.common.empty()) text += " " + column.type.native.common;
  if (key != nullptr) {
    text += " " + named(key->name) + "PRIMARY KEY";
    if (key->parts.front().descending) text += " DESC";
    if (!key->extra.empty()) text += " " + key->extra;
    if (column.auto_increment) text += " AUTOINCREMENT";
  }
  const std::string conflict = conflict_clause(column.extra, "NOT NULL");
  const bool says_itself = key != nullptr && column.auto_increment && conflict.empty();
  if (!column.nullable && !says_itself) text += " NOT NULL" + conflict;
  if (column.default_value) text += " DEFAULT " + column.default_value->sql.common;
  if (!column.collation.empty() && column.collation != diff::inherited) text += " COLLATE " + column.collation;
  if (column.generated) {
    text += " GENERATED ALWAYS AS (" + column.generated->expression.common + ") " + (column.generated->stored ? "STORED" : "VIRTUAL");
  }
  for (const Check& check : column.checks) text += " " + named(check.name) + "CHECK (" + check.expression.common + ")";
  return text;
}

std::vector<std::string> constraint_lines(const Table& table) {
  std::vector<std::string> lines;
  if (table.primary_key) {
    lines.push_back(named(table.primary_key->name) + "PRIMARY KEY " + parts_text(table.primary_key->parts) +
                    (table.primary_key->extra.empty() ? "" : " " + table.primary_key->extra));
  }
  for (const Index& index : table.indexes) {
    if (!index.constraint) continue;
    lines.push_back(named(index.name) + "UNIQUE " + parts_text(index.parts) + (index.extra.empty() ? "" : " " + index.extra));
  }
  for (const Check& check : table.checks) lines.push_back(named(check.name) + "CHECK (" + check.expression.common + ")");
  for (const ForeignKey& key : table.foreign_keys) lines.push_back(foreign_key_text(key));
  return lines;
}

std::string options_text(const Table& table) {
  const auto options = table.options.find("sqlite");
  if (options == table.options.end() || options->second.empty()) return {};
  std::vector<std::string> flags;
  for (const auto& [option, value] : options->second) flags.push_back(to_upper(option));
  return " " + join(flags, ", ");
}

std::string create_table(const Table& table, std::string_view name) {
  std::vector<std::string> lines;
  Table constraints = table;
  for (const Column& column : table.columns) {
    const PrimaryKey* key = key_of_column(table, column);
    lines.push_back(column_definition(column, key));
    if (key != nullptr) constraints.primary_key.reset();
  }
  for (auto& line : constraint_lines(constraints)) lines.push_back(std::move(line));
  return "CREATE TABLE " + quoted(name.empty() ? std::string_view(table.name) : name) + " (\n  " + join(lines, ",\n  ") + "\n)" + options_text(table);
}

std::string create_index(const Index& index, const std::string& table) {
  std::string text = std::string("CREATE ") + (index.kind == IndexKind::Unique ? "UNIQUE " : "") + "INDEX " + quoted(index.name.text) + " ON " +
                     quoted(table) + " " + parts_text(index.parts);
  if (index.where) text += " WHERE " + index.where->common;
  return text;
}

std::string create_view(const View& view) {
  std::string text = "CREATE VIEW " + quoted(view.name);
  if (!view.columns.empty()) text += " (" + sql::quote_names(view.columns, sql::Quoting::DoubleQuotes) + ")";
  return text + " AS " + view.query.common;
}

std::string create_trigger(const Trigger& trigger) {
  std::string text = "CREATE TRIGGER " + quoted(trigger.name);
  switch (trigger.timing) {
    case TriggerTiming::Before: text += " BEFORE"; break;
    case TriggerTiming::After: text += " AFTER"; break;
    case TriggerTiming::InsteadOf: text += " INSTEAD OF"; break;
  }
  switch (trigger.event) {
    case TriggerEvent::Insert: text += " INSERT"; break;
    case TriggerEvent::Update: text += " UPDATE"; break;
    case TriggerEvent::Delete: text += " DELETE"; break;
  }
  if (!trigger.update_of.empty()) text += " OF " + sql::quote_names(trigger.update_of, sql::Quoting::DoubleQuotes);
  text += " ON " + quoted(trigger.table) + " FOR EACH ROW";
  if (!trigger.when.common.empty()) text += " WHEN (" + trigger.when.common + ")";
  std::string_view body = trim(trigger.body.common);
  if (!body.empty() && body.back() == ';') body.remove_suffix(1);
  return text + " BEGIN\n  " + std::string(body) + ";\nEND";
}

std::vector<std::string> rename_table(const std::string& from, const std::string& to) {
  const auto renamed = [](const std::string& old, const std::string& name) { return "ALTER TABLE " + quoted(old) + " RENAME TO " + quoted(name); };
  if (!equal_ignoring_case(from, to)) return {renamed(from, to)};
  const std::string between = "plumb_new_" + to;
  return {renamed(from, between), renamed(between, to)};
}

std::string rename_column(const std::string& table, const std::string& from, const std::string& to) {
  return "ALTER TABLE " + quoted(table) + " RENAME COLUMN " + quoted(from) + " TO " + quoted(to);
}

}  // namespace plumb::sqlite
