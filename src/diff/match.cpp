#include "diff/match.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "diff/follow_renames.hpp"
#include "diff/is_as_declared.hpp"
#include "diff/match_table.hpp"
#include "diff/same_query.hpp"
#include "diff/target_table.hpp"
#include "diff/view_header.hpp"
#include "diff/what_breaks.hpp"
#include "model/packages.hpp"
#include "support/text.hpp"

namespace plumb::diff {

std::optional<RenamedTexts> renamed_texts(const Schema& before, const std::vector<Rename>& renames, const MatchRules& rules) {
  if (renames.empty() || !rules.texts_after_renames) return std::nullopt;
  return rules.texts_after_renames(before, renames);
}

namespace {

class Matcher {
 public:
  Matcher(const std::shared_ptr<const Schema>& actual, const Schema& desired, const Description& description, const MatchRules& rules)
      : desired_(desired), description_(description), rules_(rules) {
    result_.start = actual;
  }

  Match run() {
    const std::shared_ptr<const Schema> actual = result_.start;
    rename_tables();
    rename_columns();
    kept_.views = from().views;
    kept_.triggers = from().triggers;
    const auto texts = renamed_texts(*actual, result_.renames, rules_);
    follow_renames(kept_, result_.renames, texts, rules_.lexis);
    if (texts && !texts->tables.empty()) take_texts_of_tables(editable(), texts);
    if (!rules_.renames_break_views && !result_.renames.empty()) {
      editable().views = kept_.views;
      editable().triggers = kept_.triggers;
    }
    merge_tables();
    keep_undeclared_tables();
    make_and_drop_opaque();
    alter_opaque();
    note_index_renames();
    Schema views_and_triggers;
    merge_views(views_and_triggers);
    merge_triggers(views_and_triggers);
    take_changes_of_views_and_triggers(views_and_triggers);
    for (Refusal& refusal : what_breaks(result_, views_and_triggers, description_, rules_)) result_.refusals.push_back(std::move(refusal));
    note_opaque();
    std::stable_sort(result_.notices.begin(), result_.notices.end(), [](const Notice& a, const Notice& b) {
      return a.kind != b.kind ? a.kind < b.kind : a.text < b.text;
    });
    return std::move(result_);
  }

 private:
  Reading how_to_read() const { return {description_.is_complete, description_.column_order_counts}; }

  const TableIntent& intent_of(const std::string& table) const {
    static const TableIntent none;
    const auto found = description_.tables.find(table);
    return found == description_.tables.end() ? none : found->second;
  }

  const Schema& from() const { return *result_.start; }

  /// The actual state as our own, to rename in; copied when first needed.
  Schema& editable() {
    if (!own_) {
      own_ = std::make_shared<Schema>(*result_.start);
      result_.start = own_;
    }
    return *own_;
  }

  /// The actual table that has this name under the engine's rules.
  std::optional<std::string> actual_table(const std::string& name) const {
    if (from().tables.contains(name)) return name;
    if (!rules_.table_names_fold_case) return std::nullopt;
    for (const auto& [have, table] : from().tables) {
      if (equal_ignoring_case(have, name)) return have;
    }
    return std::nullopt;
  }

  void refuse(std::string code, std::string text, const Origin& origin) {
    result_.refusals.push_back({std::move(code), std::move(text), origin});
  }

  void note(NoticeKind kind, std::string text, const Origin& origin = {}) {
    result_.notices.push_back({kind, std::move(text), origin});
  }

  void rename_table_of(const std::string& old, const std::string& name) {
    if (rules_.renames_break_views) rename_table(editable(), old, name);
    else rename_table_and_text(editable(), old, name, rules_.lexis);
  }

  void rename_column_in(const std::string& table, const std::string& old, const std::string& name) {
    if (rules_.renames_break_views) rename_column(editable(), table, old, name, rules_.lexis);
    else rename_column_and_text(editable(), table, old, name, rules_.lexis);
  }

  /// By an earlier name in lower case, what has it: that goes on before something else takes the name.
  using Successors = std::multimap<std::string, std::string>;

  void rename_tables() {
    Successors successors;
    for (const auto& [name, table] : desired_.tables) {
      for (const std::string& old : intent_of(name).was) successors.emplace(to_lower(old), name);
    }
    std::set<std::string> seen;
    for (const auto& [name, table] : desired_.tables) rename_table_to(name, successors, seen);
  }

