// dialect/mariadb/expand.cpp: the steps that carry a difference out on MariaDB, in the order in which they run. Every
// DDL statement commits by itself there, so each leaves a state that the next can start from.
#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "dialect/add_step.hpp"
#include "dialect/create_order.hpp"
#include "dialect/describe.hpp"
#include "dialect/mariadb/alter_clauses.hpp"
#include "dialect/mariadb/attic.hpp"
#include "dialect/mariadb/batches.hpp"
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/not_held.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/sequence.hpp"
#include "dialect/mariadb/text_steps.hpp"
#include "dialect/mariadb/tried.hpp"
#include "dialect/mariadb/types.hpp"
#include "model/period.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& n) { return equal_ignoring_case(n, name); });
}

/// Something about the column's stored form changes, so that a foreign key on it must be off meanwhile.
bool changes_storage(const diff::Pair<Column>& pair) {
  return !(pair.before.type == pair.after.type) || pair.before.collation != pair.after.collation || pair.before.nullable != pair.after.nullable ||
         !(pair.before.generated == pair.after.generated);
}

class Expander {
 public:
  Expander(const PlanInput& input, const Dialect& dialect) : input_(input), dialect_(dialect), texts_(input) {
    for (const auto& pair : changes().tables_altered) altered_.emplace(pair.after.name, &pair);
  }

  std::vector<Step> run() {
    if (keeps_aside()) add(tried_values(input_));  // a way back cuts and puts in its place what was kept
    const std::size_t tried = steps_.size();
    add(texts_.taken_off());
    for (const auto& rename : input_.match.renames) add_rename(rename);
    take_off_foreign_keys();
    const bool drops_first = gives_names_away();
    if (drops_first) drop_tables();
    add(created_sequences(changes()));  // a default of a new table may ask one
    add(altered_sequences(changes()));
    create_tables();
    const auto altered = in_reference_order();
    if (fills_anything()) bring_to_one_collation(altered);
    for (const auto* pair : altered) {
      const auto begun = begun_.find(pair->after.name);
      alter_table(begun == begun_.end() ? *pair : begun->second);
    }
    put_on_foreign_keys(false);
    if (!drops_first) drop_tables();
    put_on_foreign_keys(true);
    add(dropped_sequences(changes()));
    add(texts_.made());
    if (tried < steps_.size()) leave_out_trial_of(steps_[tried]);
    return std::move(steps_);
  }

 private:
  const diff::Changes& changes() const { return input_.changes; }

  const TableIntent& intent_of(const std::string& table) const {
    static const TableIntent none;
    const auto found = input_.description.tables.find(table);
    return found == input_.description.tables.end() ? none : found->second;
  }

  std::string backfill_of(const std::string& table, const std::string& column) const {
    const auto& columns = intent_of(table).columns;
    const auto hints = columns.find(column);
    if (hints == columns.end() || !hints->second.backfill) return {};
    return std::string(trim(hints->second.backfill->text_for("mariadb")));
  }

  Step& add(StepSymbol symbol, std::string what, std::string how, std::string table = {}) { return add_step(steps_, symbol, std::move(what), std::move(how), std::move(table)); }

  void add(std::vector<Step> further) { std::move(further.begin(), further.end(), std::back_inserter(steps_)); }

  /// Altered tables after those they refer to, so that a backfill finds its sources in their new form.
  std::vector<const diff::Pair<Table>*> in_reference_order() const {
    std::vector<Table> tables;
    for (const auto& pair : changes().tables_altered) tables.push_back(pair.after);
    std::vector<const diff::Pair<Table>*> order;
    for (const Table* table : plumb::in_reference_order(tables).tables) order.push_back(&changes().tables_altered[static_cast<std::size_t>(table - tables.data())]);
    return order;
  }

  /// The table as it is once the steps up to here have run.
  const Table& current(const std::string& name) const {
    const auto changed = current_.find(name);
    return changed == current_.end() ? input_.match.from().tables.at(name) : changed->second;
  }

  void gives(Step& step, Table table) {
    step.effect.tables.push_back(table);
    current_.insert_or_assign(table.name, std::move(table));
  }

  /// Foreign keys have steps of their own: `table` with those that it has just now.
  Table with_present_keys(Table table) const {
    table.foreign_keys = current(table.name).foreign_keys;
    return table;
  }

  /// A statement that is the first to change anything is its own trial.
  void leave_out_trial_of(const Step& first) {
    const bool is_one_statement = std::count_if(first.commands.begin(), first.commands.end(), [](const Command& command) { return command.kind == CommandKind::Statement; }) == 1;
    if (!first.altered || !is_one_statement) return;
    const std::string table = first.table;
    const auto is_one_of_several = std::count_if(steps_.begin(), steps_.end(), [&](const Step& step) { return step.altered && step.table == table; }) > 1;
    if (begun_.contains(table) || is_one_of_several) return;
    std::erase_if(steps_, [&](const Step& step) { return step.how == "check" && step.table == table; });
  }

  bool keeps_aside() const { return !input_.attic.prefix.empty(); }

