#include "diff/match.hpp"

#include <algorithm>
#include <optional>

#include "diff/follow_renames.hpp"
#include "diff/match_table.hpp"
#include "support/text.hpp"

namespace plumb::diff {
namespace {

class Matcher {
 public:
  Matcher(const Schema& actual, const Schema& desired, const Description& description, const MatchRules& rules)
      : desired_(desired), description_(description), rules_(rules) {
    result_.from = actual;
  }

  Match run() {
    rename_tables();
    rename_columns();
    kept_ = Schema();
    kept_.views = result_.from.views;
    kept_.triggers = result_.from.triggers;
    follow_renames(kept_, result_.renames, rules_.lexis);
    if (!rules_.renames_break_views) {
      result_.from.views = kept_.views;
      result_.from.triggers = kept_.triggers;
    }
    result_.target.options = result_.from.options;
    result_.target.opaque = result_.from.opaque;
    merge_tables();
    keep_undeclared_tables();
    note_index_renames();
    merge_views();
    merge_triggers();
    note_opaque();
    std::stable_sort(result_.notices.begin(), result_.notices.end(), [](const Notice& a, const Notice& b) {
      return a.kind != b.kind ? a.kind < b.kind : a.text < b.text;
    });
    return std::move(result_);
  }

 private:
  const TableIntent& intent_of(const std::string& table) const {
    static const TableIntent none;
    const auto found = description_.tables.find(table);
    return found == description_.tables.end() ? none : found->second;
  }