  void rename_table_to(const std::string& name, const Successors& successors, std::set<std::string>& seen) {
    if (!seen.insert(name).second) return;
    for (auto [one, end] = successors.equal_range(to_lower(name)); one != end; ++one) rename_table_to(one->second, successors, seen);
    const TableIntent& intent = intent_of(name);
    const auto have = actual_table(name);
    if (have && *have != name) {  // only the case differs
      rename_table_of(*have, name);
      result_.renames.push_back({Rename::Kind::Table, {}, *have, name});
      return;
    }
    std::vector<std::string> not_found;
    for (const std::string& old : intent.was) {
      const auto found = actual_table(old);
      const bool is_done = found && actual_table(name) && desired_.tables.contains(*found);  // the old name is another table's by now, or this one's in other letters
      if (!found || is_done) {
        not_found.push_back(old);
        continue;
      }
      if (actual_table(name)) {
        refuse("both-names-exist",
               "table `" + name + "` was `" + old + "`, and the database has both; move or drop one of them, then plan again",
               intent.origin);
        continue;
      }
      rename_table_of(*found, name);
      result_.renames.push_back({Rename::Kind::Table, {}, *found, name});
      note(NoticeKind::HintUsed, "`was " + old + "` on table `" + name + "`", intent.origin);
    }
    note_not_found(not_found, "table `" + name + "`", actual_table(name).has_value(), intent.origin);
  }

  void note_not_found(const std::vector<std::string>& names, const std::string& place, bool has_its_name, const Origin& origin) {
    for (const auto& old : names) note(has_its_name ? NoticeKind::HintApplied : NoticeKind::HintUnused, "`was " + old + "` on " + place, origin);
  }

  void rename_columns() {
    for (const auto& [name, table] : desired_.tables) {
      if (!from().tables.contains(name)) continue;
      Successors successors;
      for (const auto& [column, hints] : intent_of(name).columns) {
        for (const std::string& old : hints.was) successors.emplace(to_lower(old), column);
      }
      std::set<std::string> seen;
      for (const Column& column : table.columns) rename_column_of(name, column, successors, seen);
    }
  }

  void rename_column_of(const std::string& table_name, const Column& column, const Successors& successors, std::set<std::string>& seen) {
    if (!seen.insert(column.name).second) return;
    const Table& declared = desired_.tables.find(table_name)->second;
    for (auto [one, end] = successors.equal_range(to_lower(column.name)); one != end; ++one) {
      if (const Column* successor = declared.find_column(one->second)) rename_column_of(table_name, *successor, successors, seen);
    }
    const auto actual = [&]() -> const Table& { return from().tables.find(table_name)->second; };  // renaming moves it
    const Column* have = actual().find_column(column.name);
    if (have != nullptr && have->name != column.name) {
      const std::string old = have->name;
      rename_column_in(table_name, old, column.name);
      result_.renames.push_back({Rename::Kind::Column, table_name, old, column.name});
      return;
    }
    const TableIntent& intent = intent_of(table_name);
    const auto hints = intent.columns.find(column.name);
    if (hints == intent.columns.end() || hints->second.was.empty()) return;
    const std::string place = "column `" + table_name + "." + column.name + "`";
    std::vector<std::string> not_found;
    for (const std::string& old : hints->second.was) {
      const Column* before = actual().find_column(old);
      const bool has_its_name = actual().find_column(column.name) != nullptr;
      if (before == nullptr || (has_its_name && declared.find_column(old) != nullptr)) {  // the old name is another column's by now
        not_found.push_back(old);
        continue;
      }
      if (has_its_name) {
        refuse("both-names-exist",
               place + " was `" + old + "`, and the table has both; drop one of them (`drop column " + table_name + "." +
                   old + "` after moving its values), then plan again",
               hints->second.origin);
        continue;
      }
      const std::string old_name = before->name;
      rename_column_in(table_name, old_name, column.name);
      result_.renames.push_back({Rename::Kind::Column, table_name, old_name, column.name});
      note(NoticeKind::HintUsed, "`was " + old + "` on " + place, hints->second.origin);
    }
    note_not_found(not_found, place, actual().find_column(column.name) != nullptr, hints->second.origin);
  }

