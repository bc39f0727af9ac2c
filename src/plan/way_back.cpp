#include "plan/way_back.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "plan/classify.hpp"
#include "plan/returning_demands.hpp"
#include "plan/touched.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

diff::Rename inverse(const diff::Rename& rename) { return {rename.kind, rename.table, rename.to, rename.from}; }

/// The way from `after` to `before`, as if somebody had asked for it.
diff::Match match_back(const Schema& after, const Schema& before, const Effect& effect, const diff::MatchRules& rules) {
  diff::Match match;
  Effect renames;
  for (auto rename = effect.renames.rbegin(); rename != effect.renames.rend(); ++rename) renames.renames.push_back(inverse(*rename));
  Schema start = after;
  carry_out(start, renames, rules);
  match.changes = diff::diff(start, before);
  // names that only another hand quoted
  const auto same = [&](const sql::EngineSql& a, const sql::EngineSql& b) { return sql::same_expression(a.common, b.common, rules.lexis); };
  std::erase_if(match.changes.views_altered, [&](const auto& pair) {
    View renamed = pair.before;
    renamed.query = pair.after.query;
    return !effect.renames.empty() && renamed == pair.after && same(pair.before.query, pair.after.query);
  });
  std::erase_if(match.changes.triggers_altered, [&](const auto& pair) {
    Trigger renamed = pair.before;
    renamed.body = pair.after.body;
    renamed.when = pair.after.when;
    return !effect.renames.empty() && renamed == pair.after && same(pair.before.body, pair.after.body) && same(pair.before.when, pair.after.when);
  });
  match.start = std::make_shared<const Schema>(std::move(start));
  match.renames = std::move(renames.renames);
  return match;
}

/// Where the values of columns that the step drops come from again.
Description sources_of(const Step& step, const Schema& before, const Dialect& dialect) {
  Description description;
  if (!step.kept || step.kept->key.empty() || !step.altered) return description;
  const KeptValues& values = *step.kept;
  const auto table = before.tables.find(values.table);
  if (table == before.tables.end()) return description;
  auto& columns = description.tables[values.table].columns;
  for (std::size_t i = 0; i < values.columns.size(); ++i) {
    const std::string& name = values.columns[i].column;
    if (step.altered->after.find_column(name) != nullptr) continue;
    const Column* column = table->second.find_column(name);
    const bool has_default = column != nullptr && !column->nullable && column->default_value;
    columns[name].backfill = sql::EngineSql(kept_value(values, i, has_default ? column->default_value->sql.common : std::string(), dialect.keeping_forms()));
  }
  return description;
}

std::vector<Command> commands_back(const Step& origin, const Schema& after, const Schema& before, const Effect& effect, const Dialect& dialect) {
  const diff::Match match = match_back(after, before, effect, dialect.match_rules());
  const Description sources = sources_of(origin, before, dialect);
  std::vector<Command> commands;
  for (Step& step : dialect.expand({after, match, match.changes, sources, {}, origin.kept ? &*origin.kept : nullptr, true})) {
    if (step.how == "check") continue;  // views answer again when every step is undone
    for (Command& command : step.commands) commands.push_back(std::move(command));
  }
  return commands;
}

/// True where a key or foreign key that comes back is over the column.
bool is_constrained(const Table& table, const Column& column) {
  const auto is_it = [&](const std::string& name) { return equal_ignoring_case(name, column.name); };
  const auto is_over = [&](const std::vector<IndexPart>& parts) { return std::any_of(parts.begin(), parts.end(), [&](const IndexPart& part) { return is_it(part.column); }); };
  const auto is_bound = [&](const Index& index) { return (index.kind == IndexKind::Unique || index.kind == IndexKind::Spatial) && is_over(index.parts); };
  const auto refers = [&](const ForeignKey& key) { return std::any_of(key.columns.begin(), key.columns.end(), is_it); };
  return (table.primary_key && is_over(table.primary_key->parts)) || std::any_of(table.indexes.begin(), table.indexes.end(), is_bound) ||
         std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), refers);
}

