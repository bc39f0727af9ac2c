// dialect/sqlite/expand.cpp: the steps that carry a difference out on SQLite, in the order in which they run.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "dialect/add_step.hpp"
#include "dialect/create_order.hpp"
#include "dialect/describe.hpp"
#include "dialect/sqlite/checks_afterwards.hpp"
#include "dialect/sqlite/doubtful_texts.hpp"
#include "dialect/sqlite/not_held.hpp"
#include "dialect/sqlite/rebuild.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "dialect/sqlite/stored_create.hpp"
#include "dialect/sqlite/taken_off.hpp"
#include "sql/quote.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

/// From this many dropped columns on, one rebuild is cheaper than a rewrite of the table for each of them.
constexpr std::size_t dropped_columns_worth_a_rebuild = 3;

/// A default that ADD COLUMN takes on a table with rows: a literal, not NULL, nothing in parentheses, no CURRENT_…
/// (sqlite.org/lang_altertable.html#altertabaddcol).
bool is_constant(const Default& value) {
  const std::string& text = value.sql.common;
  return !text.empty() && text.front() != '(' && !to_upper(text).starts_with("CURRENT_");
}

class Expander {
 public:
  Expander(const PlanInput& input, const Dialect& dialect) : input_(input), dialect_(dialect) {}

  std::vector<Step> run() {
    const Names going = goes_before_tables_change();
    if (!going.empty() && alters_where_all_is_read()) taken_off_ = readers_of(going, input_.match.from(), changes());
    drop_triggers_and_views();
    drop_virtual_tables();  // on the way back, when the tables that they index have their old form again
    for (const auto& rename : input_.match.renames) add_rename(rename);
    const bool drops_first = gives_names_away();
    if (drops_first) drop_tables();
    for (const auto& pair : changes().tables_altered) free_index_names(pair);
    create_tables();
    create_virtual_tables();
    for (const auto& pair : changes().tables_altered) {
      const auto begun = begun_.find(pair.after.name);
      alter_table(begun == begun_.end() ? pair : begun->second);
    }
    if (!drops_first) drop_tables();
    create_views_and_triggers();
    for (Step& check : checks_afterwards(input_)) steps_.push_back(std::move(check));
    return std::move(steps_);
  }

 private:
  const diff::Changes& changes() const { return input_.changes; }

  const TableIntent& intent_of(const std::string& table) const {
    static const TableIntent none;
    const auto found = input_.description.tables.find(table);
    return found == input_.description.tables.end() ? none : found->second;
  }

  Step& add(StepSymbol symbol, std::string what, std::string how, std::string table = {}) { return add_step(steps_, symbol, std::move(what), std::move(how), std::move(table)); }

  /// Altered tables after those they refer to, so that a backfill finds its sources in their new form.
  std::vector<const diff::Pair<Table>*> in_reference_order() const {
    std::vector<Table> tables;
    for (const auto& pair : changes().tables_altered) tables.push_back(pair.after);
    std::vector<const diff::Pair<Table>*> order;
    for (const Table* table : plumb::in_reference_order(tables).tables) order.push_back(&changes().tables_altered[static_cast<std::size_t>(table - tables.data())]);
    return order;
  }

  bool keeps_aside() const { return !input_.attic.prefix.empty(); }

  /// What the change will lose, kept by a step of its own before it.
  std::optional<KeptValues> keep_values(const diff::Pair<Table>& pair) {
    auto values = dialect_.values_to_keep(pair, input_, kept_);
    if (!values) return values;
    std::vector<std::string> columns;
    for (const KeptColumn& column : values->columns) columns.push_back("`" + column.column + "`");
    const std::string what = values->key.empty() ? "all rows of `" + values->table + "`, which have no key that stays," : "values of `" + values->table + "`: " + join(columns, ", ");
    Step& step = add(StepSymbol::Data, what + " kept aside", "keep aside", values->table);
    step.commands = dialect_.keep_values(*values);
    step.aside = values->aside;
    step.kept = values;
    // without a key the copy is all that a person has to go by, and stays
    if (!values->key.empty()) step.back = {BackKind::Exact, dialect_.drop_aside(values->aside), {}};
    return values;
  }