  /// What a change of a table will lose, and by what. Each filled column has an attic table of its own, so that what stands there is what the fill
  /// has done; a copy of a table without a key serves all of them.
  struct Kept {
    std::optional<KeptValues> lost;
    std::vector<KeptValues> filled;
  };

  Kept values_to_keep(const diff::Pair<Table>& pair) {
    const auto all = dialect_.values_to_keep(pair, input_, kept_);
    if (!all) return {};
    Kept kept;
    std::string name = all->aside;
    const auto part = [&] {
      KeptValues values{std::exchange(name, std::string()), all->table, all->key, {}, all->every_column};
      if (values.aside.empty()) values.aside = input_.attic.prefix + std::to_string(++kept_);
      return values;
    };
    for (const KeptColumn& column : all->columns) {
      if (!column.filled) continue;
      if (kept.filled.empty() || !all->key.empty()) kept.filled.push_back(part());
      kept.filled.back().columns.push_back(column);
    }
    for (const KeptColumn& column : all->columns) {
      if (column.filled) continue;
      if (!kept.lost) kept.lost = part();
      kept.lost->columns.push_back(column);
    }
    return kept;
  }

  /// A step of its own makes the copy, or the place for it.
  void keep(const KeptValues& values) {
    std::vector<std::string> columns;
    for (const KeptColumn& column : values.columns) columns.push_back("`" + column.column + "`");
    const std::string what = values.key.empty() ? "all rows of `" + values.table + "`, which have no key that stays," : "values of `" + values.table + "`: " + join(columns, ", ");
    Step& step = add(StepSymbol::Data, what + " kept aside", "keep aside", values.table);
    step.commands = dialect_.keep_values(values);
    step.commands.front() = copy_in_batches(step.commands.front(), values, batch_column(current(values.table)), dialect_.keeping_forms());
    step.aside = values.aside;
    step.kept = values;
    // without a key the copy is all that a person has to go by, and stays
    if (!values.key.empty()) step.back = {BackKind::Exact, dialect_.drop_aside(values.aside), {}};
  }

  bool is_dropped(const std::string& table) const {
    return std::any_of(changes().tables_dropped.begin(), changes().tables_dropped.end(), [&](const Table& t) { return t.name == table; });
  }

  void add_rename(const diff::Rename& rename) {
    if (rename.kind == diff::Rename::Kind::Column) {
      Step& step = add(StepSymbol::Rename, "column `" + rename.table + "." + rename.from + "` to `" + rename.to + "`", "rename");
      step.commands.push_back(statement("ALTER TABLE " + quoted(rename.table) + " RENAME COLUMN " + quoted(rename.from) + " TO " + quoted(rename.to)));
      step.effect.renames.push_back(rename);
      return;
    }
    Step& step = add(StepSymbol::Rename, "table `" + rename.from + "` to `" + rename.to + "`", "rename", rename.to);
    step.commands.push_back(statement("RENAME TABLE " + quoted(rename.from) + " TO " + quoted(rename.to)));
    step.effect.renames.push_back(rename);
  }

  /// A key that stands in the way of a change at one of its ends (errors 1832, 1833, 1553, 1829 otherwise).
  bool is_in_the_way(const std::string& owner, const ForeignKey& key) const {
    const auto touches = [&](const std::string& table, const std::vector<std::string>& columns) {
      const auto found = altered_.find(table);
      if (found == altered_.end()) return false;
      const diff::TableDelta delta = diff::compare(found->second->before, found->second->after);
      for (const auto& pair : delta.columns_altered) {
        if (changes_storage(pair) && contains(columns, pair.after.name)) return true;
      }
      for (const auto& column : delta.columns_dropped) {
        if (contains(columns, column.name)) return true;
      }
      if (table == key.table && delta.primary_key_changed) return true;
      const auto begins = [&](const Index& index) { return !index.parts.empty() && contains(columns, index.parts.front().column); };
      return table == key.table && std::any_of(delta.indexes_dropped.begin(), delta.indexes_dropped.end(), begins);
    };
    return touches(owner, key.columns) || (key.database.empty() && touches(key.table, key.referenced)) || is_dropped(key.table);
  }

  void take_off_foreign_keys() {
    for (const auto& [name, table] : input_.match.from().tables) {
      std::vector<std::string> clauses;
      std::vector<std::string> names;
      std::vector<ForeignKey> dropped;
      const auto altered = altered_.find(name);
      for (const ForeignKey& key : table.foreign_keys) {
        const Table* after = altered != altered_.end() ? &altered->second->after : &table;
        const bool stays = std::find(after->foreign_keys.begin(), after->foreign_keys.end(), key) != after->foreign_keys.end();
        if (!keeps_aside() && is_dropped(name) && (!is_dropped(key.table) || key.table == name)) continue;  // goes with its table
        if (stays && !is_dropped(name) && !is_in_the_way(name, key)) continue;
        clauses.push_back("DROP FOREIGN KEY " + quoted(key.name.text));
        names.push_back("`" + key.name.text + "`");
        if (stays && !is_dropped(name)) taken_off_[name].push_back(key);
        else dropped.push_back(key);
      }
      if (clauses.empty()) continue;
      const bool returns = taken_off_.contains(name);
      Step& step = add(StepSymbol::Change, "table `" + name + "`: " + std::string(names.size() == 1 ? "foreign key " : "foreign keys ") + join(names, ", ") +
                                               (returns ? " taken off, put back below" : " dropped"), "alter", name);
      step.commands.push_back(statement("ALTER TABLE " + quoted(name) + " " + join(clauses, ", ")));
      step.keys_dropped = std::move(dropped);
      Table without = table;
      std::erase_if(without.foreign_keys, [&](const ForeignKey& key) { return contains(names, "`" + key.name.text + "`"); });
      gives(step, std::move(without));
    }
  }

