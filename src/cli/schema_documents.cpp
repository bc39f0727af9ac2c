#include "cli/schema_documents.hpp"

#include <algorithm>
#include <set>
#include <variant>

#include <nlohmann/json.hpp>

#include "language/parse.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

using Json = nlohmann::ordered_json;

Json parts_json(const std::vector<IndexPart>& parts) {
  Json json = Json::array();
  for (const IndexPart& part : parts) {
    Json one = Json::object();
    if (part.expression) one["expression"] = part.expression->common;
    else one["column"] = part.column;
    if (part.length) one["length"] = *part.length;
    if (part.descending) one["descending"] = true;
    if (!part.collation.empty()) one["collation"] = part.collation;
    json.push_back(std::move(one));
  }
  return json;
}

Json checks_json(const std::vector<Check>& checks) {
  Json json = Json::array();
  for (const Check& check : checks) json.push_back(Json{{"name", check.name.text}, {"expression", check.expression.common}});
  return json;
}

Json column_json(const Column& column) {
  Json json{{"name", column.name}, {"type", column.type.native.common}, {"nullable", column.nullable}};
  json["default"] = column.default_value ? Json(column.default_value->sql.common) : Json(nullptr);
  json["auto_increment"] = column.auto_increment;
  json["on_update_now"] = column.on_update_now;
  json["generated"] = column.generated ? Json{{"expression", column.generated->expression.common}, {"stored", column.generated->stored}} : Json(nullptr);
  json["charset"] = column.charset;
  json["collation"] = column.collation;
  json["comment"] = column.comment;
  json["invisible"] = column.invisible;
  json["checks"] = checks_json(column.checks);
  return json;
}

const char* word_of(IndexKind kind) {
  switch (kind) {
    case IndexKind::Plain: return "plain";
    case IndexKind::Unique: return "unique";
    case IndexKind::Fulltext: return "fulltext";
    case IndexKind::Spatial: return "spatial";
  }
  return "";
}

const char* word_of(ForeignKeyAction action) {
  switch (action) {
    case ForeignKeyAction::NoAction: return "no action";
    case ForeignKeyAction::Restrict: return "restrict";
    case ForeignKeyAction::Cascade: return "cascade";
    case ForeignKeyAction::SetNull: return "set null";
    case ForeignKeyAction::SetDefault: return "set default";
  }
  return "";
}

Json table_json(const Table& table, const std::string& engine) {
  Json json{{"name", table.name}, {"comment", table.comment}};
  json["columns"] = Json::array();
  for (const Column& column : table.columns) json["columns"].push_back(column_json(column));
  json["primary_key"] = table.primary_key ? parts_json(table.primary_key->parts) : Json(nullptr);
  json["indexes"] = Json::array();
  for (const Index& index : table.indexes) {
    json["indexes"].push_back(Json{{"name", index.name.text}, {"kind", word_of(index.kind)}, {"constraint", index.constraint}, {"parts", parts_json(index.parts)},
                                   {"where", index.where ? Json(index.where->common) : Json(nullptr)}, {"comment", index.comment}});
  }
  json["foreign_keys"] = Json::array();
  for (const ForeignKey& key : table.foreign_keys) {
    json["foreign_keys"].push_back(Json{{"name", key.name.text}, {"columns", key.columns}, {"database", key.database}, {"table", key.table}, {"referenced", key.referenced},
                                        {"on_delete", word_of(key.on_delete)}, {"on_update", word_of(key.on_update)}});
  }
  json["checks"] = checks_json(table.checks);
  const auto options = table.options.find(engine);
  json["options"] = Json::object();
  if (options != table.options.end()) {
    for (const auto& [key, value] : options->second) json["options"][key] = value;
  }
  json["clauses"] = table.extra;
  return json;
}

const char* word_of(TriggerTiming timing) {
  switch (timing) {
    case TriggerTiming::Before: return "before";
    case TriggerTiming::After: return "after";
    case TriggerTiming::InsteadOf: return "instead of";
  }
  return "";
}

const char* word_of(TriggerEvent event) {
  switch (event) {
    case TriggerEvent::Insert: return "insert";
    case TriggerEvent::Update: return "update";
    case TriggerEvent::Delete: return "delete";
  }
  return "";
}

/// What Mermaid takes as a word: anything else becomes an underscore.
std::string mermaid_word(std::string_view text, std::string_view also) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || also.find(c) != std::string_view::npos;
    out.push_back(plain ? c : '_');
  }
  if (out.empty() || !((out[0] >= 'a' && out[0] <= 'z') || (out[0] >= 'A' && out[0] <= 'Z'))) out.insert(0, "_");
  return out;
}