  /// The actual table that has this name under the engine's rules.
  std::optional<std::string> actual_table(const std::string& name) const {
    if (result_.from.tables.contains(name)) return name;
    if (!rules_.table_names_fold_case) return std::nullopt;
    for (const auto& [have, table] : result_.from.tables) {
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

  void rename_tables() {
    for (const auto& [name, table] : desired_.tables) {
      const TableIntent& intent = intent_of(name);
      const auto have = actual_table(name);
      if (have && *have != name) {  // only the case differs
        rename_table(result_.from, *have, name);
        result_.renames.push_back({Rename::Kind::Table, {}, *have, name});
        continue;
      }
      for (const std::string& old : intent.was) {
        const auto found = actual_table(old);
        if (!found) {
          note(NoticeKind::HintUnused, "`was " + old + "` on table `" + name + "`", intent.origin);
          continue;
        }
        if (actual_table(name)) {
          refuse("both-names-exist",
                 "table `" + name + "` was `" + old + "`, and the database has both; move or drop one of them, then plan again",
                 intent.origin);
          continue;
        }
        rename_table(result_.from, *found, name);
        result_.renames.push_back({Rename::Kind::Table, {}, *found, name});
        note(NoticeKind::HintUsed, "`was " + old + "` on table `" + name + "`", intent.origin);
      }
    }
  }

  void rename_columns() {
    for (const auto& [name, table] : desired_.tables) {
      const auto found = result_.from.tables.find(name);
      if (found == result_.from.tables.end()) continue;
      for (const Column& column : table.columns) rename_column_of(name, found->second, column);
    }
  }

  void rename_column_of(const std::string& table_name, Table& actual, const Column& column) {
    const TableIntent& intent = intent_of(table_name);
    const Column* have = actual.find_column(column.name);
    const std::string place = "column `" + table_name + "." + column.name + "`";
    if (have != nullptr && have->name != column.name) {
      const std::string old = have->name;
      rename_column(result_.from, table_name, old, column.name, rules_.lexis);
      result_.renames.push_back({Rename::Kind::Column, table_name, old, column.name});
      return;
    }
    const auto hints = intent.columns.find(column.name);
    if (hints == intent.columns.end()) return;
    for (const std::string& old : hints->second.was) {
      const Column* before = actual.find_column(old);
      if (before == nullptr) {
        note(NoticeKind::HintUnused, "`was " + old + "` on " + place, hints->second.origin);
        continue;
      }
      if (actual.find_column(column.name) != nullptr) {
        refuse("both-names-exist",
               place + " was `" + old + "`, and the table has both; drop one of them (`drop column " + table_name + "." +
                   old + "` after moving its values), then plan again",
               hints->second.origin);
        continue;
      }
      const std::string old_name = before->name;
      rename_column(result_.from, table_name, old_name, column.name, rules_.lexis);
      result_.renames.push_back({Rename::Kind::Column, table_name, old_name, column.name});
      note(NoticeKind::HintUsed, "`was " + old + "` on " + place, hints->second.origin);
    }
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
      const auto have = result_.from.tables.find(name);
      if (have == result_.from.tables.end()) {
        if (const auto opaque = result_.from.opaque.find(name); opaque != result_.from.opaque.end()) {
          refuse("opaque-object",
                 "table `" + name + "` is declared, but the database has a " + opaque->second.kind + " of that name (" +
                     opaque->second.reason + ")",
                 intent_of(name).origin);
          continue;
        }
        Table target = complete_new_table(with_database_options(table), rules_);
        result_.target.tables.emplace_hint(result_.target.tables.end(), name, std::move(target));
        continue;
      }
      result_.target.tables.emplace_hint(
          result_.target.tables.end(), name,
          merge_table(have->second, table, intent_of(name), result_.from, dropped_columns_of(name), rules_, result_.notices));
    }
  }

  /// A new table gets the database's defaults for what the description leaves open.
  Table with_database_options(Table table) const {
    const auto database = result_.from.options.find(rules_.engine);
    if (database == result_.from.options.end()) return table;
    Options& options = table.options[rules_.engine];
    if (options.contains("charset") || options.contains("collate")) return table;
    for (const auto& [key, value] : database->second) options.insert({key, value});
    return table;
  }

  void keep_undeclared_tables() {
    std::vector<std::string> declared_drops;
    for (const Drop& drop : description_.drops) {
      if (drop.kind == DropKind::Table) declared_drops.push_back(drop.name);
    }
    for (const auto& [name, table] : result_.from.tables) {
      if (desired_.tables.contains(name)) continue;
      const bool drop = std::any_of(declared_drops.begin(), declared_drops.end(), [&, n = name](const std::string& d) {
        return rules_.table_names_fold_case ? equal_ignoring_case(d, n) : d == n;
      });
      if (drop || rules_.drop_undeclared_tables) continue;
      result_.target.tables.emplace(name, table);
      note(NoticeKind::Undeclared, "table `" + name + "`");
    }
    check_references_to_dropped_tables();
  }

  void check_references_to_dropped_tables() {
    for (const auto& [name, table] : result_.target.tables) {
      if (desired_.tables.contains(name)) continue;
      for (const ForeignKey& key : table.foreign_keys) {
        const bool dropped = result_.from.tables.contains(key.table) && !result_.target.tables.contains(key.table);
        if (!dropped || !key.database.empty()) continue;
        refuse("referenced-by-undeclared",
               "table `" + key.table + "` cannot be dropped: the undeclared table `" + name + "` refers to it", {});
      }
    }
  }

  void note_index_renames() {
    for (const auto& [name, intent] : description_.tables) {
      const auto target = result_.target.tables.find(name);
      const auto from = result_.from.tables.find(name);
      if (target == result_.target.tables.end() || from == result_.from.tables.end()) continue;
      for (const auto& [object, was] : intent.object_was) {
        for (const std::string& old : was) {
          const bool stands = from->second.find_index(old) != nullptr;
          const bool kept = target->second.find_index(old) != nullptr;
          note(stands && !kept ? NoticeKind::HintUsed : NoticeKind::HintUnused,
               "`was " + old + "` on `" + object + "` of table `" + name + "`", intent.origin);
        }
      }
    }
  }

  bool declared_drop(DropKind kind, const std::string& name) const {
    return std::any_of(description_.drops.begin(), description_.drops.end(),
                       [&](const Drop& drop) { return drop.kind == kind && equal_ignoring_case(drop.name, name); });
  }

  void merge_views() {
    for (const auto& [name, view] : desired_.views) {
      View target = view;
      const auto have = result_.from.views.find(name);
      if (have != result_.from.views.end()) {
        if (sql::same_expression(view.query.common, have->second.query.common, rules_.lexis)) target.query = have->second.query;
        if (target.header.empty()) target.header = have->second.header;
        target.written = have->second.written;
      }
      result_.target.views.emplace(name, std::move(target));
    }
    for (const auto& [name, view] : result_.from.views) {
      if (desired_.views.contains(name) || declared_drop(DropKind::View, name) || rules_.drop_undeclared_views) continue;
      if (was_of_view(name)) continue;
      result_.target.views.emplace(name, kept_.views.at(name));
      note(NoticeKind::Undeclared, "view `" + name + "`");
    }
  }

  bool was_of_view(const std::string& name) const {
    return std::any_of(description_.view_was.begin(), description_.view_was.end(), [&](const auto& entry) {
      return std::find(entry.second.begin(), entry.second.end(), name) != entry.second.end();
    });
  }

  void merge_triggers() {
    for (const auto& [name, trigger] : desired_.triggers) {
      Trigger target = trigger;
      const auto have = result_.from.triggers.find(name);
      if (have != result_.from.triggers.end()) {
        const Trigger& old = have->second;
        if (sql::same_expression(target.body.common, old.body.common, rules_.lexis)) target.body = old.body;
        if (sql::same_expression(target.when.common, old.when.common, rules_.lexis)) target.when = old.when;
        if (equal_ignoring_case(target.table, old.table)) target.table = old.table;
      }
      result_.target.triggers.emplace(name, std::move(target));
    }
    for (const auto& [name, trigger] : result_.from.triggers) {
      if (desired_.triggers.contains(name) || declared_drop(DropKind::Trigger, name)) continue;
      const bool owner_stays = result_.target.tables.contains(trigger.table) || result_.target.views.contains(trigger.table) ||
                               result_.target.opaque.contains(trigger.table);
      if (!owner_stays) continue;  // goes with its table
      if (trigger.made_by_plumb.set) continue;
      result_.target.triggers.emplace(name, kept_.triggers.at(name));
      note(NoticeKind::Undeclared, "trigger `" + name + "` on `" + trigger.table + "`");
    }
  }

  void note_opaque() {
    for (const auto& [name, opaque] : result_.from.opaque) {
      note(NoticeKind::Opaque, opaque.kind + " `" + name + "` (" + opaque.reason + ")");
    }
  }

  const Schema& desired_;
  const Description& description_;
  const MatchRules& rules_;
  Match result_;
  Schema kept_;  ///< the actual views and triggers as they must read after the renames
};

}  // namespace

Match match(const Schema& actual, const Schema& desired, const Description& description, const MatchRules& rules) {
  return Matcher(actual, desired, description, rules).run();
}

}  // namespace plumb::diff