  std::vector<std::string> dropped_columns_of(const std::string& table) const {
    std::vector<std::string> names;
    for (const Drop& drop : description_.drops) {
      if (drop.kind == DropKind::Column && drop.table == table) names.push_back(drop.name);
    }
    return names;
  }

  void merge_tables() {
    for (const auto& [name, table] : desired_.tables) {
      const auto have = from().tables.find(name);
      if (have == from().tables.end()) {
        create_table(name, table);
      } else if (!is_as_declared(have->second, table, rules_, how_to_read())) {
        Table target = merge_table(have->second, table, intent_of(name), {from(), desired_}, dropped_columns_of(name), rules_, how_to_read(), result_.notices);
        if (!(target == have->second)) result_.changes.tables_altered.push_back({have->second, std::move(target)});
      }
    }
  }

  void create_table(const std::string& name, const Table& table) {
    const auto opaque = from().opaque.find(name);
    const bool is_views_name = from().views.contains(name) && !desired_.views.contains(name) && !declared_drop(DropKind::View, name) && !rules_.drop_undeclared_views && !was_of_view(name);
    if (is_views_name) return refuse("name-taken", "table `" + name + "` is declared, but the database has a view of that name; say drop view `" + name + "`, or --allow drop-view", intent_of(name).origin);
    if (opaque == from().opaque.end() || (leaves_its_name(opaque->second) && goes(opaque->second))) {
      result_.changes.tables_created.push_back(complete_new_table(with_database_options(table), rules_));
      return;
    }
    const std::string way_out = leaves_its_name(opaque->second) ? "; say drop table `" + name + "`, or --allow drop-table" : "";
    refuse("opaque-object",
           "table `" + name + "` is declared, but the database has a " + opaque->second.kind + " of that name (" + opaque->second.reason + ")" + way_out,
           intent_of(name).origin);
  }

  /// Virtual tables go before tables are made.
  static bool leaves_its_name(const Opaque& opaque) { return opaque.kind == "virtual table" && is_made_alone(opaque); }

  /// By its definition, and not with something else.
  static bool is_made_alone(const Opaque& opaque) { return opaque.makeable.set && opaque.table.empty(); }

  /// Requires: it is not declared.
  bool goes(const Opaque& opaque) const { return declared_drop(DropKind::Table, opaque.name) || (description_.is_complete && rules_.drop_undeclared_tables); }

  /// A new table gets the database's defaults for what the description leaves open.
  Table with_database_options(Table table) const {
    const auto database = from().options.find(rules_.engine);
    if (database == from().options.end()) return table;
    Options& options = table.options[rules_.engine];
    if (options.contains("charset") || options.contains("collate")) return table;
    for (const auto& [key, value] : database->second) options.insert({key, value});
    return table;
  }

  void keep_undeclared_tables() {
    std::vector<const Table*> kept;
    for (const auto& [name, table] : from().tables) {
      if (desired_.tables.contains(name)) continue;
      if (!left_out_package_of_table(description_, name).empty()) {
        kept.push_back(&table);
      } else if (is_dropped_by_name(name) || rules_.drop_undeclared_tables) {
        result_.changes.tables_dropped.push_back(table);
      } else {
        kept.push_back(&table);
        note(NoticeKind::Undeclared, "table `" + name + "`");
      }
    }
    for (const Table* table : kept) check_references_to_dropped_tables(*table);
  }

  void check_references_to_dropped_tables(const Table& undeclared) {
    for (const ForeignKey& key : undeclared.foreign_keys) {
      if (!key.database.empty() || !is_dropped(result_, key.table)) continue;
      refuse("referenced-by-undeclared", "table `" + key.table + "` cannot be dropped: the undeclared table `" + undeclared.name + "` refers to it", {});
    }
  }

  void note_index_renames() {
    for (const auto& [name, intent] : description_.tables) {
      if (intent.object_was.empty() || is_left_out(description_, intent.package)) continue;
      const auto standing = from().tables.find(name);
      const Table* target = target_table(result_, name);
      if (target == nullptr || standing == from().tables.end()) continue;
      for (const auto& [object, was] : intent.object_was) {
        for (const std::string& old : was) {
          const bool is_used = standing->second.find_index(old) != nullptr && target->find_index(old) == nullptr;
          const bool has_its_name = standing->second.find_index(object) != nullptr;
          note(is_used ? NoticeKind::HintUsed : has_its_name ? NoticeKind::HintApplied : NoticeKind::HintUnused, "`was " + old + "` on `" + object + "` of table `" + name + "`", intent.origin);
        }
      }
    }
  }