std::string mermaid_name(std::string_view text) { return "\"" + replace_all(std::string(text), "\"", "'") + "\""; }

bool is_over(const std::vector<IndexPart>& parts, const std::vector<std::string>& columns) {
  return parts.size() == columns.size() && std::all_of(parts.begin(), parts.end(), [&](const IndexPart& part) {
           return std::any_of(columns.begin(), columns.end(), [&](const std::string& column) { return equal_ignoring_case(column, part.column); });
         });
}

bool is_unique(const Table& table, const std::vector<std::string>& columns) {
  if (table.primary_key && is_over(table.primary_key->parts, columns)) return true;
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) { return index.kind == IndexKind::Unique && !index.where && is_over(index.parts, columns); });
}

bool in_primary_key(const Table& table, const std::string& column) {
  return table.primary_key && std::any_of(table.primary_key->parts.begin(), table.primary_key->parts.end(), [&](const IndexPart& part) { return equal_ignoring_case(part.column, column); });
}

bool in_foreign_key(const Table& table, const std::string& column) {
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) { return std::find(key.columns.begin(), key.columns.end(), column) != key.columns.end(); });
}

bool may_be_null(const Table& table, const std::vector<std::string>& columns) {
  return std::any_of(columns.begin(), columns.end(), [&](const std::string& name) {
    const Column* column = table.find_column(name);
    return column != nullptr && column->nullable;
  });
}

std::string dot_text(std::string_view text) {
  return replace_all(replace_all(replace_all(replace_all(std::string(text), "&", "&amp;"), "<", "&lt;"), ">", "&gt;"), "\"", "&quot;");
}

std::string dot_name(std::string_view text) { return "\"" + replace_all(replace_all(std::string(text), "\\", "\\\\"), "\"", "\\\"") + "\""; }

/// A name as the name of a file; two that differ only in what a file's name cannot hold get numbers.
class FileNames {
 public:
  explicit FileNames(std::string ending) : ending_(std::move(ending)) {}
  std::string of(const std::string& folder, const std::string& name) {
    const std::string key = folder + "/" + name;
    if (const auto known = given_.find(key); known != given_.end()) return known->second;
    std::string plain;
    for (const char c : name) {
      const bool harmless = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
      plain.push_back(harmless ? c : '_');
    }
    std::string file = folder + "/" + plain;
    for (int number = 2; !taken_.insert(to_lower(file)).second; ++number) file = folder + "/" + plain + "_" + std::to_string(number);
    return given_[key] = file + ending_;
  }

 private:
  std::string ending_;
  std::map<std::string, std::string> given_;
  std::set<std::string> taken_;
};

}  // namespace

std::string schema_json(const Schema& schema, const std::string& engine, const std::string& name, const std::string& version) {
  Json json{{"format", 1}, {"engine", engine}, {"name", name}, {"version", version.empty() ? Json(nullptr) : Json(version)}};
  json["tables"] = Json::array();
  for (const auto& [own, table] : schema.tables) json["tables"].push_back(table_json(table, engine));
  json["views"] = Json::array();
  for (const auto& [own, view] : schema.views) json["views"].push_back(Json{{"name", own}, {"columns", view.columns}, {"query", view.query.common}, {"header", view.header}});
  json["triggers"] = Json::array();
  for (const auto& [own, trigger] : schema.triggers) {
    json["triggers"].push_back(Json{{"name", own}, {"table", trigger.table}, {"timing", word_of(trigger.timing)}, {"event", word_of(trigger.event)}, {"update_of", trigger.update_of},
                                    {"when", trigger.when.common}, {"body", trigger.body.common}});
  }
  json["left_alone"] = Json::array();
  for (const auto& [own, opaque] : schema.opaque) json["left_alone"].push_back(Json{{"kind", opaque.kind}, {"name", opaque.name}, {"reason", opaque.reason}, {"definition", opaque.definition}});
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string schema_mermaid(const Schema& schema) {
  std::string out = "erDiagram\n";
  for (const auto& [name, table] : schema.tables) {
    out += "  " + mermaid_name(name) + " {\n";
    for (const Column& column : table.columns) {
      std::vector<std::string> keys;
      if (in_primary_key(table, column.name)) keys.emplace_back("PK");
      if (in_foreign_key(table, column.name)) keys.emplace_back("FK");
      if (keys.empty() && is_unique(table, {column.name})) keys.emplace_back("UK");
      out += "    " + mermaid_word(column.type.native.common.empty() ? "any" : column.type.native.common, "()") + " " + mermaid_word(column.name, "") + (keys.empty() ? "" : " " + join(keys, ", "));
      if (!column.comment.empty()) out += " \"" + replace_all(replace_all(column.comment, "\"", "'"), "\n", " ") + "\"";
      out += "\n";
    }
    out += "  }\n";
  }
  for (const auto& [name, table] : schema.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      const std::string many = is_unique(table, key.columns) ? "|o" : "}o";
      const std::string one = may_be_null(table, key.columns) ? "o|" : "||";
      out += "  " + mermaid_name(name) + " " + many + "--" + one + " " + mermaid_name(key.table) + " : \"" + replace_all(join(key.columns, ", "), "\"", "'") + "\"\n";
    }
  }
  return out;
}

