#include "dialect/mariadb/render.hpp"

#include <algorithm>
#include <array>

#include "dialect/mariadb/show_create.hpp"
#include "diff/match.hpp"
#include "sql/quote.hpp"
#include "model/period.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

std::string_view action_text(ForeignKeyAction action) {
  switch (action) {
    case ForeignKeyAction::NoAction: case ForeignKeyAction::Restrict: case ForeignKeyAction::SetDefault: return {};
    case ForeignKeyAction::Cascade: return "CASCADE";
    case ForeignKeyAction::SetNull: return "SET NULL";
  }
  return {};
}

std::string parts_text(const std::vector<IndexPart>& parts) {
  std::vector<std::string> texts;
  for (const IndexPart& part : parts) {
    if (part.expression) {  // a period
      texts.push_back(part.expression->common);
      continue;
    }
    std::string text = quoted(part.column);
    if (part.length) text += "(" + std::to_string(*part.length) + ")";
    if (part.descending) text += " DESC";
    texts.push_back(std::move(text));
  }
  return "(" + join(texts, ",") + ")";
}

std::string option(const Table& table, std::string_view key) {
  const auto options = table.options.find("mariadb");
  if (options == table.options.end()) return {};
  const auto found = options->second.find(key);
  return found == options->second.end() ? std::string() : found->second;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Options and comment of the table, without those that InnoDB refuses for temporary tables
/// (mariadb.com/kb/en/create-table, innodb-compressed-row-format).
Table only_for_temporary(const Table& table) {
  Table plain;
  plain.options = table.options;
  plain.comment = table.comment;
  if (const auto options = plain.options.find("mariadb"); options != plain.options.end()) {
    for (const std::string_view refused : {"row_format", "key_block_size", "encrypted", "encryption_key_id", "data directory", "index directory"}) {
      if (const auto found = options->second.find(refused); found != options->second.end()) options->second.erase(found);
    }
  }
  return plain;
}

}  // namespace

std::string quoted(std::string_view name) { return sql::quote_name(name, sql::Quoting::Backquotes); }

std::string quoted_string(std::string_view text) {
  return replace_all(sql::quote_string(text, true), "\n", "\\n");
}

std::string column_definition(const Column& column, std::string_view table_collation) {
  std::string text = quoted(column.name) + " " + column.type.native.common;
  if (!column.collation.empty() && column.collation != diff::inherited && column.collation != table_collation) {
    text += " CHARACTER SET " + column.charset + " COLLATE " + column.collation;
  }
  const bool is_filled_by_server = column.type.native.common.find(row_clause) != std::string::npos;
  if (column.generated) {
    text += " GENERATED ALWAYS AS (" + column.generated->expression.common + ") " + (column.generated->stored ? "STORED" : "VIRTUAL");
  } else if (!is_filled_by_server) {
    text += column.nullable ? " NULL" : " NOT NULL";
  }
  if (column.invisible) text += " INVISIBLE";
  if (column.default_value) {
    text += " DEFAULT " + column.default_value->sql.common;
  } else if (column.nullable && !column.generated) {
    text += " DEFAULT NULL";
  }
  if (column.on_update_now) {
    const std::size_t open = column.type.native.common.find('(');
    text += " ON UPDATE current_timestamp" + (open == std::string::npos ? std::string("()") : column.type.native.common.substr(open));
  }
  if (column.auto_increment) text += " AUTO_INCREMENT";
  if (!column.extra.empty()) text += " " + column.extra;
  if (!column.comment.empty()) text += " COMMENT " + quoted_string(column.comment);
  for (const Check& check : column.checks) text += " CHECK (" + check.expression.common + ")";
  return text;
}

std::string primary_key_definition(const PrimaryKey& key) {
  return "PRIMARY KEY " + parts_text(key.parts) + (key.extra.empty() ? "" : " " + key.extra);
}

std::string index_definition(const Index& index) {
  std::string text;
  switch (index.kind) {
    case IndexKind::Plain: break;
    case IndexKind::Unique: text = "UNIQUE "; break;
    case IndexKind::Fulltext: text = "FULLTEXT "; break;
    case IndexKind::Spatial: text = "SPATIAL "; break;
  }
  text += "KEY " + quoted(index.name.text) + " " + parts_text(index.parts);
  if (!index.extra.empty()) text += " " + index.extra;
  if (!index.comment.empty()) text += " COMMENT " + quoted_string(index.comment);
  return text;
}

std::string foreign_key_definition(const ForeignKey& key) {
  std::string text = key.name.empty() ? std::string() : "CONSTRAINT " + quoted(key.name.text) + " ";
  text += "FOREIGN KEY (" + sql::quote_names(key.columns, sql::Quoting::Backquotes) + ") REFERENCES ";
  if (!key.database.empty()) text += quoted(key.database) + ".";
  text += quoted(key.table) + " (" + sql::quote_names(key.referenced, sql::Quoting::Backquotes) + ")";
  if (!action_text(key.on_delete).empty()) text.append(" ON DELETE ").append(action_text(key.on_delete));
  if (!action_text(key.on_update).empty()) text.append(" ON UPDATE ").append(action_text(key.on_update));
  return text;
}