  void create_tables() {
    const TableOrder order = plumb::in_reference_order(changes().tables_created);
    std::set<std::string> standing;
    for (const auto& [name, table] : input_.match.from().tables) {
      if (!altered_.contains(name)) standing.insert(name);
    }
    for (const Table* table : order.tables) {
      CreateOptions options;
      for (const ForeignKey& key : table->foreign_keys) {
        if (!key.database.empty() || key.table == table->name || standing.contains(key.table)) continue;
        options.without_foreign_keys.push_back(key.name.text);
        taken_off_[table->name].push_back(key);
      }
      Step& step = add(StepSymbol::Create, "table `" + table->name + "`", "create");
      step.commands.push_back(statement(create_table(*table, options)));
      Table made = *table;
      std::erase_if(made.foreign_keys, [&](const ForeignKey& key) { return contains(options.without_foreign_keys, key.name.text); });
      gives(step, std::move(made));
      standing.insert(table->name);
    }
  }

  /// A sequence may take the name of a table.
  bool gives_names_away() const {
    const auto& dropped = changes().tables_dropped;
    return std::any_of(dropped.begin(), dropped.end(), [&](const Table& table) { return changes().opaque_created.contains(table.name); });
  }

  struct Filled {
    Column column;
    std::string expression;
    bool is_new;
  };

  std::vector<Filled> filled_columns(const diff::Pair<Table>& pair) const {
    std::vector<Filled> filled;
    for (const Column& column : pair.after.columns) {
      const std::string expression = backfill_of(pair.after.name, column.name);
      if (expression.empty() || column.generated) continue;
      const Column* old = pair.before.find_column(column.name);
      if (old == nullptr || (old->nullable && !column.nullable)) filled.push_back({column, expression, old == nullptr});
    }
    return filled;
  }

  bool fills_anything() const {
    const auto& altered = changes().tables_altered;
    return std::any_of(altered.begin(), altered.end(), [&](const auto& pair) { return !filled_columns(pair).empty(); });
  }

  /// A fill may compare columns of several tables, and the server refuses to compare two collations (error 1267): every
  /// column that stands takes its collation before the first fill.
  void bring_to_one_collation(const std::vector<const diff::Pair<Table>*>& altered) {
    for (const auto* pair : altered) {
      diff::Pair<Table> first{pair->before, pair->before};
      for (Column& column : first.after.columns) {
        if (column.collation.empty()) continue;
        const Column* wanted = pair->after.find_column(column.name);
        const std::string collation = wanted != nullptr ? wanted->collation : collation_of(pair->after);  // a fill reads what is dropped later
        if (collation.empty() || collation == column.collation) continue;
        column.charset = collation.substr(0, collation.find('_'));
        column.collation = collation;
      }
      // one that goes need not be over columns of one collation any more (error 1283)
      std::erase_if(first.after.indexes, [&](const Index& index) { return index.kind == IndexKind::Fulltext && std::find(pair->after.indexes.begin(), pair->after.indexes.end(), index) == pair->after.indexes.end(); });
      const diff::TableDelta delta = diff::compare(first.before, first.after);
      if (delta.columns_altered.empty()) continue;
      Step& step = add(StepSymbol::Change, describe_alteration(first) + ", before anything is filled", "alter", pair->after.name);
      step.altered = first;
      step.commands.push_back(statement("ALTER TABLE " + quoted(pair->after.name) + "\n  " + join(alter_clauses(first, delta), ",\n  ")));
      gives(step, with_present_keys(first.after));
      begun_.emplace(pair->after.name, diff::Pair<Table>{first.after, pair->after});
    }
  }

  void alter_table(const diff::Pair<Table>& pair) {
    if (keeps_aside() && keeps_history(pair.before) && !keeps_history(pair.after)) keep_of_table("history of", pair.before, keep_history, restore_history);
    if (keeps_aside() && is_automatic(pair.before) && !is_automatic(pair.after)) keep_of_table("next automatic number of", pair.before, keep_mark, restore_mark);
    const Kept kept = values_to_keep(pair);
    const std::vector<Filled> filled = filled_columns(pair);
    for (const KeptValues& values : kept.filled) keep(values);
    diff::Pair<Table> rest = pair;
    if (!filled.empty()) {
      add_filled_columns(pair, filled, rest);
      fill(pair, filled, kept.filled);
    }
    diff::Pair<Table> judged = pair;
    if (const auto values_first = is_narrowing_undone(pair.after.name) ? before_the_demands(rest) : std::nullopt) {
      change_table({judged.before, *values_first}, {rest.before, *values_first}, kept, false);
      judged.before = *values_first;
      rest.before = *values_first;
    }
    const auto halfway = kept.lost ? before_the_loss(rest, *kept.lost) : std::nullopt;
    if (halfway && change_table({judged.before, *halfway}, {rest.before, *halfway}, kept, false)) {
      judged.before = *halfway;
      rest.before = *halfway;
    }
    if (kept.lost) keep(*kept.lost);
    change_table(judged, rest, kept, kept.lost.has_value());
    restore_values(pair);
  }