  /// What the change made of the values that stay is noted, so that the way back leaves alone what is written later.
  void note_values(const std::optional<KeptValues>& values) {
    const std::string sql = values ? note_of_kept_values(*values, dialect_.keeping_forms()) : std::string();
    if (sql.empty()) return;
    add(StepSymbol::Data, "note what became of the values kept aside of `" + values->table + "`", "note").commands.push_back({CommandKind::Fill, sql, {}});
  }

  /// The highest number that AUTOINCREMENT ever gave goes with it, and none that was given may be given again after the way back
  /// (sqlite.org/autoinc.html).
  void keep_mark(const std::string& table) {
    Step& step = add(StepSymbol::Data, "highest number ever given in `" + table + "` kept aside", "keep aside", table);
    step.aside = input_.attic.prefix + std::to_string(++kept_);
    step.commands = plumb::sqlite::keep_mark(table, step.aside);
    step.back = {BackKind::Exact, restore_mark(table, step.aside), {}};
  }

  bool is_dropped(const std::string& table) const {
    return std::any_of(changes().tables_dropped.begin(), changes().tables_dropped.end(),
                       [&](const Table& t) { return t.name == table; });
  }

  /// Where something else takes its name, a reader may stay. In lower case.
  Names goes_before_tables_change() const {
    Names going;
    for (const View& view : changes().views_dropped) going.insert(to_lower(view.name));
    for (const auto& pair : changes().views_altered) going.insert(to_lower(pair.before.name));
    for (const auto& [name, opaque] : changes().opaque_dropped) going.insert(to_lower(opaque.name));
    if (!gives_names_away()) return going;
    for (const Table& table : changes().tables_dropped) going.insert(to_lower(table.name));
    return going;
  }

  /// By statements that read every view and trigger (dialect/sqlite/taken_off.hpp).
  bool alters_where_all_is_read() const {
    return !input_.match.renames.empty() || std::any_of(changes().tables_altered.begin(), changes().tables_altered.end(), [&](const auto& pair) {
      const diff::TableDelta delta = diff::compare(pair.before, pair.after);
      return !delta.columns_dropped.empty() && is_native(pair, delta);
    });
  }

  void drop_trigger(const Trigger& trigger, StepSymbol symbol, const std::string& what_then = {}) {
    Step& step = add(symbol, "trigger `" + trigger.name + "` on `" + trigger.table + "`" + what_then, "drop");
    step.commands.push_back(statement("DROP TRIGGER " + quoted(trigger.name)));
    step.effect.triggers_dropped.push_back(trigger.name);
  }

  Step& drop_view(const View& view, StepSymbol symbol, const std::string& what_then = {}) {
    Step& step = add(symbol, "view `" + view.name + "`" + what_then, "drop");
    step.commands.push_back(statement("DROP VIEW " + quoted(view.name)));
    step.effect.views_dropped.push_back(view.name);
    return step;
  }

  void take_off_view(const View& view) {
    Step& step = drop_view(view, StepSymbol::Change, ": taken off, made anew below");
    for (const Trigger& trigger : kept_triggers(view.name)) step.effect.triggers_dropped.push_back(trigger.name);
  }

  void drop_triggers_and_views() {
    const auto take_off_trigger = [&](const Trigger& trigger) { drop_trigger(trigger, StepSymbol::Change, ": taken off, made anew below"); };
    for (const auto& trigger : changes().triggers_dropped) {
      if (keeps_aside() || !is_dropped(trigger.table)) drop_trigger(trigger, StepSymbol::Drop);
    }
    for (const auto& pair : changes().triggers_altered) take_off_trigger(pair.before);
    for (const auto& trigger : taken_off_.triggers) take_off_trigger(trigger);
    for (const auto& view : taken_off_.views) take_off_view(view);
    for (const auto& view : changes().views_dropped) drop_view(view, StepSymbol::Drop).risks.push_back({RiskKind::DropView, "drops the view `" + view.name + "`", false, -1, {}});
    for (const auto& pair : changes().views_altered) take_off_view(pair.before);
  }

