// dialect/sqlite/script.cpp: the texts that the file stores, in an order in which they can be run.
#include <map>

#include "dialect/create_order.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"

namespace plumb::sqlite {
namespace {

/// A text that ends with a comment would swallow the semicolon.
std::string ended(std::string sql) { return sql + (sql.find("--") == std::string::npos ? ";\n" : "\n;\n"); }

std::string own_text(const Verbatim& written, std::string made) { return ended(written.text.empty() ? std::move(made) : written.text); }

}  // namespace

Script SqliteDialect::script(const Schema& schema) const {
  Script script;
  // a table of another session's work may stand first; references are looked at when rows come
  for (const Table* table : in_reference_order(schema.tables).tables) {
    ScriptPart part{table->name, false, own_text(table->written, create_table(*table))};
    for (const Index& index : table->indexes) {
      if (!index.constraint) part.sql += own_text(index.written, create_index(index, table->name));
    }
    script.parts.push_back(std::move(part));
  }
  for (const auto& [name, opaque] : schema.opaque) {
    if (opaque.kind == "virtual table") script.parts.push_back({opaque.name, false, ended(opaque.definition)});
  }
  std::vector<View> views;
  for (const auto& [name, view] : schema.views) views.push_back(view);
  for (const View* view : in_view_order(views, sql::sqlite_lexis)) script.parts.push_back({view->name, true, own_text(view->written, create_view(*view))});
  for (const auto& [name, trigger] : schema.triggers) {
    script.parts.push_back({trigger.table, schema.views.contains(trigger.table), own_text(trigger.written, create_trigger(trigger))});
  }
  return script;
}

}  // namespace plumb::sqlite