  using OfTable = std::vector<Command>(const Table& table, const std::string& aside);

  void keep_of_table(const std::string& what, const Table& table, OfTable kept_aside, OfTable given_back) {
    Step& step = add(StepSymbol::Data, what + " `" + table.name + "` kept aside", "keep aside", table.name);
    step.aside = input_.attic.prefix + std::to_string(++kept_);
    step.commands = kept_aside(table, step.aside);
    step.back = {BackKind::Exact, given_back(table, step.aside), {}};
  }

  /// The table once everything is done but that the columns go whose values are kept: that alone runs while the table is locked. Nothing where it must
  /// be one statement, or where it is nothing else.
  static std::optional<Table> before_the_loss(const diff::Pair<Table>& pair, const KeptValues& lost) {
    const diff::TableDelta delta = diff::compare(pair.before, pair.after);
    if (delta.extra_changed || delta.options_changed || delta.order_changed) return std::nullopt;
    Table halfway = pair.after;
    auto place = halfway.columns.begin();
    for (const Column& column : pair.before.columns) {
      const bool goes = std::any_of(lost.columns.begin(), lost.columns.end(), [&](const KeptColumn& kept) { return kept.column == column.name; });
      const auto stands = std::find_if(halfway.columns.begin(), halfway.columns.end(), [&](const Column& one) { return one.name == column.name; });
      if (goes && (stands != halfway.columns.end() || column.auto_increment)) return std::nullopt;
      if (goes) place = halfway.columns.insert(place, column) + 1;
      else if (stands != halfway.columns.end()) place = stands + 1;
    }
    return diff::compare(pair.before, halfway).empty() ? std::nullopt : std::optional(std::move(halfway));
  }

  /// On a way back: the table with its old columns, and without the checks, unique keys and partitions that the earlier values alone may fulfil.
  /// Nothing where it has none that are new to it.
  static std::optional<Table> before_the_demands(const diff::Pair<Table>& pair) {
    Table halfway = pair.after;
    const auto without_new = [](auto& objects, const auto& standing) {
      std::erase_if(objects, [&](const auto& one) { return std::find(standing.begin(), standing.end(), one) == standing.end(); });
    };
    without_new(halfway.checks, pair.before.checks);
    for (Column& column : halfway.columns) {
      const Column* standing = pair.before.find_column(column.name);
      without_new(column.checks, standing == nullptr ? std::vector<Check>() : standing->checks);
    }
    const auto counts = [&](const IndexPart& part) {
      const Column* column = pair.after.find_column(part.column);
      return column != nullptr && column->auto_increment;  // needs its key at once
    };
    std::erase_if(halfway.indexes, [&](const Index& index) {
      const bool stands = std::find(pair.before.indexes.begin(), pair.before.indexes.end(), index) != pair.before.indexes.end();
      return index.kind == IndexKind::Unique && !stands && std::none_of(index.parts.begin(), index.parts.end(), counts);
    });
    if (!keeps_history(pair.before) && !keeps_history(pair.after)) halfway.extra = pair.before.extra;
    return halfway == pair.after ? std::nullopt : std::optional(std::move(halfway));
  }