std::string schema_dot(const Schema& schema) {
  std::string out = "digraph schema {\n  rankdir=LR;\n  node [shape=plain, fontname=\"Helvetica\"];\n";
  for (const auto& [name, table] : schema.tables) {
    out += "  " + dot_name(name) + " [label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\"><tr><td bgcolor=\"lightgrey\" colspan=\"2\"><b>" + dot_text(name) + "</b></td></tr>";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const Column& column = table.columns[i];
      const std::string text = dot_text(column.name);
      out += "<tr><td align=\"left\" port=\"c" + std::to_string(i) + "\">" + (in_primary_key(table, column.name) ? "<u>" + text + "</u>" : text) + "</td><td align=\"left\">" +
             dot_text(column.type.native.common) + (column.nullable ? "?" : "") + "</td></tr>";
    }
    out += "</table>>];\n";
  }
  for (const auto& [name, table] : schema.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      std::string port;
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (!key.columns.empty() && equal_ignoring_case(table.columns[i].name, key.columns.front())) port = ":c" + std::to_string(i);
      }
      out += "  " + dot_name(name) + port + " -> " + dot_name(key.table) + (may_be_null(table, key.columns) ? " [style=dashed]" : "") + ";\n";
    }
  }
  return out + "}\n";
}

std::string schema_sql(const Schema& schema, const Dialect& dialect) {
  const Script script = dialect.script(schema);
  std::string out = script.begin;
  for (const ScriptPart& part : script.parts) out += part.sql;
  return out + script.end;
}

std::map<std::string, std::string> schema_sql_files(const Schema& schema, const Dialect& dialect) {
  const Script script = dialect.script(schema);
  FileNames names(".sql");
  std::map<std::string, std::string> files;
  for (const ScriptPart& part : script.parts) {
    std::string& text = files[names.of(part.of_view ? "views" : "tables", part.owner)];
    if (text.empty()) text = script.begin;
    text += part.sql;
  }
  for (auto& [name, text] : files) text += script.end;
  return files;
}

std::map<std::string, std::string> description_files(const std::string& text) {
  const SourceText source("description", text);
  std::vector<Diagnostic> diagnostics;
  const language::ast::File file = language::parse(source, 0, diagnostics);
  FileNames names(".plumb");
  std::map<std::string, std::string> files;
  std::set<std::string> views;
  for (const auto& item : file.items) {
    if (const auto* view = std::get_if<language::ast::View>(&item.body)) views.insert(std::string(view->name.text));
  }
  for (std::size_t i = 0; i < file.items.size(); ++i) {
    const auto& item = file.items[i];
    const auto start_of = [](const language::ast::Item& one) { return one.docs.length == 0 ? one.span.offset : one.docs.offset; };
    const std::size_t begin = i == 0 ? 0 : start_of(item);
    const std::size_t end = i + 1 < file.items.size() ? start_of(file.items[i + 1]) : text.size();
    std::string name = "schema.plumb";
    if (const auto* table = std::get_if<language::ast::Table>(&item.body)) name = names.of("tables", std::string(table->name.text));
    if (const auto* view = std::get_if<language::ast::View>(&item.body)) name = names.of("views", std::string(view->name.text));
    if (const auto* trigger = std::get_if<language::ast::Trigger>(&item.body)) {
      const std::string owner(trigger->table.text);
      name = names.of(views.contains(owner) ? "views" : "tables", owner);
    }
    std::string& out = files[name];
    if (!out.empty()) out += "\n";
    out += std::string(trim(std::string_view(text).substr(begin, end - begin))) + "\n";
  }
  return files;
}

}  // namespace plumb::cli
