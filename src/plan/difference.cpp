#include "plan/difference.hpp"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "dialect/describe.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

std::string bracketed(const std::vector<std::string>& names) { return "(" + join(names, ", ") + ")"; }

std::string part_text(const IndexPart& part) {
  std::string text = part.expression ? "(" + part.expression->common + ")" : part.column;
  if (part.length) text += "(" + std::to_string(*part.length) + ")";
  if (!part.collation.empty()) text += " collate " + part.collation;
  return part.descending ? text + " desc" : text;
}

std::string parts_text(const std::vector<IndexPart>& parts) {
  std::vector<std::string> texts;
  for (const IndexPart& part : parts) texts.push_back(part_text(part));
  return bracketed(texts);
}

std::string with(std::string text, const std::string& more) { return more.empty() ? text : text + " " + more; }

std::string describe(const Column& column) {
  std::string text = column.type.native.common;
  text = with(std::move(text), column.nullable ? "" : "not null");
  if (column.default_value) text = with(std::move(text), "default " + column.default_value->sql.common);
  if (column.auto_increment) text = with(std::move(text), "automatic");
  if (column.on_update_now) text = with(std::move(text), "on update now");
  if (column.generated) text = with(std::move(text), "as (" + column.generated->expression.common + ")" + (column.generated->stored ? " stored" : ""));
  return text;
}

std::string describe(const Index& index) {
  std::string text;
  switch (index.kind) {
    case IndexKind::Plain: break;
    case IndexKind::Unique: text = "unique "; break;
    case IndexKind::Fulltext: text = "fulltext "; break;
    case IndexKind::Spatial: text = "spatial "; break;
  }
  text += parts_text(index.parts);
  return index.where ? text + " where " + index.where->common : text;
}

std::string_view action_word(ForeignKeyAction action) {
  switch (action) {
    case ForeignKeyAction::NoAction: return "";
    case ForeignKeyAction::Restrict: return "restrict";
    case ForeignKeyAction::Cascade: return "cascade";
    case ForeignKeyAction::SetNull: return "set null";
    case ForeignKeyAction::SetDefault: return "set default";
  }
  return "";
}

std::string describe(const ForeignKey& key) {
  std::string text = bracketed(key.columns) + " to " + (key.database.empty() ? "" : key.database + ".") + key.table;
  if (!key.referenced.empty()) text += " " + bracketed(key.referenced);
  if (const auto word = action_word(key.on_delete); !word.empty()) text += " on delete " + std::string(word);
  if (const auto word = action_word(key.on_update); !word.empty()) text += " on update " + std::string(word);
  return with(std::move(text), key.extra);
}

std::string describe(const Check& check) { return "(" + check.expression.common + ")"; }

std::string describe(const std::optional<PrimaryKey>& key) { return key ? with(parts_text(key->parts), key->extra) : std::string("none"); }

std::string options_text(const Table& table) {
  std::vector<std::string> texts;
  for (const auto& [engine, options] : table.options) {
    for (const auto& [key, value] : options) texts.push_back(value.empty() ? key : key + "=" + value);
  }
  return texts.empty() ? "none" : join(texts, " ");
}

std::string quoted_text(const std::string& text) { return text.empty() ? "none" : "\"" + text + "\""; }

Difference made(DifferenceKind kind, std::string object, std::string name, std::string text = {}) { return {kind, std::move(object), std::move(name), {}, std::move(text), {}}; }

template <class T>
void add_list(std::vector<Difference>& out, DifferenceKind kind, const char* object, const std::vector<T>& list) {
  for (const T& one : list) {
    if constexpr (std::is_same_v<T, Column>) out.push_back(made(kind, object, one.name, describe(one)));
    else out.push_back(made(kind, object, one.name.text, describe(one)));
  }
}