  /// `judged` is what the change is judged by, `pair` what remains to be done of it. False when that is nothing.
  bool change_table(const diff::Pair<Table>& judged, const diff::Pair<Table>& pair, const Kept& kept, bool loses_values) {
    const diff::TableDelta delta = diff::compare(pair.before, pair.after);
    std::vector<std::string> clauses = alter_clauses(pair, delta);
    if (delta.extra_changed) append_versioning(pair, clauses);
    const std::string partitions = delta.extra_changed ? new_partitions(pair) : std::string();
    if (partitions.empty() && keeps_what_was_computed(pair, delta)) clauses.emplace_back(must_copy);
    if (clauses.empty() && !delta.extra_changed) return false;
    diff::Pair<Table> described = pair;
    described.before.foreign_keys = described.after.foreign_keys;  // they have steps of their own
    Step& step = add(StepSymbol::Change, describe_alteration(described), "alter", pair.after.name);
    step.altered = judged;
    judged_.insert(pair.after.name);
    if (loses_values) step.kept = kept.lost;
    else if (!kept.filled.empty() && kept.filled.front().key.empty()) step.kept = kept.filled.front();
    if (step.kept) step.aside = step.kept->aside;
    if (loses_values && kept.lost && !kept.lost->key.empty()) remark_triggers(pair.after.name, "on the way back, for each row that gets its earlier value", step);
    step.fills_are_kept = !kept.filled.empty() && !kept.filled.front().key.empty();
    judge_what_is_not_held(judged.before, step);
    guard_checks(judged, delta, step);
    guard_computed_values(pair, step);
    const std::string alter = "ALTER TABLE " + quoted(pair.after.name);
    if (must_unpartition(pair)) step.commands.push_back(statement(alter + " REMOVE PARTITIONING"));
    std::string rest_of_it = clauses.empty() ? std::string() : "\n  " + join(clauses, ",\n  ");
    if (!partitions.empty()) rest_of_it += "\n " + partitions;  // no comma: it ends the statement
    if (!rest_of_it.empty()) step.commands.push_back(statement(alter + rest_of_it));
    if (loses_values && !rest_of_it.empty()) {
      const bool behind_a_lock = can_be_changed_behind_a_lock(pair.before);
      step.commands.back().company = kept_until_the_loss(*kept.lost, behind_a_lock);
      if (!behind_a_lock) step.remarks.push_back("Nobody may write what goes while this step runs: MariaDB cannot change a table whose default asks a sequence while it is locked.");
    }
    if (is_narrowing_undone(pair.after.name) && !rest_of_it.empty() && restored_.insert(pair.after.name).second) {
      Command& command = step.commands.back();
      command.company = told_apart_on_the_way_back(*input_.undone, guards_of_rows_since(judged, pair), can_be_changed_behind_a_lock(pair.before), [&](const std::string& column) { return unchanged_times(pair.after, column); });
      if (is_known_what_fits(pair, delta)) command.sql = cut_to_fit(command.sql);
    }
    if (const std::string further = afterthought(pair); !further.empty()) step.commands.push_back(statement(alter + " " + further));
    gives(step, with_present_keys(pair.after));
    return true;
  }

  /// Without strict mode a NULL would become 0 as well. A column that is added again is not there to be asked before that.
  std::vector<Command> guards_of_rows_since(const diff::Pair<Table>& judged, const diff::Pair<Table>& pair) const {
    std::vector<Command> guards = dialect_.guards_of_nulls(judged);
    for (Command& guard : dialect_.guards_of_misfits(judged, input_.undone)) guards.push_back(std::move(guard));
    for (Command& guard : dialect_.guards_of_nulls(pair)) {
      if (std::find(guards.begin(), guards.end(), guard) != guards.end()) continue;
      guard.message = replace_all(guard.message, came_since, " ");
      guards.push_back(std::move(guard));
    }
    return guards;
  }

  bool is_narrowing_undone(const std::string& table) const {
    const KeptValues* undone = input_.undone;
    return undone != nullptr && undone->table == table && !undone->key.empty() && is_narrowed(*undone);
  }

  /// Every value that would be cut is found by the guards, or put in its place afterwards.
  bool is_known_what_fits(const diff::Pair<Table>& pair, const diff::TableDelta& delta) const {
    return std::all_of(delta.columns_altered.begin(), delta.columns_altered.end(), [&](const auto& change) {
      const auto& kept = input_.undone->columns;
      const bool is_whole = std::any_of(kept.begin(), kept.end(), [&](const KeptColumn& column) { return column.whole && column.column == change.after.name; });
      const auto questions = is_whole || change.after.generated ? std::vector<Question>() : dialect_.narrowing(change, pair);
      return std::all_of(questions.begin(), questions.end(), [](const Question& question) { return !question.condition.empty(); });
    });
  }

  /// On a way back: columns that stay get their earlier values. Those that took another type have them from behind the lock already, unless the run
  /// was cut off there.
  void restore_values(const diff::Pair<Table>& pair) {
    const KeptValues* undone = input_.undone;
    if (undone == nullptr || undone->table != pair.after.name || undone->key.empty()) return;
    for (std::size_t i = 0; i < undone->columns.size(); ++i) {
      const std::string& name = undone->columns[i].column;
      if (pair.before.find_column(name) == nullptr) continue;  // it is filled when it is added
      add(StepSymbol::Data, "earlier values of `" + pair.after.name + "." + name + "`", "update", pair.after.name).commands.push_back(restore(*undone, i, pair.after));
    }
  }

  /// Touches only the rows that it gives another value: the table's triggers run for each.
  Command restore(const KeptValues& kept, std::size_t column, const Table& table) const {
    const KeepingForms forms = dialect_.keeping_forms();
    const std::string& name = kept.columns[column].column;
    const std::string sql = "UPDATE " + quoted(table.name) + " SET " + quoted(name) + " = " + kept_value(kept, column, {}, forms) + unchanged_times(table, name);
    return fill_in_batches(as_it_was(sql, name, table), can_be_restored(kept, column, forms), table.name, batch_column(current(table.name)), table.name);
  }

  /// What stood once stands again, also what a strict server takes from nobody: an enum's error value, a 31st of February, a row against a check.
  static std::string as_it_was(const std::string& update, const std::string& written, const Table& table) {
    constexpr std::array<std::string_view, 5> words{"enum", "set", "date", "datetime", "timestamp"};
    const Column* column = table.find_column(written);
    const bool may_be_refused = column != nullptr && std::find(words.begin(), words.end(), base_type(column->type.native.common)) != words.end();
    const bool has_checks = !table.checks.empty() || std::any_of(table.columns.begin(), table.columns.end(), [](const Column& one) { return !one.checks.empty(); });
    if (!may_be_refused && !has_checks) return update;
    return "SET STATEMENT sql_mode = 'NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES', check_constraint_checks = 0, max_error_count = 0 FOR " + update;
  }