  bool declared_drop(DropKind kind, const std::string& name) const {
    return std::any_of(description_.drops.begin(), description_.drops.end(),
                       [&](const Drop& drop) { return drop.kind == kind && equal_ignoring_case(drop.name, name); });
  }

  void merge_views(Schema& target_state) {
    for (const auto& [name, view] : desired_.views) {
      View target = view;
      const auto have = from().views.find(name);
      const bool is_tables_name = have == from().views.end() && from().tables.contains(name) && !is_dropped(result_, name);
      if (is_tables_name) refuse("name-taken", "view `" + name + "` is declared, but the database has a table of that name; say drop table `" + name + "`, or --allow drop-table", {});
      if (have != from().views.end()) {
        const std::string& standing = have->second.query.common;
        if (sql::same_expression(view.query.common, standing, rules_.lexis) || same_query(view.query.common, rules_.lexis, standing, rules_.lexis)) target.query = have->second.query;
        target.header = completed_header(target.header, have->second.header, rules_.lexis);
        target.written = have->second.written;
      }
      target_state.views.emplace(name, std::move(target));
    }
    for (const auto& [name, view] : from().views) {
      if (desired_.views.contains(name) || declared_drop(DropKind::View, name)) continue;
      if (!left_out_package_of_view(description_, name).empty()) {
        target_state.views.emplace(name, kept_.views.at(name));
        continue;
      }
      if (rules_.drop_undeclared_views || was_of_view(name)) continue;
      target_state.views.emplace(name, kept_.views.at(name));
      note(NoticeKind::Undeclared, "view `" + name + "`");
    }
  }

  bool was_of_view(const std::string& name) const {
    return std::any_of(description_.view_was.begin(), description_.view_was.end(), [&](const auto& entry) {
      return std::find(entry.second.begin(), entry.second.end(), name) != entry.second.end();
    });
  }

  /// Trigger `name` shall run before `leader`, which it follows today: that one, or one before it, is to follow `name`.
  bool is_declared_behind(std::string leader, const std::string& name) const {
    for (std::size_t steps = 0; steps < desired_.triggers.size(); ++steps) {
      const auto trigger = desired_.triggers.find(leader);
      if (trigger == desired_.triggers.end()) return false;
      const auto options = trigger->second.options.find(rules_.engine);
      if (options == trigger->second.options.end()) return false;
      const auto follows = options->second.find("follows");
      if (follows == options->second.end()) return false;
      leader = follows->second;
      if (leader == name) return true;
    }
    return false;
  }

  void merge_triggers(Schema& target_state) {
    for (const auto& [name, trigger] : desired_.triggers) {
      Trigger target = trigger;
      const auto have = from().triggers.find(name);
      if (have != from().triggers.end()) {
        const Trigger& old = have->second;
        if (sql::same_expression(target.body.common, old.body.common, rules_.lexis)) target.body = old.body;
        if (sql::same_expression(target.when.common, old.when.common, rules_.lexis)) target.when = old.when;
        if (equal_ignoring_case(target.table, old.table)) target.table = old.table;
        target.context = old.context;
        if (const auto wanted = target.options.find(rules_.engine); wanted != target.options.end()) {
          const auto said = old.options.find(rules_.engine);
          for (const std::string& key : rules_.options_of_every_trigger) {
            if (said == old.options.end() || !said->second.contains(key)) wanted->second.erase(key);
          }
          if (wanted->second.empty()) target.options.erase(wanted);
        }
        for (const auto& [engine, options] : old.options) {
          Options& wanted = target.options[engine];
          for (const auto& [key, value] : options) {
            if (key != "follows" || !is_declared_behind(value, name)) wanted.emplace(key, value);
          }
        }
      }
      target_state.triggers.emplace(name, std::move(target));
    }
    for (const auto& [name, trigger] : from().triggers) {
      if (desired_.triggers.contains(name) || declared_drop(DropKind::Trigger, name)) continue;
      const bool owner_stays = (from().tables.contains(trigger.table) && !is_dropped(result_, trigger.table)) || target_state.views.contains(trigger.table) ||
                               from().opaque.contains(trigger.table);
      if (!owner_stays) continue;  // goes with its table
      if (!left_out_package_of_trigger(description_, name).empty() || !left_out_package_of_table(description_, trigger.table).empty()) {
        target_state.triggers.emplace(name, kept_.triggers.at(name));
        continue;
      }
      if (trigger.made_by_plumb.set || rules_.drop_undeclared_triggers) continue;
      target_state.triggers.emplace(name, kept_.triggers.at(name));
      note(NoticeKind::Undeclared, "trigger `" + name + "` on `" + trigger.table + "`");
    }
  }