/// Everything that a table is made of, as the details of a new or vanished one.
std::vector<Difference> content_of(const Table& table, DifferenceKind kind) {
  std::vector<Difference> details;
  add_list(details, kind, "column", table.columns);
  if (table.primary_key) details.push_back(made(kind, "primary key", "", describe(table.primary_key)));
  add_list(details, kind, "index", table.indexes);
  add_list(details, kind, "foreign key", table.foreign_keys);
  add_list(details, kind, "check", table.checks);
  return details;
}

std::vector<Difference> details_of(const diff::Pair<Table>& pair) {
  const diff::TableDelta delta = diff::compare(pair.before, pair.after);
  std::vector<Difference> details;
  add_list(details, DifferenceKind::Added, "column", delta.columns_added);
  for (const auto& changed : delta.columns_altered) details.push_back(made(DifferenceKind::Changed, "column", changed.after.name, replace_all(describe_column_change(changed), "`", "")));
  add_list(details, DifferenceKind::Dropped, "column", delta.columns_dropped);
  if (delta.order_changed) {
    std::vector<std::string> names;
    for (const Column& column : pair.after.columns) names.push_back(column.name);
    details.push_back(made(DifferenceKind::Changed, "column order", "", "to " + bracketed(names)));
  }
  if (delta.primary_key_changed) details.push_back(made(DifferenceKind::Changed, "primary key", "", describe(pair.before.primary_key) + " to " + describe(pair.after.primary_key)));
  add_list(details, DifferenceKind::Added, "index", delta.indexes_created);
  for (const auto& renamed : delta.indexes_renamed) {
    Difference one = made(DifferenceKind::Renamed, "index", renamed.after.name.text, describe(renamed.after));
    one.was = renamed.before.name.text;
    details.push_back(std::move(one));
  }
  add_list(details, DifferenceKind::Dropped, "index", delta.indexes_dropped);
  add_list(details, DifferenceKind::Added, "foreign key", delta.foreign_keys_added);
  add_list(details, DifferenceKind::Dropped, "foreign key", delta.foreign_keys_dropped);
  add_list(details, DifferenceKind::Added, "check", delta.checks_added);
  add_list(details, DifferenceKind::Dropped, "check", delta.checks_dropped);
  if (delta.options_changed) details.push_back(made(DifferenceKind::Changed, "options", "", options_text(pair.before) + " to " + options_text(pair.after)));
  if (delta.comment_changed) details.push_back(made(DifferenceKind::Changed, "comment", "", quoted_text(pair.before.comment) + " to " + quoted_text(pair.after.comment)));
  if (delta.extra_changed) details.push_back(made(DifferenceKind::Changed, "clauses", "", quoted_text(pair.before.extra) + " to " + quoted_text(pair.after.extra)));
  return details;
}

char symbol_of(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::Added: return '+';
    case DifferenceKind::Changed: return '~';
    case DifferenceKind::Renamed: return '>';
    case DifferenceKind::Dropped: return '-';
  }
  return '?';
}

const char* color_of(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::Added: return "\x1b[32m";
    case DifferenceKind::Changed: return "\x1b[33m";
    case DifferenceKind::Renamed: return "\x1b[36m";
    case DifferenceKind::Dropped: return "\x1b[31m";
  }
  return "";
}

const char* word_of(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::Added: return "add";
    case DifferenceKind::Changed: return "change";
    case DifferenceKind::Renamed: return "rename";
    case DifferenceKind::Dropped: return "drop";
  }
  return "";
}

void append_line(std::string& out, const Difference& one, std::size_t depth, bool color) {
  std::string line = std::string(1, symbol_of(one.kind)) + " " + one.object;
  if (one.kind == DifferenceKind::Renamed) line += " " + one.was + " to " + one.name;
  else if (!one.name.empty()) line += " " + one.name;
  // a renamed thing is known by its old name; what it is stands where it is new
  if (!one.text.empty() && one.kind != DifferenceKind::Renamed) line += (one.kind == DifferenceKind::Changed ? ": " : " ") + replace_all(one.text, "\n", " ");
  out.append(depth * 4, ' ');
  out += color ? color_of(one.kind) + line + "\x1b[0m" : line;
  out += "\n";
  for (const Difference& detail : one.details) append_line(out, detail, depth + 1, color);
}