  /// A change names whole columns and keys again, and leaves out what the model does not hold. The text is the table's as
  /// it stands, so that it is held against the names that it has there.
  void judge_what_is_not_held(const Table& before, Step& step) const {
    const Table* standing = standing_table(before.name);
    const auto words = standing == nullptr ? std::vector<std::string>() : not_held(*standing);
    if (words.empty()) return;
    step.risks.push_back({RiskKind::RebuildOpaque, "changes table `" + before.name + "`, whose text on the server says more than plumb holds: `" + join(words, "`, `") + "`", false, -1, {}});
  }

  const Table* standing_table(std::string name) const {
    for (const auto& rename : input_.match.renames) {
      if (rename.kind == diff::Rename::Kind::Table && rename.to == name) name = rename.from;
    }
    const auto found = input_.actual.tables.find(name);
    return found == input_.actual.tables.end() ? nullptr : &found->second;
  }

  /// New columns come first, nullable and without keys, so that they can be filled before anything is demanded of them; and columns that
  /// stand take a type that holds more, for what they are filled with.
  void add_filled_columns(const diff::Pair<Table>& pair, const std::vector<Filled>& filled, diff::Pair<Table>& rest) {
    std::vector<std::string> clauses;
    std::vector<std::string> names;
    for (const Filled& one : filled) {
      if (!one.is_new) {
        if (auto wider = widened(pair, one.column, rest.before)) {
          clauses.push_back(std::move(*wider));
          names.push_back("`~ " + one.column.name + "` to `" + one.column.type.native.common + "`");
        }
        continue;
      }
      Column open = one.column;
      open.nullable = true;
      open.default_value.reset();
      open.on_update_now = false;
      open.auto_increment = false;  // that needs a key
      open.checks.clear();
      clauses.push_back("ADD COLUMN " + column_definition(open, collation_of(pair.before)));
      names.push_back("`+ " + one.column.name + "`");
      rest.before.columns.push_back(std::move(open));
    }
    if (clauses.empty()) return;
    Step& step = add(StepSymbol::Change, "table `" + pair.after.name + "`: " + join(names, ", ") + ", open until filled", "alter", pair.after.name);
    step.commands.push_back(statement("ALTER TABLE " + quoted(pair.after.name) + "\n  " + join(clauses, ",\n  ")));
    gives(step, with_present_keys(rest.before));
  }

  /// Gives the column its new type in `table` and the clause that does so, where no value that stands is in the way of that.
  std::optional<std::string> widened(const diff::Pair<Table>& pair, const Column& wanted, Table& table) const {
    const auto standing = std::find_if(table.columns.begin(), table.columns.end(), [&](const Column& column) { return column.name == wanted.name; });
    if (standing->type == wanted.type || !dialect_.narrowing({*standing, wanted}, pair).empty()) return std::nullopt;
    standing->type = wanted.type;
    return "MODIFY COLUMN " + column_definition(*standing, collation_of(table));
  }

  /// Undoes a fill of a column that stood, as long as nobody has written it since.
  Back back_from_fill(const diff::Pair<Table>& pair, const KeptValues& kept) const {
    return {BackKind::Exact, {restore(kept, 0, pair.before)}, {}};
  }

  /// The server has no way to change rows past the triggers that stand.
  void remark_triggers(const std::string& table, const std::string& when, Step& step) const {
    std::vector<std::string> names;
    for (const auto& [name, trigger] : input_.match.from().triggers) {
      const auto drops_it = [&](const Step& earlier) { return std::find(earlier.effect.triggers_dropped.begin(), earlier.effect.triggers_dropped.end(), name) != earlier.effect.triggers_dropped.end(); };
      if (trigger.table == table && trigger.event == TriggerEvent::Update && std::none_of(steps_.begin(), steps_.end(), drops_it)) names.push_back("`" + name + "`");
    }
    if (!names.empty()) step.remarks.push_back((names.size() == 1 ? "Trigger " : "Triggers ") + join(names, ", ") + (names.size() == 1 ? " runs " : " run ") + when + ".");
  }

  /// What the fill replaces is kept by the fill itself. A table without a key is copied by the first one.
  static void keep_with_it(const KeptValues& values, Command& fill) {
    fill.company = kept_with_the_fill(values, std::nullopt);
    for (Command& part : fill.when_large) part.company = kept_with_the_fill(values, part.batches->column);
  }

  /// ON UPDATE must not take plumb's own writing for an edit.
  static std::string unchanged_times(const Table& table, const std::string& written) {
    std::string sql;
    for (const Column& column : table.columns) {
      if (column.on_update_now && column.name != written) sql += ", " + quoted(table.name) + "." + quoted(column.name) + " = " + quoted(table.name) + "." + quoted(column.name);
    }
    return sql;
  }