  void take_changes_of_views_and_triggers(const Schema& target_state) {
    Schema standing;
    standing.views = from().views;
    standing.triggers = from().triggers;
    Changes changes = diff(standing, target_state);
    result_.changes.views_created = std::move(changes.views_created);
    result_.changes.views_dropped = std::move(changes.views_dropped);
    result_.changes.views_altered = std::move(changes.views_altered);
    result_.changes.triggers_created = std::move(changes.triggers_created);
    result_.changes.triggers_dropped = std::move(changes.triggers_dropped);
    result_.changes.triggers_altered = std::move(changes.triggers_altered);
  }

  /// What no description can say is made where the desired state was read from an engine and has its definition.
  void make_and_drop_opaque() {
    Changes& changes = result_.changes;
    for (const auto& [name, opaque] : desired_.opaque) {
      if (!is_made_alone(opaque) || from().opaque.contains(name)) continue;
      if (from().tables.contains(name) && !is_dropped(result_, name)) {
        refuse("name-taken", opaque.kind + " `" + name + "` is declared, but the database has a table of that name; say drop table `" + name + "`, or --allow drop-table", {});
        continue;
      }
      take_with_its_own(desired_.opaque, opaque.name, changes.opaque_created);
    }
    for (const auto& [name, opaque] : from().opaque) {
      if (!is_made_alone(opaque) || desired_.opaque.contains(name)) continue;
      if (goes(opaque)) take_with_its_own(from().opaque, opaque.name, changes.opaque_dropped);
    }
  }

  void alter_opaque() {
    for (const auto& [name, standing] : from().opaque) {
      const auto wanted = desired_.opaque.find(name);
      if (wanted == desired_.opaque.end() || same_definition(standing, wanted->second)) continue;
      if (is_alterable(standing) && is_alterable(wanted->second)) result_.changes.opaque_altered.emplace(name, Pair<Opaque>{standing, wanted->second});
    }
  }

  /// Its definition is hidden from users without rights.
  static bool is_alterable(const Opaque& opaque) { return opaque.kind == "sequence" && !opaque.definition.empty(); }

  static void take_with_its_own(const ByName<Opaque>& all, const std::string& name, ByName<Opaque>& into) {
    for (const auto& [key, opaque] : all) {
      if (opaque.makeable.set && (opaque.table == name || (opaque.table.empty() && opaque.name == name))) into.emplace(key, opaque);
    }
  }

  bool is_dropped_by_name(const std::string& table) const {
    return std::any_of(description_.drops.begin(), description_.drops.end(), [&](const Drop& drop) {
      return drop.kind == DropKind::Table && (rules_.table_names_fold_case ? equal_ignoring_case(drop.name, table) : drop.name == table);
    });
  }

  void note_opaque() {
    for (const auto& [name, opaque] : from().opaque) {
      if (opaque.kind == "shadow table" || result_.changes.opaque_dropped.contains(name) || result_.changes.opaque_altered.contains(name)) continue;  // a shadow table is told with the virtual table that it belongs to
      note(NoticeKind::Opaque, opaque.kind + " `" + opaque.name + "` (" + opaque.reason + ")");
    }
  }

  const Schema& desired_;
  const Description& description_;
  const MatchRules& rules_;
  Match result_;
  std::shared_ptr<Schema> own_;
  Schema kept_;  ///< the actual views and triggers as they must read after the renames
};

}  // namespace

Match match(const std::shared_ptr<const Schema>& actual, const Schema& desired, const Description& description, const MatchRules& rules) {
  return Matcher(actual, desired, description, rules).run();
}

}  // namespace plumb::diff