  void add_rename(const diff::Rename& rename) {
    if (rename.kind == diff::Rename::Kind::Column) {
      Step& step = add(StepSymbol::Rename, "column `" + rename.table + "." + rename.from + "` to `" + rename.to + "`", "rename");
      step.commands.push_back(statement(rename_column(rename.table, rename.from, rename.to)));
      step.effect.renames.push_back(rename);
      return;
    }
    Step& step = add(StepSymbol::Rename, "table `" + rename.from + "` to `" + rename.to + "`", "rename", rename.to);
    step.effect.renames.push_back(rename);
    for (std::string& sql : rename_table(rename.from, rename.to)) step.commands.push_back(statement(std::move(sql)));
    if (equal_ignoring_case(rename.from, rename.to)) return;
    for (const auto& table : input_.actual.statistics.names) {  // SQLite leaves these under the old name
      step.commands.push_back({CommandKind::Fill, "UPDATE " + table + " SET tbl = " + sql::quote_string(rename.to, false) + " WHERE tbl = " + sql::quote_string(rename.from, false), {}});
    }
  }

  /// Indexes have their names in one room for the whole file: one of a table that goes may come again at another table. And a virtual
  /// table may take the name of a table.
  bool gives_names_away() const {
    std::set<std::string> going;
    for (const auto& [name, opaque] : changes().opaque_created) {
      if (is_dropped(opaque.name)) return true;
    }
    for (const Table& table : changes().tables_dropped) {
      for (const Index& index : table.indexes) going.insert(to_lower(index.name.text));
    }
    const auto is_going = [&](const Index& index) { return !index.constraint && going.contains(to_lower(index.name.text)); };
    const auto takes_one = [&](const std::vector<Index>& indexes) { return std::any_of(indexes.begin(), indexes.end(), is_going); };
    return std::any_of(changes().tables_created.begin(), changes().tables_created.end(), [&](const Table& table) { return takes_one(table.indexes); }) ||
           std::any_of(changes().tables_altered.begin(), changes().tables_altered.end(), [&](const auto& pair) { return takes_one(pair.after.indexes); });
  }

  /// An index that gives its name to one of a table that comes earlier goes before all tables change.
  void free_index_names(const diff::Pair<Table>& pair) {
    diff::Pair<Table> first{pair.before, pair.before};
    std::erase_if(first.after.indexes, [&](const Index& index) {
      const bool stays = std::find(pair.after.indexes.begin(), pair.after.indexes.end(), index) != pair.after.indexes.end();
      return !index.constraint && !stays && is_taken_before(pair, index.name.text);
    });
    if (first.before == first.after) return;
    Step& step = add(StepSymbol::Change, describe_alteration(first) + ", whose name another one takes", "native", pair.after.name);
    step.altered = first;
    step.effect.tables.push_back(first.after);
    alter_natively(first, diff::compare(first.before, first.after), step);
    begun_.emplace(pair.after.name, diff::Pair<Table>{first.after, pair.after});
  }

