#include "describe.hpp"

#include <algorithm>
#include <vector>

#include "support/text.hpp"

namespace plumb::test {
namespace {

std::string quoted(const std::string& text) {
  return "[" + text + "]";
}

std::string text_of(const sql::EngineSql& sql) {
  std::string out = quoted(sql.common);
  for (const auto& [engine, text] : sql.variants) out += engine + quoted(text);
  return out;
}

std::string text_of(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += quoted(name);
  return out;
}

std::string text_of(const ObjectName& name) {
  return name.generated || name.empty() ? "" : quoted(name.text);
}

std::string text_of(const ColumnType& type) {
  return std::to_string(static_cast<int>(type.kind)) + (type.is_unsigned ? " unsigned" : "") +
         (type.length ? " " + std::to_string(*type.length) : "") + " " + std::to_string(type.precision) +
         "," + std::to_string(type.scale) + text_of(type.members) + text_of(type.native);
}

std::string text_of(const Default& value) {
  return std::to_string(static_cast<int>(value.kind)) + quoted(value.text) + text_of(value.sql);
}

std::string text_of(const Check& check) {
  return text_of(check.name) + text_of(check.expression);
}

std::string text_of(const std::vector<IndexPart>& parts) {
  std::string out;
  for (const IndexPart& part : parts) {
    out += " " + quoted(part.column) + (part.expression ? text_of(*part.expression) : "") +
           (part.length ? std::to_string(*part.length) : "") + (part.descending ? "desc" : "") +
           part.collation;
  }
  return out;
}

std::string text_of(const Options& options) {
  std::string out;
  for (const auto& [name, value] : options) out += quoted(name) + "=" + quoted(value);
  return out;
}

std::string sorted_lines(std::vector<std::string> lines, const char* head) {
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines) out += std::string("  ") + head + line + "\n";
  return out;
}

std::string column_text(const Column& column, const ColumnIntent* intent) {
  std::string out =
      "  column " + quoted(column.name) + " " + text_of(column.type) + (column.nullable ? "?" : "");
  if (column.default_value) out += " default " + text_of(*column.default_value);
  if (column.auto_increment) out += " auto";
  if (column.on_update_now) out += " on update now";
  if (column.generated)
    out += " as " + text_of(column.generated->expression) + (column.generated->stored ? "s" : "v");
  std::vector<std::string> checks;
  for (const Check& check : column.checks) checks.push_back(text_of(check));
  std::sort(checks.begin(), checks.end());
  for (const std::string& check : checks) out += " check " + check;
  out += quoted(column.charset) + quoted(column.collation) + quoted(column.comment) + quoted(column.extra);
  if (column.invisible) out += " invisible";
  if (intent != nullptr) {
    out += " was " + text_of(intent->was);
    if (intent->backfill) out += " backfill " + text_of(*intent->backfill);
    if (intent->is_local) out += " local";
  }
  return out + "\n";
}

std::string key_text(const Schema& schema, const ForeignKey& key) {
  std::vector<std::string> referenced = key.referenced;
  const auto target = schema.tables.find(key.table);
  if (referenced.empty() && target != schema.tables.end() && target->second.primary_key) {
    for (const IndexPart& part : target->second.primary_key->parts) referenced.push_back(part.column);
  }
  return text_of(key.name) + text_of(key.columns) + " to " + quoted(key.database) + quoted(key.table) +
         text_of(referenced) + std::to_string(static_cast<int>(key.on_delete)) +
         std::to_string(static_cast<int>(key.on_update)) + quoted(key.extra);
}

std::string value_text(const SeedValue& value) { return std::to_string(static_cast<int>(value.kind)) + quoted(value.text); }

std::string master_text(const MasterIntent& master) {
  std::string out;
  if (master.mode) out += " sync " + std::to_string(static_cast<int>(*master.mode));
  if (master.retirement) out += " retire " + quoted(master.retirement->column) + value_text(master.retirement->value);
  if (master.nesting) out += " nested " + quoted(master.nesting->owner) + quoted(master.nesting->field);
  return out;
}

std::string format_text(const DataFormat& format) {
  std::string out = "data format " + std::to_string(format.version) + "\n";
  for (const DataUpgrade& upgrade : format.upgrades) {
    out += " from " + std::to_string(upgrade.from) + "\n";
    for (const DataChange& change : upgrade.changes) {
      out += "  " + std::to_string(static_cast<int>(change.kind)) + quoted(change.table) + quoted(change.list) + quoted(change.field) + quoted(change.to) + value_text(change.value) +
             text_of(change.fields);
      for (const auto& [name, value] : change.values) out += quoted(name) + value_text(value);
      for (const auto& [from, to] : change.pairs) out += value_text(from) + value_text(to);
      out += "\n";
    }
  }
  return out;
}

std::string table_text(const Schema& schema, const Table& table, const TableIntent& intent) {
  std::string out = "table " + quoted(table.name) + quoted(table.comment) + quoted(table.extra) + " class " +
                    std::to_string(static_cast<int>(intent.row_class)) + " was " + text_of(intent.was) +
                    " natural " + text_of(intent.natural_key) + " package " + quoted(intent.package) +
                    (intent.keep_undeclared_indexes ? " keep" : "") + master_text(intent.master) + "\n";
  for (const Column& column : table.columns) {
    const auto found = intent.columns.find(column.name);
    out += column_text(column, found == intent.columns.end() ? nullptr : &found->second);
  }
  if (table.primary_key) {
    out += "  primary key " + text_of(table.primary_key->name) + text_of(table.primary_key->parts) +
           quoted(table.primary_key->extra) + "\n";
  }
  const auto was = [&](const ObjectName& name) {
    const auto found = intent.object_was.find(name.text);
    return found == intent.object_was.end() ? std::string() : " was " + text_of(found->second);
  };
  std::vector<std::string> indexes;
  for (const Index& index : table.indexes) {
    indexes.push_back(std::to_string(static_cast<int>(index.kind)) + (index.constraint ? "c" : "") +
                      text_of(index.name) + text_of(index.parts) +
                      (index.where ? text_of(*index.where) : "") + quoted(index.comment) +
                      quoted(index.extra) + was(index.name));
  }
  out += sorted_lines(indexes, "index ");
  std::vector<std::string> keys;
  for (const ForeignKey& key : table.foreign_keys) keys.push_back(key_text(schema, key) + was(key.name));
  out += sorted_lines(keys, "foreign key ");
  std::vector<std::string> checks;
  for (const Check& check : table.checks) checks.push_back(text_of(check) + was(check.name));
  out += sorted_lines(checks, "check ");
  for (const auto& [engine, options] : table.options) {
    if (!options.empty()) out += "  option " + engine + text_of(options) + "\n";
  }
  return out;
}

std::string place_text(const ByName<DeclaredPlace>& places, const std::string& name) {
  const auto found = places.find(name);
  return found == places.end() ? quoted("") : quoted(found->second.package);
}

}  // namespace