std::string check_definition(const Check& check) {
  return (check.name.empty() ? std::string() : "CONSTRAINT " + quoted(check.name.text) + " ") + "CHECK (" + check.expression.common + ")";
}

bool undoes(std::string_view extra) { return extra == without_versioning || extra == not_partitioned; }

std::string option_name(const std::string& key, std::string_view value) {
  static constexpr std::array<std::string_view, 4> of_server = {"connection", "data directory", "index directory", "password"};
  const bool is_of_server = !value.starts_with('\'') || std::find(of_server.begin(), of_server.end(), key) != of_server.end();
  return is_of_server ? to_upper(key) : quoted(key);
}

std::string options_text(const Table& table) {
  std::string text;
  const auto append = [&](const std::string& part) { text += (text.empty() ? "" : " ") + part; };
  const auto options = table.options.find("mariadb");
  if (options != table.options.end()) {
    if (const auto value = option(table, "engine"); !value.empty()) append("ENGINE=" + value);
    if (const auto value = option(table, "charset"); !value.empty()) append("DEFAULT CHARSET=" + value);
    if (const auto value = option(table, "collate"); !value.empty()) append("COLLATE=" + value);
    for (const auto& [key, value] : options->second) {
      if (key == "engine" || key == "charset" || key == "collate" || is_period(key) || value.empty()) continue;
      append(option_name(key, value) + "=" + value);
    }
  }
  if (!table.comment.empty()) append("COMMENT=" + quoted_string(table.comment));
  if (!table.extra.empty() && !undoes(table.extra)) append(table.extra);
  return text;
}

std::string create_table(const Table& table, const CreateOptions& options) {
  const std::string name = options.name.empty() ? table.name : options.name;
  std::vector<std::string> lines;
  const std::string collation = option(table, "collate");
  for (const Column& column : table.columns) lines.push_back(column_definition(column, collation));
  if (table.primary_key) lines.push_back(primary_key_definition(*table.primary_key));
  for (const Index& index : table.indexes) {
    if (options.temporary && index.kind == IndexKind::Fulltext) continue;
    lines.push_back(index_definition(index));
  }
  for (const ForeignKey& key : table.foreign_keys) {
    if (!options.temporary && !contains(options.without_foreign_keys, key.name.text)) lines.push_back(foreign_key_definition(key));
  }
  for (const Check& check : table.checks) lines.push_back(check_definition(check));
  if (const auto period = option(table, "system_period"); !period.empty()) lines.push_back("PERIOD FOR SYSTEM_TIME " + period);
  if (const auto period = option(table, "period"); !period.empty()) lines.push_back("PERIOD FOR " + period);
  const std::string tail = options_text(options.temporary ? only_for_temporary(table) : table);
  return std::string(options.temporary ? "CREATE TEMPORARY TABLE " : "CREATE TABLE ") + (options.database.empty() ? "" : quoted(options.database) + ".") + quoted(name) + " (\n  " + join(lines, ",\n  ") + "\n)" +
         (tail.empty() ? "" : " " + tail);
}

std::string create_view(const View& view, std::string_view name) {
  std::string text = "CREATE ";
  if (!view.header.empty()) text += view.header + " ";
  text += "VIEW " + quoted(name.empty() ? std::string_view(view.name) : name);
  if (!view.columns.empty()) text += " (" + sql::quote_names(view.columns, sql::Quoting::Backquotes) + ")";
  return text + " AS " + view.query.common;
}

std::string create_trigger(const Trigger& trigger, const std::string& place) {
  std::string user = trigger.context.definer;
  if (const auto options = trigger.options.find("mariadb"); options != trigger.options.end()) {
    if (const auto said = options->second.find("definer"); said != options->second.end()) user = said->second;
  }
  std::string definer;
  if (const std::size_t at = user.rfind('@'); at != std::string::npos) {
    definer = "DEFINER=" + quoted(user.substr(0, at)) + "@" + quoted(user.substr(at + 1)) + " ";
  }
  std::string text = "CREATE " + definer + "TRIGGER " + quoted(trigger.name);
  text += trigger.timing == TriggerTiming::Before ? " BEFORE" : " AFTER";
  switch (trigger.event) {
    case TriggerEvent::Insert: text += " INSERT"; break;
    case TriggerEvent::Update: text += " UPDATE"; break;
    case TriggerEvent::Delete: text += " DELETE"; break;
  }
  return text + " ON " + quoted(trigger.table) + " FOR EACH ROW " + (place.empty() ? "" : place + " ") + trigger.body.common;
}

}  // namespace plumb::mariadb
