#include "diff/what_breaks.hpp"

#include <algorithm>
#include <map>

#include "diff/table_options.hpp"
#include "diff/target_table.hpp"
#include "model/period.hpp"
#include "support/text.hpp"

namespace plumb::diff {
namespace {

class Guard {
 public:
  Guard(const Match& match, const Description& description, const MatchRules& rules) : match_(match), description_(description), rules_(rules) {}

  std::vector<Refusal> run(const Schema& stays) {
    for (const Table& table : match_.changes.tables_dropped) {
      if (!is_given_away(table.name, stays)) gone_.push_back(table.name);
    }
    for (const auto& [name, view] : stays.views) {
      check_tables_of_view(view);
      check_columns_of_view(view);
    }
    for (const auto& [name, trigger] : stays.triggers) {
      check_columns_of_trigger(trigger);
      check_tables_of_trigger(trigger);
    }
    for (const auto& pair : match_.changes.tables_altered) check_columns_of_periods(pair);
    if (rules_.foreign_keys_share_collation) check_collations_of_foreign_keys();
    if (!rules_.foreign_keys_need_index) check_keys_of_parents();
    return std::move(refusals_);
  }

 private:
  void refuse(std::string code, std::string text, const Origin& origin) { refusals_.push_back({std::move(code), std::move(text), origin}); }

  Origin origin_of(const std::string& table) const {
    const auto found = description_.tables.find(table);
    return found == description_.tables.end() ? Origin() : found->second.origin;
  }

  /// A view, or what no description can say, takes the name of a table that is dropped: those who read the one read the other.
  bool is_given_away(const std::string& table, const Schema& stays) const {
    const auto is_it = [&](const auto& entry) { return equal_ignoring_case(entry.first, table); };
    const auto& made = match_.changes.opaque_created;
    return std::any_of(stays.views.begin(), stays.views.end(), is_it) || std::any_of(made.begin(), made.end(), is_it);
  }

  /// A view that would be left without a table.
  void check_tables_of_view(const View& view) {
    if (gone_.empty()) return;
    for (const sql::Token& token : sql::tokenize(view.query.common, rules_.lexis)) {
      const std::string word = sql::unquoted(token.text);
      const auto table = std::find_if(gone_.begin(), gone_.end(), [&](const std::string& name) { return is_name(token) && equal_ignoring_case(name, word); });
      if (table == gone_.end()) continue;
      refuse("referenced-by-view", "table `" + *table + "` cannot be dropped: the view `" + view.name + "` reads it; drop or change the view as well", {});
      return;
    }
  }

  /// What the view's text calls the table: its name, and the alias that stands right behind it.
  static std::vector<std::string> names_in_view(const std::vector<sql::Token>& tokens, const std::string& table) {
    std::vector<std::string> names{table};
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      const bool is_table = is_name(tokens[i]) && sql::unquoted(tokens[i].text) == table && tokens[i + 1].kind == sql::TokenKind::QuotedName;
      if (is_table) names.push_back(sql::unquoted(tokens[i + 1].text));
    }
    return names;
  }

  /// A view keeps the names of columns and tables as they were (error 1356 when it is read). Requires the engine's own
  /// text, in which every column stands behind its table's name or alias; another text tells nothing here.
  void check_columns_of_view(const View& view) {
    if (!rules_.renames_break_views) return;
    const auto tokens = sql::tokenize(view.query.common, rules_.lexis);
    const auto reads = [&](const std::string& table, const std::string& column) {
      const auto names = names_in_view(tokens, table);
      for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (tokens[i].kind != sql::TokenKind::QuotedName || tokens[i + 1].text != "." || !is_name(tokens[i + 2])) continue;
        const bool is_of_table = std::find(names.begin(), names.end(), sql::unquoted(tokens[i].text)) != names.end();
        if (is_of_table && equal_ignoring_case(sql::unquoted(tokens[i + 2].text), column)) return true;
      }
      return false;
    };
    for (const auto& pair : match_.changes.tables_altered) {
      for (const Column& column : pair.before.columns) {
        if (pair.after.find_column(column.name) != nullptr || !reads(pair.after.name, column.name)) continue;
        refuse("referenced-by-view", "column `" + pair.after.name + "." + column.name + "` cannot be dropped: the view `" + view.name + "` reads it; drop or change the view as well", {});
      }
    }
    for (const Rename& rename : match_.renames) {
      if (rename.kind == Rename::Kind::Column && target_column(rename.table, rename.from) == nullptr && reads(rename.table, rename.from)) {
        refuse("referenced-by-view", "column `" + rename.table + "." + rename.from + "` becomes `" + rename.to + "`, but the view `" + view.name + "` reads it under its old name; change the view as well", {});
      }
      if (rename.kind == Rename::Kind::Table && target_table(match_, rename.from) == nullptr && reads_table(tokens, rename.from)) {
        refuse("referenced-by-view", "table `" + rename.from + "` becomes `" + rename.to + "`, but the view `" + view.name + "` reads it under its old name; change the view as well", {});
      }
    }
  }

