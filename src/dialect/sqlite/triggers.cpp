#include "dialect/sqlite/triggers.hpp"

#include <array>

#include "model/name.hpp"
#include "sql/quote.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

std::string quoted(std::string_view name) { return sql::quote_name(name, sql::Quoting::DoubleQuotes); }

/// The condition that finds the row again: its rowid, or its key where it has none.
std::string same_row(const Table& table) {
  const auto options = table.options.find("sqlite");
  const bool without_rowid = options != table.options.end() && options->second.contains("without rowid");
  if (!without_rowid || !table.primary_key) return "rowid = NEW.rowid";
  std::string condition;
  for (const auto& part : table.primary_key->parts) {
    if (!condition.empty()) condition += " AND ";
    condition += quoted(part.column) + " = NEW." + quoted(part.column);
  }
  return condition;
}

constexpr std::array<std::string_view, 4> now_forms{"CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME",
                                                    "(strftime('%Y-%m-%d %H:%M:%f','now'))"};

}  // namespace

Trigger on_update_now_trigger(const Table& table, const std::string& column, const std::string& now) {
  Trigger trigger;
  trigger.name = generated_name("now", table.name, {column});
  trigger.table = table.name;
  trigger.timing = TriggerTiming::After;
  trigger.event = TriggerEvent::Update;
  const std::string name = quoted(column);
  // the second condition ends the recursion where recursive_triggers is on
  trigger.when = sql::EngineSql("NEW." + name + " IS OLD." + name + " AND NEW." + name + " IS NOT " + now);
  trigger.body = sql::EngineSql("UPDATE " + quoted(table.name) + " SET " + name + " = " + now + " WHERE " + same_row(table));
  return trigger;
}

std::optional<std::string> column_kept_by(const Trigger& trigger, const Table& table) {
  for (const Column& column : table.columns) {
    if (trigger.name != generated_name("now", table.name, {column.name})) continue;
    for (const auto form : now_forms) {
      const Trigger made = on_update_now_trigger(table, column.name, std::string(form));
      if (sql::same_expression(made.body.common, trigger.body.common, sql::sqlite_lexis) &&
          sql::same_expression(made.when.common, trigger.when.common, sql::sqlite_lexis) &&
          made.timing == trigger.timing && made.event == trigger.event && trigger.update_of.empty()) {
        return column.name;
      }
    }
  }
  return std::nullopt;
}

}  // namespace plumb::sqlite