/// A table without a key is kept as a whole, and its rows do not get their values by themselves.
std::vector<Command> guards_of_constrained_columns(const Step& step, const Schema& actual, const Dialect& dialect) {
  if (!step.kept || !step.kept->key.empty() || !step.altered) return {};
  const auto table = actual.tables.find(step.kept->table);  // an earlier step may have taken the keys off
  if (table == actual.tables.end()) return {};
  for (const Column& column : table->second.columns) {
    if (column.nullable || column.generated || step.altered->after.find_column(column.name) != nullptr || !is_constrained(table->second, column)) continue;
    return {{CommandKind::Guard, "SELECT count(*) FROM " + dialect.quote(step.altered->after.name),
             "{n} of table `" + step.altered->after.name + "` stood or" + std::string(came_since) + "have no value for `" + column.name + "`, over which a key is made again; the rows as they were are in `" + step.kept->aside +
                 "`, without a key to find them by"}};
  }
  return {};
}

/// Rows that were written since have no value for a column that comes back as NOT NULL and has no default.
std::vector<Command> guards_of_new_rows(const Step& step, const Schema& before, const Dialect& dialect) {
  if (!step.kept || step.kept->key.empty() || !step.altered) return {};
  const KeptValues& values = *step.kept;
  const auto table = before.tables.find(values.table);
  for (std::size_t i = 0; i < values.columns.size() && table != before.tables.end(); ++i) {
    const Column* column = table->second.find_column(values.columns[i].column);
    if (column == nullptr || column->nullable || column->default_value || step.altered->after.find_column(column->name) != nullptr) continue;
    return {dialect.guard_of_rows_not_kept(values, i)};
  }
  return {};
}

void append(std::vector<Command>& commands, std::vector<Command> further) { std::move(further.begin(), further.end(), std::back_inserter(commands)); }

bool asks_behind_a_lock(const Command& command) { return command.company && !command.company->guards.empty(); }

/// The tables that the step leaves in another form, with that which they take again.
std::vector<diff::Pair<Table>> tables_that_go_back(const Step& step, const Schema& before) {
  std::vector<diff::Pair<Table>> pairs;
  for (const Table& after : step.effect.tables) {
    const auto table = before.tables.find(after.name);
    if (table != before.tables.end()) pairs.push_back({after, table->second});
  }
  return pairs;
}

/// Rows that a later step works on, too, are not asked before that is undone.
void be_asked_in_their_turn(std::vector<Command>& commands) {
  for (Command& command : commands) {
    if (command.kind == CommandKind::Guard) command.message = replace_all(command.message, came_since, " ");
    if (command.company) be_asked_in_their_turn(command.company->guards);
  }
}

bool has_risk(const Step& step, RiskKind kind) {
  return std::any_of(step.risks.begin(), step.risks.end(), [&](const Risk& risk) { return risk.kind == kind && !risk.text.ends_with(kept_aside); });
}

/// Columns of which an alteration loses values, where nothing is kept.
std::vector<std::string> columns_that_lose(const Step& step, const TableIntent& intent, const Dialect& dialect) {
  std::vector<std::string> columns;
  if (!step.altered) return columns;
  for (const KeptColumn& column : columns_to_keep(*step.altered, intent, dialect.name(), [](std::string_view name) { return std::string(name); })) {
    if (!column.filled || !step.fills_are_kept) columns.push_back("`" + column.column + "`");
  }
  return columns;
}