std::string meaning_of(const Description& description) {
  const Schema& schema = description.schema;
  std::string out = description.name + " " + description.version + " " + description.after + "\n";
  for (const auto& [engine, options] : schema.options) {
    if (!options.empty()) out += "option " + engine + text_of(options) + "\n";
  }
  for (const auto& [name, after] : description.packages)
    out += "package " + quoted(name) + text_of(after) + "\n";
  static const TableIntent none;
  for (const auto& [name, table] : schema.tables) {
    const auto intent = description.tables.find(name);
    out += table_text(schema, table, intent == description.tables.end() ? none : intent->second);
  }
  for (const auto& [name, view] : schema.views) {
    const auto was = description.view_was.find(name);
    out += "view " + quoted(name) + text_of(view.query) + text_of(view.columns) + quoted(view.comment) +
           quoted(view.header) + place_text(description.view_places, name) +
           (was == description.view_was.end() ? "" : text_of(was->second)) + "\n";
  }
  for (const auto& [name, trigger] : schema.triggers) {
    out +=
        "trigger " + quoted(name) + quoted(trigger.table) + std::to_string(static_cast<int>(trigger.timing)) +
        std::to_string(static_cast<int>(trigger.event)) + text_of(trigger.update_of) + text_of(trigger.when) +
        text_of(trigger.body) + place_text(description.trigger_places, name) + "\n";
  }
  std::vector<std::string> lines;
  for (const Drop& drop : description.drops) {
    lines.push_back("drop " + std::to_string(static_cast<int>(drop.kind)) + quoted(drop.table) +
                    quoted(drop.name) + quoted(drop.package));
  }
  for (const Assertion& one : description.assertions) {
    lines.push_back("assert " + quoted(one.text) + text_of(one.query) + quoted(one.package));
  }
  for (const OnceStep& step : description.once_steps) {
    lines.push_back("once " + quoted(step.name) + step.version + text_of(step.after) + text_of(step.up) +
                    text_of(step.down) + (step.optional ? "optional" : "") + quoted(step.package));
  }
  for (const Seed& seed : description.seeds) {
    std::string line = "seed " + quoted(seed.table) + quoted(seed.package);
    for (const SeedRow& row : seed.rows) {
      line += " row";
      for (const auto& [column, value] : row.values) {
        line += quoted(column) + std::to_string(static_cast<int>(value.kind)) + quoted(value.text);
      }
    }
    lines.push_back(line);
  }
  return out + sorted_lines(lines, "") + format_text(description.data_format);
}

}  // namespace plumb::test