  /// `giver` is one of the tables that change.
  bool is_taken_before(const diff::Pair<Table>& giver, const std::string& index) const {
    const auto takes_it = [&](const Table& table) {
      return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& one) { return !one.constraint && equal_ignoring_case(one.name.text, index); });
    };
    const auto& altered = changes().tables_altered;
    return std::any_of(changes().tables_created.begin(), changes().tables_created.end(), takes_it) ||
           std::any_of(altered.begin(), altered.begin() + (&giver - altered.data()), [&](const auto& pair) { return takes_it(pair.after); });
  }

  void create_tables() {
    for (const Table* table : plumb::in_reference_order(changes().tables_created).tables) {
      Step& step = add(StepSymbol::Create, "table `" + table->name + "`", "create");
      step.commands.push_back(statement(create_table(*table)));
      step.effect.tables.push_back(*table);
      for (const Index& index : table->indexes) {
        if (!index.constraint) step.commands.push_back(statement(create_index(index, table->name)));
      }
    }
  }

  /// Shadow tables come and go with the virtual table that keeps its data in them.
  void create_virtual_tables() {
    for (const auto& [name, opaque] : changes().opaque_created) {
      if (!opaque.table.empty()) continue;
      Step& step = add(StepSymbol::Create, opaque.kind + " `" + opaque.name + "`", "create");
      step.commands.push_back(statement(opaque.definition));
      step.remarks.push_back("It is empty until the application fills it.");
      step.effect.opaque = with_shadow_tables(opaque, changes().opaque_created);
      step.back = {BackKind::Loses, {statement("DROP TABLE " + quoted(opaque.name))}, "what stands in " + opaque.kind + " `" + opaque.name + "` by then does not"};
    }
  }

  static ByName<Opaque> with_shadow_tables(const Opaque& owner, const ByName<Opaque>& all) {
    ByName<Opaque> own;
    for (const auto& [key, opaque] : all) {
      if (opaque.table == owner.name || (opaque.table.empty() && opaque.name == owner.name)) own.emplace(key, opaque);
    }
    return own;
  }

  void drop_virtual_tables() {
    for (const auto& [name, opaque] : changes().opaque_dropped) {
      if (!opaque.table.empty()) continue;
      Step& step = add(StepSymbol::Drop, opaque.kind + " `" + opaque.name + "`", "drop", opaque.name);
      step.commands.push_back(statement("DROP TABLE " + quoted(opaque.name)));
      step.risks.push_back({RiskKind::DropTable, "loses what stands in " + opaque.kind + " `" + opaque.name + "`", false, -1, {}});
      step.effect.opaque_dropped = with_shadow_tables(opaque, changes().opaque_dropped);
      step.back = {BackKind::Loses, {statement(opaque.definition)}, "what stands in " + opaque.kind + " `" + opaque.name + "` does not"};
      if (!is_index_of_other_rows(opaque.definition)) continue;
      const std::string table = quoted(opaque.name);
      step.back = {BackKind::Exact, {statement(opaque.definition), {CommandKind::Fill, "INSERT INTO " + table + " (" + table + ") VALUES ('rebuild')", {}}}, {}};
    }
  }

  /// A full-text table that has its texts from another table and can be built from there again (sqlite.org/fts5.html#the_rebuild_command).
  static bool is_index_of_other_rows(const std::string& definition) {
    const std::string module = to_lower(virtual_table_module(definition));
    if (module != "fts5" && module != "fts4") return false;
    const auto tokens = sql::tokenize(definition, sql::sqlite_lexis);
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
      if (equal_ignoring_case(tokens[i].text, "content") && tokens[i + 1].text == "=") return tokens[i + 2].text != "''" && tokens[i + 2].text != "\"\"";
    }
    return false;
  }

  bool is_added_natively(const Column& column, const Table& after, const std::vector<ForeignKey>& keys) const {
    if (column.auto_increment || (column.generated && column.generated->stored)) return false;
    if (after.primary_key) {
      for (const auto& part : after.primary_key->parts) {
        if (equal_ignoring_case(part.column, column.name)) return false;
      }
    }
    if (column.default_value && !is_constant(*column.default_value)) return false;
    if (!column.nullable && !column.default_value) return false;
    for (const ForeignKey& key : keys) {
      if (equal_ignoring_case(key.columns.front(), column.name) && column.default_value) return false;
    }
    const bool filled = !backfill_of(intent_of(after.name), column.name).empty();
    return !filled || !has_update_trigger(after.name);
  }

  bool has_update_trigger(const std::string& table) const {
    const auto& triggers = input_.match.from().triggers;
    return std::any_of(triggers.begin(), triggers.end(), [&](const auto& entry) {
      return entry.second.table == table && entry.second.event == TriggerEvent::Update;
    });
  }

  /// sqlite.org/lang_altertable.html#altertabdropcol, and further where SQLite would let something break silently.
  bool is_dropped_natively(const Column& column, const Table& before, const Table& after) const {
    const auto in_parts = [&](const std::vector<IndexPart>& parts) {
      return std::any_of(parts.begin(), parts.end(), [&](const IndexPart& part) {
        return equal_ignoring_case(part.column, column.name) || (part.expression && sql::names(part.expression->common, column.name, sql::sqlite_lexis));
      });
    };
    if (before.primary_key && in_parts(before.primary_key->parts)) return false;
    for (const Index& index : before.indexes) {
      if (index.constraint && in_parts(index.parts)) return false;
    }
    for (const Index& index : after.indexes) {
      if (in_parts(index.parts) || (index.where && sql::names(index.where->common, column.name, sql::sqlite_lexis))) return false;
    }
    for (const Check& check : before.checks) {
      if (sql::names(check.expression.common, column.name, sql::sqlite_lexis)) return false;
    }
    for (const Column& other : before.columns) {
      if (other.name == column.name) continue;
      if (other.generated && sql::names(other.generated->expression.common, column.name, sql::sqlite_lexis)) return false;
      for (const Check& check : other.checks) {
        if (sql::names(check.expression.common, column.name, sql::sqlite_lexis)) return false;
      }
    }
    for (const ForeignKey& key : before.foreign_keys) {
      if (std::find(key.columns.begin(), key.columns.end(), column.name) != key.columns.end()) return false;
    }
    const auto mentions = [&](const auto& objects, const auto& text) {
      return std::any_of(objects.begin(), objects.end(), [&](const auto& entry) { return sql::names(text(entry.second), column.name, sql::sqlite_lexis); });
    };
    if (!has_doubtful_texts_) has_doubtful_texts_ = has_doubtful_texts(input_.match.from());
    return !*has_doubtful_texts_ && !mentions(input_.match.from().views, [](const View& v) { return v.query.common; }) &&
           !mentions(input_.match.from().triggers, [](const Trigger& t) { return t.written.text + " " + t.body.common + " " + t.when.common; });
  }

  /// ALTER TABLE puts new columns at the end.
  static bool adds_at_the_end(const diff::Pair<Table>& pair) {
    bool added = false;
    for (const Column& column : pair.after.columns) {
      if (pair.before.find_column(column.name) == nullptr) added = true;
      else if (added) return false;
    }
    return true;
  }

  bool is_native(const diff::Pair<Table>& pair, const diff::TableDelta& delta) const {
    if (delta.primary_key_changed || delta.options_changed || delta.extra_changed || delta.order_changed || !delta.columns_altered.empty() ||
        !delta.checks_added.empty() || !delta.checks_dropped.empty() || !delta.foreign_keys_dropped.empty() ||
        delta.columns_dropped.size() >= dropped_columns_worth_a_rebuild) {
      return false;
    }
    const auto is_constraint = [](const Index& index) { return index.constraint; };
    if (std::any_of(delta.indexes_created.begin(), delta.indexes_created.end(), is_constraint) ||
        std::any_of(delta.indexes_dropped.begin(), delta.indexes_dropped.end(), is_constraint) ||
        std::any_of(delta.indexes_renamed.begin(), delta.indexes_renamed.end(), [](const auto& p) { return p.before.constraint; })) {
      return false;
    }
    for (const ForeignKey& key : delta.foreign_keys_added) {  // can stand on the column that is added with it
      const bool with_column = key.columns.size() == 1 && pair.before.find_column(key.columns.front()) == nullptr;
      if (!with_column) return false;
    }
    return adds_at_the_end(pair) && std::all_of(delta.columns_added.begin(), delta.columns_added.end(),
                       [&](const Column& c) { return is_added_natively(c, pair.after, delta.foreign_keys_added); }) &&
           std::all_of(delta.columns_dropped.begin(), delta.columns_dropped.end(),
                       [&](const Column& c) { return is_dropped_natively(c, pair.before, pair.after); });
  }

  void alter_table(const diff::Pair<Table>& pair) {
    const diff::TableDelta delta = diff::compare(pair.before, pair.after);
    if (delta.empty()) return;
    const auto kept = keep_values(pair);
    if (keeps_aside() && is_automatic(pair.before) && !is_automatic(pair.after)) keep_mark(pair.after.name);
    change_table(pair, delta, kept);
    note_values(kept);
  }

  void change_table(const diff::Pair<Table>& pair, const diff::TableDelta& delta, const std::optional<KeptValues>& kept) {
    const bool native = is_native(pair, delta);
    Step& step = add(StepSymbol::Change, describe_alteration(pair), native ? "native" : "rebuild", pair.after.name);
    step.altered = pair;
    step.effect.tables.push_back(pair.after);
    step.kept = kept;
    if (kept) step.aside = kept->aside;
    if (!native) {
      guard_backfills(pair, step);
      auto commands = rebuild(pair.before, pair.after, intent_of(pair.after.name), surroundings_of(pair.after.name), input_.undone);
      judge_rebuild(pair, commands.front().sql, step);
      step.commands.insert(step.commands.end(), commands.begin(), commands.end());
      return;
    }
    alter_natively(pair, delta, step);
  }

  void alter_natively(const diff::Pair<Table>& pair, const diff::TableDelta& delta, Step& step) const {
    const std::string table = quoted(pair.after.name);
    const auto drop_index = [&](const Index& index) { step.commands.push_back(statement("DROP INDEX " + quoted(index.name.text))); };
    for (const Index& index : delta.indexes_dropped) drop_index(index);
    for (const auto& renamed : delta.indexes_renamed) drop_index(renamed.before);
    const auto drop_columns = [&] {
      for (const Column& column : delta.columns_dropped) step.commands.push_back(statement("ALTER TABLE " + table + " DROP COLUMN " + quoted(column.name)));
    };
    // a table must have a column that is not generated at any time
    const bool leaves_one = std::any_of(pair.before.columns.begin(), pair.before.columns.end(), [&](const Column& column) { return !column.generated && pair.after.find_column(column.name) != nullptr; });
    if (leaves_one) drop_columns();
    for (const Column& column : delta.columns_added) {
      std::string text = "ALTER TABLE " + table + " ADD COLUMN " + column_definition(column, nullptr);
      for (const ForeignKey& key : delta.foreign_keys_added) {
        if (equal_ignoring_case(key.columns.front(), column.name)) text += " " + references_clause(key);
      }
      step.commands.push_back(statement(std::move(text)));
    }
    if (!leaves_one) drop_columns();
    for (const Column& column : delta.columns_added) {
      const std::string fill = backfill_of(intent_of(pair.after.name), column.name);
      if (fill.empty()) continue;
      step.commands.push_back({CommandKind::Fill, "UPDATE " + table + " SET " + quoted(column.name) + " = (" + fill + ")", {}});
    }
    for (const auto& renamed : delta.indexes_renamed) step.commands.push_back(statement(create_index(renamed.after, pair.after.name)));
    for (const Index& index : delta.indexes_created) step.commands.push_back(statement(create_index(index, pair.after.name)));
  }

  static std::string references_clause(const ForeignKey& key) {
    Table only_key;
    only_key.foreign_keys = {key};
    // the table-level form is [CONSTRAINT n] FOREIGN KEY (c) REFERENCES …; on a column the middle part is left out
    const std::string middle = "FOREIGN KEY (" + quoted(key.columns.front()) + ") ";
    std::string text = constraint_lines(only_key).front();
    const std::size_t at = text.find(middle);
    return text.erase(at, middle.size());
  }

  /// Stops before the copy, with the number of rows, where a backfill would leave a NOT NULL column empty.
  void guard_backfills(const diff::Pair<Table>& pair, Step& step) const {
    for (const Column& column : pair.after.columns) {
      if (column.nullable || column.generated) continue;
      const Column* old = pair.before.find_column(column.name);
      const std::string fill = backfill_of(intent_of(pair.after.name), column.name);
      if (old != nullptr && !old->nullable) continue;
      if (old == nullptr && (fill.empty() || names_new_column(fill, pair))) continue;
      const std::string restored = old == nullptr ? std::string() : restore_of(input_.undone, pair.before, column.name);
      std::string empty = !restored.empty() ? restored + " IS NULL" : fill.empty() ? quoted(column.name) + " IS NULL" : "(" + fill + ") IS NULL";
      if (old != nullptr && !fill.empty()) empty = quoted(column.name) + " IS NULL AND " + empty;
      if (is_rowid_alias(*old_or(old, column), pair.before)) continue;
      step.commands.push_back({CommandKind::Guard, "SELECT count(*) FROM " + quoted(pair.before.name) + " WHERE " + empty,
                               "{n} of table `" + pair.after.name + "` would have no value in `" + column.name + "`, which is not null"});
    }
  }

  static const Column* old_or(const Column* old, const Column& column) { return old != nullptr ? old : &column; }

  static bool is_rowid_alias(const Column& column, const Table& table) {
    return column.type.native.common == "integer" && table.primary_key && table.primary_key->parts.size() == 1 &&
           equal_ignoring_case(table.primary_key->parts[0].column, column.name) && !table.primary_key->parts[0].descending;
  }

  static bool names_new_column(const std::string& fill, const diff::Pair<Table>& pair) {
    return std::any_of(pair.after.columns.begin(), pair.after.columns.end(), [&](const Column& c) {
      return pair.before.find_column(c.name) == nullptr && sql::names(fill, c.name, sql::sqlite_lexis);
    });
  }

  Surroundings surroundings_of(const std::string& table) const {
    Surroundings surroundings;
    surroundings.triggers = kept_triggers(table);
    surroundings.statistics = input_.actual.statistics.names;
    for (const Opaque* opaque : not_understood_of(table)) surroundings.texts.push_back(opaque->definition);
    return surroundings;
  }

  /// Indexes and triggers of the table that plumb does not understand.
  std::vector<const Opaque*> not_understood_of(const std::string& table) const {
    std::vector<const Opaque*> found;
    for (const auto& [name, opaque] : input_.match.from().opaque) {
      if (!opaque.table.empty() && equal_ignoring_case(opaque.table, table)) found.push_back(&opaque);
    }
    return found;
  }

  /// The table as it stands, under the names that its stored text has.
  const Table* standing_table(std::string name) const {
    for (const auto& rename : input_.match.renames) {
      if (rename.kind == diff::Rename::Kind::Table && rename.to == name) name = rename.from;
    }
    const auto found = input_.actual.tables.find(name);
    return found == input_.actual.tables.end() ? nullptr : &found->second;
  }

  /// What the rebuild would lose, or put back without having understood it; `created` is the new table's text.
  void judge_rebuild(const diff::Pair<Table>& pair, const std::string& created, Step& step) const {
    const std::string table = "`" + pair.after.name + "`";
    const auto lost = [](std::vector<std::string> before, std::vector<std::string> after) {
      std::sort(before.begin(), before.end());
      std::sort(after.begin(), after.end());
      std::vector<std::string> gone;
      std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
      return gone;
    };
    Table made = pair.after;
    made.written.text = created;
    const Table* standing = standing_table(pair.before.name);
    const auto words = standing == nullptr ? std::vector<std::string>() : lost(not_held(*standing), not_held(made));
    if (!words.empty()) {
      step.risks.push_back({RiskKind::RebuildOpaque, "writes table " + table + " anew and loses of its stored text: `" + join(words, "`, `") + "`", false, -1, {}});
    }
    for (const Opaque* opaque : not_understood_of(pair.after.name)) {
      step.risks.push_back({RiskKind::RebuildOpaque, "takes " + opaque->kind + " `" + opaque->name + "` off table " + table + " and puts it back as it is stored; plumb does not understand it (" + opaque->reason + ")", false, -1, {}});
    }
    if (gives_rows_other_numbers(pair)) {
      step.remarks.push_back("The rows of " + table + " get other row numbers (`rowid`), and do not get the earlier ones again on the way back: what finds them by these, as a full-text table with `content=` does, finds others.");
    }
    const auto comments = lost(comments_of(pair.before.written.text), comments_of(created));
    if (!comments.empty()) step.remarks.push_back(counted(comments.size(), "comment") + " in the stored text of " + table + " " + (comments.size() == 1 ? "goes" : "go") + " with what changes: " + join(comments, " "));
  }

  /// They are the key's values then, or none.
  static bool gives_rows_other_numbers(const diff::Pair<Table>& pair) {
    if (is_without_rowid(pair.before) || has_rowid_alias(pair.before)) return false;
    const Column* alias = rowid_alias(pair.after);
    return is_without_rowid(pair.after) || (alias != nullptr && pair.before.find_column(alias->name) != nullptr);
  }

  /// Triggers of the table or view that going takes away with it and that must be put back.
  std::vector<Trigger> kept_triggers(const std::string& table) const {
    std::vector<Trigger> kept;
    for (const auto& [name, trigger] : input_.match.from().triggers) {
      if (trigger.table != table) continue;
      const auto is_it = [&, n = name](const Trigger& t) { return t.name == n; };
      const bool goes = std::any_of(changes().triggers_dropped.begin(), changes().triggers_dropped.end(), is_it) ||
                        std::any_of(taken_off_.triggers.begin(), taken_off_.triggers.end(), is_it) ||
                        std::any_of(changes().triggers_altered.begin(), changes().triggers_altered.end(), [&](const auto& pair) { return is_it(pair.before); });
      if (!goes) kept.push_back(trigger);
    }
    return kept;
  }

  void drop_tables() {
    const auto order = plumb::in_reference_order(changes().tables_dropped).tables;
    for (auto table = order.rbegin(); table != order.rend(); ++table) {
      Step& step = add(StepSymbol::Drop, "table `" + (*table)->name + "`", keeps_aside() ? "keep aside" : "drop", (*table)->name);
      if (keeps_aside()) {
        step.aside = input_.attic.prefix + std::to_string(++kept_);
        step.commands = keep_table(**table, step.aside);
      } else {
        step.commands.push_back(statement("DROP TABLE " + quoted((*table)->name)));
      }
      step.effect.tables_dropped.push_back((*table)->name);
      step.risks.push_back({RiskKind::DropTable, "loses the rows of `" + (*table)->name + "`", false, -1, {}});
    }
  }

  void create_views_and_triggers() {
    std::vector<View> views = changes().views_created;
    for (const auto& pair : changes().views_altered) views.push_back(pair.after);
    const auto is_taken_off = [&](const View& view) { return std::any_of(taken_off_.views.begin(), taken_off_.views.end(), [&](const View& one) { return one.name == view.name; }); };
    views.insert(views.end(), taken_off_.views.begin(), taken_off_.views.end());
    for (const View* view : in_view_order(views, sql::sqlite_lexis)) {
      const bool stood = is_taken_off(*view) || std::any_of(changes().views_altered.begin(), changes().views_altered.end(), [&](const auto& pair) { return pair.after.name == view->name; });
      Step& step = add(stood ? StepSymbol::Change : StepSymbol::Create, "view `" + view->name + "`", "create");
      step.commands.push_back(statement(is_taken_off(*view) ? create_again(*view) : create_view(*view)));
      step.effect.views.push_back(*view);
      if (stood) put_back_triggers(view->name, step);
    }
    const auto create = [&](const Trigger& trigger, StepSymbol symbol, std::string sql) {
      Step& step = add(symbol, "trigger `" + trigger.name + "` on `" + trigger.table + "`", "create");
      step.commands.push_back(statement(std::move(sql)));
      step.effect.triggers.push_back(trigger);
    };
    for (const auto& trigger : changes().triggers_created) create(trigger, StepSymbol::Create, create_trigger(trigger));
    for (const auto& pair : changes().triggers_altered) create(pair.after, StepSymbol::Change, create_trigger(pair.after));
    for (const auto& trigger : taken_off_.triggers) create(trigger, StepSymbol::Change, create_again(trigger));
  }

  /// DROP VIEW took its INSTEAD OF triggers along.
  void put_back_triggers(const std::string& view, Step& step) const {
    for (const Trigger& trigger : kept_triggers(view)) {
      step.commands.push_back(statement(create_again(trigger)));
      step.effect.triggers.push_back(trigger);
    }
  }

  const PlanInput& input_;
  const Dialect& dialect_;
  TakenOff taken_off_;
  unsigned kept_ = 0;  ///< attic tables so far
  mutable std::optional<bool> has_doubtful_texts_;  ///< looked for when it first matters
  std::map<std::string, diff::Pair<Table>> begun_;  ///< tables of which an index is gone already: what remains to be done
  std::vector<Step> steps_;
};

}  // namespace

std::vector<Step> SqliteDialect::expand(const PlanInput& input) const { return Expander(input, *this).run(); }

}  // namespace plumb::sqlite