/// What the statements of the way back cannot bring again.
std::vector<std::string> losses(const Step& step, const TableIntent& intent, const Dialect& dialect) {
  std::vector<std::string> lost;
  const bool is_kept = !step.aside.empty() && (!step.kept || !step.kept->key.empty());
  if (!is_kept) {
    for (const auto& table : step.effect.tables_dropped) lost.push_back("the rows of `" + table + "`");
    if (const auto columns = columns_that_lose(step, intent, dialect); !columns.empty()) lost.push_back("values of " + join(columns, ", "));
    if (has_risk(step, RiskKind::Narrow)) lost.emplace_back("values that this step changes");
  }
  if (has_risk(step, RiskKind::RebuildOpaque)) lost.emplace_back("details that plumb does not understand");
  return lost;
}

std::string where_kept(const Step& step) {
  if (step.aside.empty() || (step.kept && step.kept->key.empty())) return {};
  return "nothing is lost: what goes is kept in `" + step.aside + "`";
}

Back way_back(const Step& step, const Schema& actual, const Schema& before, const Schema& after, const Description& description, const Dialect& dialect, bool is_last) {
  Back back;
  if (step.effect.empty()) return back;
  const bool is_whole_table = !step.aside.empty() && !step.kept && !step.effect.tables_dropped.empty();
  back.commands = is_whole_table ? dialect.bring_table_back(before.tables.at(step.effect.tables_dropped.front()), step.aside) : commands_back(step, after, before, step.effect, dialect);
  const bool asks_later = std::any_of(back.commands.begin(), back.commands.end(), asks_behind_a_lock);
  std::vector<Command> misfits;
  auto guards = guards_of_new_rows(step, before, dialect);
  append(guards, guards_of_constrained_columns(step, actual, dialect));
  for (const auto& pair : tables_that_go_back(step, before)) {
    const bool is_kept = step.kept && step.kept->table == pair.before.name;
    append(guards, dialect.guards_of_nulls(pair));
    if (!asks_later) append(misfits, dialect.guards_of_misfits(pair, is_kept ? &*step.kept : nullptr));
  }
  append(misfits, std::exchange(back.commands, {}));
  if (!is_last) be_asked_in_their_turn(misfits);
  append(guards, std::move(misfits));
  back.commands = std::move(guards);
  const auto intent = description.tables.find(step.table);
  const auto lost = losses(step, intent == description.tables.end() ? TableIntent() : intent->second, dialect);
  back.kind = lost.empty() ? BackKind::Exact : BackKind::Loses;
  back.text = lost.empty() ? where_kept(step) : join(lost, " and ") + " do not" + (step.kept && step.kept->key.empty() ? " by themselves; the table as it was is kept in `" + step.aside + "`" : std::string());
  return back;
}

}  // namespace

void add_ways_back(std::vector<Step>& steps, const Schema& actual, const Description& description, const Dialect& dialect) {
  if (steps.empty()) return;
  const diff::MatchRules rules = dialect.match_rules();
  Schema state = actual;
  std::vector<std::string> attic;
  for (Step& step : steps) {
    step.touched = names_touched(step);
    step.touched.before = touched_fingerprint(step.touched, state, attic, rules.lexis);
    const TouchedPart part = carry_out_and_show(state, step.effect, rules);
    attic.insert(attic.end(), step.touched.aside.begin(), step.touched.aside.end());
    step.touched.after = touched_fingerprint(step.touched, state, attic, rules.lexis);
    const bool is_last = std::none_of(std::next(steps.begin(), &step - steps.data()) + 1, steps.end(), [&](const Step& later) { return !step.table.empty() && later.table == step.table; });
    if (step.back.commands.empty()) step.back = way_back(step, actual, part.before, part.after, description, dialect, is_last);
  }
  if (dialect.capabilities().transactional_ddl) return;
  const auto undone_first = std::find_if(steps.rbegin(), steps.rend(), [](const Step& step) { return !step.back.commands.empty() && !step.once; });
  if (undone_first == steps.rend()) return;
  std::vector<Command> guards = guards_of_returning_demands(actual, state, steps, dialect);
  append(guards, std::move(undone_first->back.commands));
  undone_first->back.commands = std::move(guards);
}

}  // namespace plumb::plan