  /// `from` or `join` right before the name.
  static bool reads_table(const std::vector<sql::Token>& tokens, const std::string& table) {
    bool expected = false;
    for (const sql::Token& token : tokens) {
      if (expected && is_name(token) && sql::unquoted(token.text) == table) return true;
      const bool introduces = token.kind == sql::TokenKind::Word && (equal_ignoring_case(token.text, "from") || equal_ignoring_case(token.text, "join"));
      expected = introduces || (expected && token.text == "(");
    }
    return false;
  }

  const Column* target_column(const std::string& table, const std::string& column) const {
    const Table* target = target_table(match_, table);
    return target == nullptr ? nullptr : target->find_column(column);
  }

  /// NEW.x and OLD.x of a column that goes: every write of the table would fail (error 1054).
  void check_columns_of_trigger(const Trigger& trigger) {
    if (!rules_.renames_break_views) return;
    const auto altered = std::find_if(match_.changes.tables_altered.begin(), match_.changes.tables_altered.end(), [&](const auto& pair) { return pair.after.name == trigger.table; });
    const auto tokens = sql::tokenize(trigger.body.common, rules_.lexis);
    const auto is_row = [](const sql::Token& token) { return equal_ignoring_case(token.text, "new") || equal_ignoring_case(token.text, "old"); };
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
      if (!is_row(tokens[i]) || tokens[i + 1].text != "." || !is_name(tokens[i + 2])) continue;
      const std::string column = sql::unquoted(tokens[i + 2].text);
      if (altered != match_.changes.tables_altered.end() && altered->before.find_column(column) != nullptr && altered->after.find_column(column) == nullptr) {
        return refuse("referenced-by-trigger", "column `" + trigger.table + "." + column + "` cannot be dropped: the trigger `" + trigger.name + "` reads it; drop or change the trigger as well", {});
      }
      for (const Rename& rename : match_.renames) {
        if (rename.kind != Rename::Kind::Column || rename.table != trigger.table || !equal_ignoring_case(rename.from, column) || target_column(trigger.table, column) != nullptr) continue;
        return refuse("referenced-by-trigger", "column `" + trigger.table + "." + column + "` becomes `" + rename.to + "`, but the trigger `" + trigger.name + "` reads it under its old name; change the trigger as well", {});
      }
    }
  }

  /// What the statements of a trigger write and read is looked up when it fires (errors 1146, 1054 and 1136).
  void check_tables_of_trigger(const Trigger& trigger) {
    if (!rules_.renames_break_views) return;
    const auto tokens = sql::tokenize(trigger.body.common, rules_.lexis);
    for (std::size_t i = 1; i < tokens.size(); ++i) {
      const std::string_view before = tokens[i - 1].text;
      const bool is_of_duplicates = i > 1 && equal_ignoring_case(tokens[i - 2].text, "key");  // ON DUPLICATE KEY UPDATE
      if (!is_name(tokens[i]) || !introduces_table(before) || is_of_duplicates) continue;
      const std::string name = sql::unquoted(tokens[i].text);
      const auto is_it = [&](const Table& table) { return equal_ignoring_case(table.name, name); };
      const auto& dropped = match_.changes.tables_dropped;
      if (std::any_of(dropped.begin(), dropped.end(), is_it)) {
        return refuse("referenced-by-trigger", "table `" + name + "` cannot be dropped: the trigger `" + trigger.name + "` on `" + trigger.table + "` names it; drop or change the trigger as well", {});
      }
      const auto& altered = match_.changes.tables_altered;
      const auto pair = std::find_if(altered.begin(), altered.end(), [&](const auto& one) { return is_it(one.after); });
      if (pair != altered.end() && equal_ignoring_case(before, "into")) check_insert(trigger, *pair, tokens, i + 1);
      if (pair != altered.end() && equal_ignoring_case(before, "update")) check_update(trigger, *pair, tokens, i + 1);
    }
  }

  static bool introduces_table(std::string_view word) {
    for (const std::string_view one : {"from", "join", "into", "update"}) {
      if (equal_ignoring_case(word, one)) return true;
    }
    return false;
  }

  /// INSERT INTO table (columns) …, or without them: then one value for each that is not invisible.
  void check_insert(const Trigger& trigger, const Pair<Table>& pair, const std::vector<sql::Token>& tokens, std::size_t next) {
    const auto takes_values = [](const Table& table) { return std::count_if(table.columns.begin(), table.columns.end(), [](const Column& column) { return !column.invisible; }); };
    const std::string who = "the trigger `" + trigger.name + "` on `" + trigger.table + "`";
    if (next >= tokens.size() || tokens[next].text != "(") {
      if (takes_values(pair.before) == takes_values(pair.after)) return;
      return refuse("referenced-by-trigger", who + " inserts into `" + pair.after.name + "` without naming its columns, which are " + std::to_string(takes_values(pair.before)) + " and become " + std::to_string(takes_values(pair.after)) +
                    "; change the trigger as well", origin_of(pair.after.name));
    }
    for (std::size_t i = next + 1; i < tokens.size() && tokens[i].text != ")"; ++i) check_written(who, pair, tokens[i]);
  }

  /// UPDATE table SET column = …, column = … WHERE …
  void check_update(const Trigger& trigger, const Pair<Table>& pair, const std::vector<sql::Token>& tokens, std::size_t next) {
    int depth = 0;
    bool expects_column = false;
    for (std::size_t i = next; i + 1 < tokens.size(); ++i) {
      const std::string_view text = tokens[i].text;
      depth += text == "(" ? 1 : text == ")" ? -1 : 0;
      if (depth == 0 && (text == ";" || equal_ignoring_case(text, "where"))) return;
      if (expects_column && tokens[i + 1].text == "=") check_written("the trigger `" + trigger.name + "` on `" + trigger.table + "`", pair, tokens[i]);
      expects_column = depth == 0 && (text == "," || equal_ignoring_case(text, "set"));
    }
  }

  void check_written(const std::string& who, const Pair<Table>& pair, const sql::Token& token) {
    const std::string column = sql::unquoted(token.text);
    if (!is_name(token) || pair.before.find_column(column) == nullptr || pair.after.find_column(column) != nullptr) return;
    refuse("referenced-by-trigger", "column `" + pair.after.name + "." + column + "` cannot be dropped: " + who + " writes it; drop or change the trigger as well", {});
  }

  /// A period ends with both of its columns, or stays with both.
  void check_columns_of_periods(const Pair<Table>& pair) {
    const auto options = pair.after.options.find(rules_.engine);
    if (options == pair.after.options.end()) return;
    for (const auto& [option, value] : options->second) {
      if (!is_period(option)) continue;
      for (const std::string& column : columns_of_period(value, rules_.lexis)) {
        if (pair.before.find_column(column) == nullptr || pair.after.find_column(column) != nullptr) continue;
        refuse("referenced-by-period", "column `" + pair.after.name + "." + column + "` cannot be dropped: the period " + value + " of the table is over it; drop both of its columns, and do not declare the period",
               origin_of(pair.after.name));
      }
    }
  }

  /// Both ends of a foreign key that something is done to must end with one collation.
  void check_collations_of_foreign_keys() {
    std::map<std::string, const Table*> changed;
    for (const auto& pair : match_.changes.tables_altered) changed.emplace(pair.after.name, &pair.after);
    for (const Table& table : match_.changes.tables_created) changed.emplace(table.name, &table);
    const auto find = [&](const std::string& name) {
      const auto found = changed.find(name);
      return found == changed.end() ? target_table(match_, name) : found->second;
    };
    const auto check = [&](const Table& table) {
      for (const ForeignKey& key : table.foreign_keys) {
        if (!key.database.empty() || (!changed.contains(table.name) && !changed.contains(key.table))) continue;
        const Table* parent = find(key.table);
        for (std::size_t i = 0; parent != nullptr && i < key.columns.size() && i < key.referenced.size(); ++i) {
          const Column* column = table.find_column(key.columns[i]);
          const Column* referenced = parent->find_column(key.referenced[i]);
          if (column == nullptr || referenced == nullptr || is_one_collation(*column, *referenced)) continue;
          refuse("foreign-key-collation", "column `" + table.name + "." + column->name + "` would have the collation `" + column->collation + "` and `" + key.table + "." + referenced->name + "`, which it refers to, `" +
                 referenced->collation + "`; a foreign key needs the same one at both ends", origin_of(table.name));
        }
      }
    };
    if (changed.empty()) return;
    for (const auto& [name, table] : changed) check(*table);
    for (const auto& [name, table] : match_.from().tables) {
      if (!changed.contains(name) && !is_dropped(match_, name)) check(table);
    }
  }

  /// SQLite lets a key go that others refer to, and refuses every write of them later ("foreign key mismatch",
  /// sqlite.org/foreignkeys.html#fk_indexes).
  void check_keys_of_parents() {
    std::map<std::string, const Table*> children;  // those with foreign keys, as they will be
    for (const auto& [name, standing] : match_.from().tables) {
      if (!standing.foreign_keys.empty()) children.emplace(name, &standing);
    }
    for (const Pair<Table>& altered : match_.changes.tables_altered) {
      if (altered.after.foreign_keys.empty()) children.erase(altered.after.name);
      else children.insert_or_assign(altered.after.name, &altered.after);
    }
    for (const Table& dropped : match_.changes.tables_dropped) children.erase(dropped.name);
    for (const Pair<Table>& parent : match_.changes.tables_altered) {
      for (const auto& [name, child] : children) check_keys_of_parent(parent, *child);
    }
  }

  void check_keys_of_parent(const Pair<Table>& parent, const Table& child) {
    for (const ForeignKey& key : child.foreign_keys) {
      const bool is_of_parent = key.database.empty() && equal_ignoring_case(key.table, parent.after.name);
      if (!is_of_parent || !has_key_over(parent.before, key)) continue;
      if (has_key_over(parent.after, key)) {
        check_meaning(parent, child, key);
        continue;
      }
      const std::string list = key.referenced.empty() ? "the primary key" : "(" + join(key.referenced, ", ") + ")";
      refuse("foreign-key-without-key", "table `" + parent.after.name + "` would have no key over " + list + " any more, to which `" + child.name + "` (" + join(key.columns, ", ") +
             ") refers: every write of either would fail; keep the key, or change the foreign key as well", origin_of(parent.after.name));
    }
  }

  /// A foreign key that names no columns goes along when the primary key becomes another one: its rows would refer to others.
  void check_meaning(const Pair<Table>& parent, const Table& child, const ForeignKey& key) {
    if (!key.referenced.empty() || !stands(child, key)) return;
    const auto names = [](const Table& table) {
      std::vector<std::string> columns;
      for (const IndexPart& part : table.primary_key->parts) columns.push_back(part.column);
      return columns;
    };
    const std::vector<std::string> before = names(parent.before);
    const std::vector<std::string> after = names(parent.after);
    if (std::equal(before.begin(), before.end(), after.begin(), after.end(), [](const std::string& a, const std::string& b) { return equal_ignoring_case(a, b); })) return;
    refuse("foreign-key-moves", "the primary key of `" + parent.after.name + "` becomes (" + join(after, ", ") + ") and was (" + join(before, ", ") + "): `" + child.name + "` (" + join(key.columns, ", ") +
           ") refers to it without naming columns, and its rows would refer to others; name the columns it shall refer to", origin_of(child.name).line == 0 ? origin_of(parent.after.name) : origin_of(child.name));
  }

  /// In the actual state already.
  bool stands(const Table& child, const ForeignKey& key) const {
    const auto found = match_.from().tables.find(child.name);
    return found != match_.from().tables.end() && std::find(found->second.foreign_keys.begin(), found->second.foreign_keys.end(), key) != found->second.foreign_keys.end();
  }

  static bool has_key_over(const Table& table, const ForeignKey& key) {
    const auto is_over = [&](const std::vector<IndexPart>& parts) {
      return are_just(parts, key.referenced) && std::all_of(parts.begin(), parts.end(), [](const IndexPart& part) { return part.collation.empty(); });
    };
    if (table.primary_key && (key.referenced.empty() ? table.primary_key->parts.size() == key.columns.size() : is_over(table.primary_key->parts))) return true;
    return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) { return index.kind == IndexKind::Unique && !index.where && is_over(index.parts); });
  }

  static bool is_one_collation(const Column& a, const Column& b) {
    const bool open = a.collation.empty() || b.collation.empty() || a.collation == inherited || b.collation == inherited;
    return open || a.collation == b.collation;
  }

  const Match& match_;
  const Description& description_;
  const MatchRules& rules_;
  std::vector<std::string> gone_;  ///< tables of which nothing has the name afterwards
  std::vector<Refusal> refusals_;
};

}  // namespace

std::vector<Refusal> what_breaks(const Match& match, const Schema& stays, const Description& description, const MatchRules& rules) {
  return Guard(match, description, rules).run(stays);
}

}  // namespace plumb::diff