  void fill(const diff::Pair<Table>& pair, const std::vector<Filled>& filled, const std::vector<KeptValues>& kept) {
    const std::string table = quoted(pair.after.name);
    bool copied = false;
    for (const Filled& one : filled) {
      Step& step = add(StepSymbol::Data, "fill `" + pair.after.name + "." + one.column.name + "` from `" + shortened(one.expression, 60) + "`", "update", pair.after.name);
      remark_triggers(pair.after.name, "for each row that is filled", step);
      const std::string update = "UPDATE " + table + " SET " + quoted(one.column.name) + " = (" + one.expression + ")" + unchanged_times(pair.before, one.column.name);
      const std::string sql = input_.is_way_back ? as_it_was(update, one.column.name, pair.after) : update;
      const std::string condition = quoted(one.column.name) + " IS NULL";  // also of a new column, into which somebody may have written already
      const auto column = looks_at_its_own_row(one.expression) ? batch_column(current(pair.after.name)) : std::nullopt;
      step.commands.push_back(fill_in_batches(sql, condition, pair.after.name, column, pair.after.name));
      for (const KeptValues& values : kept) {
        const bool is_copied_now = values.key.empty() && !one.is_new && !std::exchange(copied, true);
        const bool is_its_own = !values.key.empty() && values.columns.front().column == one.column.name;
        if (is_copied_now || is_its_own) keep_with_it(values, step.commands.back());
        if (is_its_own) step.back = back_from_fill(pair, values);
      }
      if (one.column.nullable) continue;
      step.commands.push_back({CommandKind::Guard, "SELECT count(*) FROM " + table + " WHERE " + quoted(one.column.name) + " IS NULL",
                               "{n} of table `" + pair.after.name + "` would have no value in `" + one.column.name + "`, which is not null"});
    }
  }

  /// On a way back: the server puts an empty column in the place of one that was computed, and rows that came since have nothing for it.
  void guard_computed_values(const diff::Pair<Table>& pair, Step& step) const {
    const KeptValues* undone = input_.undone;
    if (undone == nullptr || undone->table != pair.after.name || undone->key.empty()) return;
    for (std::size_t i = 0; i < undone->columns.size(); ++i) {
      const Column* computed = pair.before.find_column(undone->columns[i].column);
      const Column* plain = pair.after.find_column(undone->columns[i].column);
      if (computed == nullptr || !computed->generated || computed->generated->stored || plain == nullptr || plain->generated || plain->nullable || plain->default_value) continue;
      step.commands.push_back(dialect_.guard_of_rows_not_kept(*undone, i, ", which is not computed any more"));
    }
  }

  /// A check on a column's line is put on without looking at the rows that stand, so they are asked here.
  static void guard_checks(const diff::Pair<Table>& pair, const diff::TableDelta& delta, Step& step) {
    for (const auto& changed : delta.columns_altered) {
      for (const Check& check : changed.after.checks) {
        const auto& old = changed.before.checks;
        if (std::find(old.begin(), old.end(), check) != old.end()) continue;
        step.commands.push_back({CommandKind::Guard, "SELECT count(*) FROM " + quoted(pair.after.name) + " WHERE NOT (" + check.expression.common + ")",
                                 "{n} of table `" + pair.after.name + "` would violate the check on `" + changed.after.name + "`"});
      }
    }
    for (const Column& column : delta.columns_added) {
      if (!column.default_value || column.checks.empty()) continue;
      for (const Check& check : column.checks) {
        step.commands.push_back({CommandKind::Guard, "SELECT count(*) FROM (SELECT " + every_column(pair.before, quoted) + ", " + column.default_value->sql.common + " AS " + quoted(column.name) + " FROM " +
                                                         quoted(pair.after.name) + ") AS filled WHERE NOT (" + check.expression.common + ")",
                                 "{n} of table `" + pair.after.name + "` would violate the check on `" + column.name + "` with its default"});
      }
    }
  }

  /// To a table that is not there, as the server takes it without foreign_key_checks only.
  bool dangles(const ForeignKey& key) const {
    if (!key.database.empty()) return false;
    const auto& created = changes().tables_created;
    const bool is_created = std::any_of(created.begin(), created.end(), [&](const Table& table) { return table.name == key.table; });
    return !is_created && (is_dropped(key.table) || !input_.match.from().tables.contains(key.table));
  }

