// dialect/mariadb/script.cpp: CREATE statements for the mariadb client.
#include <algorithm>
#include <tuple>

#include "dialect/create_order.hpp"
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"

namespace plumb::mariadb {
namespace {

/// A delimiter that the text does not hold.
std::string delimiter_for(const std::string& sql) {
  std::string delimiter = ";;";
  while (sql.find(delimiter) != std::string::npos) delimiter += ";";
  return delimiter;
}

std::string program_text(const std::string& sql) {
  const std::string delimiter = delimiter_for(sql);
  return "DELIMITER " + delimiter + "\n" + sql + "\n" + delimiter + "\nDELIMITER ;\n";
}

std::string trigger_text(const Trigger& trigger) {
  const std::string mode = trigger.context.sql_mode.empty() && trigger.context.definer.empty() ? "DEFAULT" : quoted_string(trigger.context.sql_mode);
  return "SET @plumb_sql_mode = @@SESSION.sql_mode;\nSET SESSION sql_mode = " + mode + ";\n" + program_text(create_trigger(trigger)) + "SET SESSION sql_mode = @plumb_sql_mode;\n";
}

}  // namespace

Script MariaDbDialect::script(const Schema& schema) const {
  Script script;
  // with the checks off, tables that refer to each other can be made in any order; the texts were printed for this mode
  script.begin = "SET NAMES utf8mb4;\nSET @plumb_foreign_key_checks = @@SESSION.foreign_key_checks;\nSET SESSION foreign_key_checks = 0;\n"
                 "SET @plumb_own_sql_mode = @@SESSION.sql_mode;\nSET SESSION sql_mode = '" + std::string(default_sql_mode) + "';\n\n";
  script.end = "\nSET SESSION sql_mode = @plumb_own_sql_mode;\nSET SESSION foreign_key_checks = @plumb_foreign_key_checks;\n";
  for (const auto& [name, opaque] : schema.opaque) {
    const bool is_routine = opaque.kind == "function" || opaque.kind == "procedure";
    if (is_routine && !opaque.definition.empty()) script.parts.push_back({opaque.name, false, program_text(opaque.definition)});
    if (opaque.kind == "sequence") script.parts.push_back({opaque.name, false, opaque.definition + ";\n"});
  }
  for (const Table* table : in_reference_order(schema.tables).tables) script.parts.push_back({table->name, false, create_table(*table) + ";\n"});
  std::vector<View> views;
  for (const auto& [name, view] : schema.views) views.push_back(view);
  for (const View* view : in_view_order(views, sql::mariadb_lexis)) script.parts.push_back({view->name, true, create_view(*view) + ";\n"});
  std::vector<const Trigger*> triggers;
  for (const auto& [name, trigger] : schema.triggers) triggers.push_back(&trigger);
  std::sort(triggers.begin(), triggers.end(), [](const Trigger* a, const Trigger* b) {
    return std::tie(a->table, a->event, a->timing, a->context.order, a->name) < std::tie(b->table, b->event, b->timing, b->context.order, b->name);
  });
  for (const auto& [name, opaque] : schema.opaque) {
    if (opaque.kind == "event" && !opaque.definition.empty()) script.parts.push_back({opaque.name, false, program_text(opaque.definition)});
  }
  for (const Trigger* trigger : triggers) script.parts.push_back({trigger->table, false, trigger_text(*trigger)});
  return script;
}

}  // namespace plumb::mariadb