nlohmann::ordered_json json_of(const Difference& one) {
  nlohmann::ordered_json json{{"change", word_of(one.kind)}, {"object", one.object}, {"name", one.name}};
  if (!one.was.empty()) json["was"] = one.was;
  if (!one.text.empty()) json["text"] = one.text;
  if (!one.details.empty()) {
    json["details"] = nlohmann::ordered_json::array();
    for (const Difference& detail : one.details) json["details"].push_back(json_of(detail));
  }
  return json;
}

}  // namespace

std::vector<Difference> differences_of(const diff::Changes& changes, const std::vector<diff::Rename>& renames) {
  std::vector<Difference> out;
  std::map<std::string, std::vector<Difference>> renamed_columns;
  std::map<std::string, std::string> renamed_tables;
  for (const auto& rename : renames) {
    if (rename.kind == diff::Rename::Kind::Table) {
      renamed_tables[rename.to] = rename.from;
    } else if (rename.kind == diff::Rename::Kind::Column) {
      Difference one = made(DifferenceKind::Renamed, "column", rename.to);
      one.was = rename.from;
      renamed_columns[rename.table].push_back(std::move(one));
    }
  }
  std::map<std::string, Difference> tables;
  for (const Table& table : changes.tables_created) {
    tables[table.name] = made(DifferenceKind::Added, "table", table.name);
    tables[table.name].details = content_of(table, DifferenceKind::Added);
  }
  for (const Table& table : changes.tables_dropped) tables[table.name] = made(DifferenceKind::Dropped, "table", table.name);
  for (const auto& pair : changes.tables_altered) {
    tables[pair.after.name] = made(DifferenceKind::Changed, "table", pair.after.name);
    tables[pair.after.name].details = details_of(pair);
  }
  for (const auto& [to, from] : renamed_tables) {
    Difference& table = tables.try_emplace(to, made(DifferenceKind::Renamed, "table", to)).first->second;
    table.kind = DifferenceKind::Renamed;
    table.was = from;
  }
  for (auto& [table, columns] : renamed_columns) {
    Difference& one = tables.try_emplace(table, made(DifferenceKind::Changed, "table", table)).first->second;
    one.details.insert(one.details.begin(), columns.begin(), columns.end());
  }
  for (auto& [name, table] : tables) out.push_back(std::move(table));
  for (const View& view : changes.views_created) out.push_back(made(DifferenceKind::Added, "view", view.name));
  for (const auto& pair : changes.views_altered) out.push_back(made(DifferenceKind::Changed, "view", pair.after.name, pair.before.query == pair.after.query ? "what stands before its query" : "its query"));
  for (const View& view : changes.views_dropped) out.push_back(made(DifferenceKind::Dropped, "view", view.name));
  for (const Trigger& trigger : changes.triggers_created) out.push_back(made(DifferenceKind::Added, "trigger", trigger.name, "on " + trigger.table));
  for (const auto& pair : changes.triggers_altered) out.push_back(made(DifferenceKind::Changed, "trigger", pair.after.name, pair.before.body == pair.after.body ? "when it runs" : "its body"));
  for (const Trigger& trigger : changes.triggers_dropped) out.push_back(made(DifferenceKind::Dropped, "trigger", trigger.name, "on " + trigger.table));
  return out;
}

std::string to_text(const DifferenceReport& report, bool color) {
  std::string out;
  for (const Difference& one : report.differences) append_line(out, one, 0, color);
  return out;
}

std::string to_json(const DifferenceReport& report) {
  using Json = nlohmann::ordered_json;
  Json json{{"format", 1}, {"engine", report.engine}, {"from", report.from}, {"to", report.to}, {"equal", report.differences.empty()}};
  json["differences"] = Json::array();
  for (const Difference& one : report.differences) json["differences"].push_back(json_of(one));
  json["left_out"] = report.left_out;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plumb::plan