  void put_on_foreign_keys(bool dangling) {
    std::map<std::string, std::vector<ForeignKey>> wanted = taken_off_;
    for (const auto& pair : changes().tables_altered) {
      const diff::TableDelta delta = diff::compare(pair.before, pair.after);
      for (const ForeignKey& key : delta.foreign_keys_added) wanted[pair.after.name].push_back(key);
    }
    for (auto& [table, keys] : wanted) {
      std::erase_if(keys, [&](const ForeignKey& key) { return dangles(key) != dangling; });
      if (keys.empty()) continue;
      std::vector<std::string> clauses;
      std::vector<std::string> names;
      for (const ForeignKey& key : keys) {
        append_own_index(table, key, clauses);
        clauses.push_back("ADD " + foreign_key_definition(key));
        names.push_back("`" + key.name.text + "`");
      }
      Step& step = add(StepSymbol::Change, "table `" + table + "`: " + std::string(names.size() == 1 ? "foreign key " : "foreign keys ") + join(names, ", "), "alter", table);
      // rows without a parent that stood under the key stand under it again
      const bool as_they_are = dangling || input_.is_way_back;
      if (as_they_are) step.commands.push_back({CommandKind::Session, "SET SESSION foreign_key_checks = 0", {}});
      step.commands.push_back(statement("ALTER TABLE " + quoted(table) + "\n  " + join(clauses, ",\n  ")));
      if (as_they_are) step.commands.push_back({CommandKind::Session, "SET SESSION foreign_key_checks = 1", {}});
      step.keys_put_back = keys_put_back(table, keys);
      if (const auto altered = altered_.find(table); altered != altered_.end() && judged_.insert(table).second) step.altered = *altered->second;
      Table complete = current(table);
      complete.foreign_keys = keys_at_last(table);
      const std::vector<ForeignKey>& standing = current(table).foreign_keys;
      if (!dangling) std::erase_if(complete.foreign_keys, [&](const ForeignKey& key) { return dangles(key) && std::find(standing.begin(), standing.end(), key) == standing.end(); });
      gives(step, std::move(complete));
    }
  }

  /// Those of a table that stood.
  std::vector<ForeignKey> keys_put_back(const std::string& table, const std::vector<ForeignKey>& keys) const {
    std::vector<ForeignKey> put_back;
    const auto standing = input_.match.from().tables.find(table);
    if (standing == input_.match.from().tables.end()) return put_back;
    for (const ForeignKey& key : keys) {
      const auto& before = standing->second.foreign_keys;
      if (std::find(before.begin(), before.end(), key) != before.end()) put_back.push_back(key);
    }
    return put_back;
  }

  /// The foreign keys that a table has in the state to reach.
  const std::vector<ForeignKey>& keys_at_last(const std::string& table) const {
    const auto altered = altered_.find(table);
    if (altered != altered_.end()) return altered->second->after.foreign_keys;
    const auto& created = changes().tables_created;
    const auto made = std::find_if(created.begin(), created.end(), [&](const Table& t) { return t.name == table; });
    return made != created.end() ? made->foreign_keys : input_.match.from().tables.at(table).foreign_keys;
  }

  /// An index that the server once made for a foreign key by itself would be made again under the key's name. One that
  /// is said stays; the server sees that it is the same and builds nothing.
  void append_own_index(const std::string& name, const ForeignKey& key, std::vector<std::string>& clauses) const {
    const auto altered = altered_.find(name);
    const auto standing = input_.match.from().tables.find(name);
    if (altered == altered_.end() && standing == input_.match.from().tables.end()) return;
    const Table& table = altered == altered_.end() ? standing->second : altered->second->after;
    for (const Index& index : table.indexes) {
      if (index.kind != IndexKind::Plain || index.parts.size() != key.columns.size() || index.name == key.name) continue;
      const bool covers = std::equal(index.parts.begin(), index.parts.end(), key.columns.begin(), [](const IndexPart& part, const std::string& column) {
        return equal_ignoring_case(part.column, column) && !part.length && !part.descending;
      });
      const std::string drop = "DROP KEY " + quoted(index.name.text);
      if (!covers || std::find(clauses.begin(), clauses.end(), drop) != clauses.end()) continue;
      clauses.push_back(drop);
      clauses.push_back("ADD " + index_definition(index));
    }
  }

  void drop_tables() {
    const auto order = plumb::in_reference_order(changes().tables_dropped).tables;
    for (auto table = order.rbegin(); table != order.rend(); ++table) {
      Step& step = add(StepSymbol::Drop, "table `" + (*table)->name + "`", keeps_aside() ? "keep aside" : "drop", (*table)->name);
      if (keeps_aside()) {
        step.aside = input_.attic.prefix + std::to_string(++kept_);
        step.commands.push_back(statement("RENAME TABLE " + quoted((*table)->name) + " TO " + quoted(step.aside)));
      } else {
        step.commands.push_back(statement("DROP TABLE " + quoted((*table)->name)));
      }
      step.effect.tables_dropped.push_back((*table)->name);
      step.risks.push_back({RiskKind::DropTable, "loses the rows of `" + (*table)->name + "`", false, -1, {}});
    }
  }

  const PlanInput& input_;
  const Dialect& dialect_;
  unsigned kept_ = 0;  ///< attic tables so far
  std::map<std::string, const diff::Pair<Table>*> altered_;
  std::map<std::string, Table> current_;  ///< tables that a step has changed, as the last one left them
  std::map<std::string, diff::Pair<Table>> begun_;  ///< tables whose collation came first: what remains to be done
  std::map<std::string, std::vector<ForeignKey>> taken_off_;  ///< to be put on once every table has its form
  std::set<std::string> restored_;  ///< tables whose earlier values came with the change of their types
  std::set<std::string> judged_;  ///< tables whose rows a step is judged by
  TextSteps texts_;
  std::vector<Step> steps_;
};

}  // namespace

std::vector<Step> MariaDbDialect::expand(const PlanInput& input) const { return Expander(input, *this).run(); }

}  // namespace plumb::mariadb
