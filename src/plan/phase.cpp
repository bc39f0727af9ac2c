#include "plan/phase.hpp"

#include <algorithm>
#include <set>

#include "diff/rename.hpp"
#include "plan/expand_table.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

using Names = std::set<std::string, std::less<>>;

bool names_any(const std::string& sql, const Names& lower_names, const sql::Lexis& lexis) {
  const auto tokens = sql::tokenize(sql, lexis);
  return std::any_of(tokens.begin(), tokens.end(), [&](const sql::Token& token) {
    const bool is_name = token.kind == sql::TokenKind::Word || token.kind == sql::TokenKind::QuotedName;
    return is_name && lower_names.contains(to_lower(sql::unquoted(token.text)));
  });
}

class Expander {
 public:
  Expander(const Schema& actual, const diff::Match& whole, const Description& description, const Dialect& dialect)
      : actual_(actual), whole_(whole), description_(description), dialect_(dialect), lexis_(dialect.match_rules().lexis), target_(whole.target()) {}

  Schema state() {
    take_back_renames();
    Schema state = actual_;
    for (const auto& [name, table] : target_.tables) {
      const auto standing = actual_.tables.find(name);
      if (standing == actual_.tables.end()) state.tables.insert_or_assign(name, without_foreign_keys(table));
      else state.tables.insert_or_assign(name, standing->second == table ? table : expanded(standing->second, table, dialect_));
    }
    add_foreign_keys(state);
    add_views_and_triggers(state);
    return state;
  }

  /// The intent under the names that stand.
  Description description() const {
    Description old = description_;
    for (auto rename = whole_.renames.rbegin(); rename != whole_.renames.rend(); ++rename) {
      if (rename->kind == diff::Rename::Kind::Table) {
        auto node = old.tables.extract(rename->to);
        if (node.empty()) continue;
        node.key() = rename->from;
        old.tables.insert(std::move(node));
      } else if (rename->kind == diff::Rename::Kind::Column) {
        rename_intent(old, *rename);
      }
      for (auto& [name, intent] : old.tables) {
        for (auto& [column, hints] : intent.columns) {
          if (hints.backfill && rename->kind == diff::Rename::Kind::Table) rename_in(*hints.backfill, *rename);
        }
      }
    }
    return old;
  }

 private:
  static Table without_foreign_keys(Table table) {
    table.foreign_keys.clear();
    return table;
  }

  void rename_in(sql::EngineSql& sql, const diff::Rename& rename) const {
    sql.common = diff::renamed_in_expression(sql.common, rename.to, rename.from, lexis_);
    for (auto& [engine, text] : sql.variants) text = diff::renamed_in_expression(text, rename.to, rename.from, lexis_);
  }

  void rename_intent(Description& old, const diff::Rename& rename) const {
    const auto table = old.tables.find(rename.table);
    if (table == old.tables.end()) return;
    auto node = table->second.columns.extract(rename.to);
    if (!node.empty()) {
      node.key() = rename.from;
      table->second.columns.insert(std::move(node));
    }
    for (auto& [name, hints] : table->second.columns) {
      if (hints.backfill) rename_in(*hints.backfill, rename);
    }
  }

  /// Gives the state to reach the names that stand. What is new and has the old name of something else has to wait.
  void take_back_renames() {
    for (auto rename = whole_.renames.rbegin(); rename != whole_.renames.rend(); ++rename) {
      new_names_.insert(to_lower(rename->to));
      if (rename->kind == diff::Rename::Kind::Table) {
        if (equal_ignoring_case(rename->from, rename->to)) new_names_.erase(to_lower(rename->to));
        target_.tables.erase(rename->from);
        if (target_.tables.contains(rename->to)) diff::rename_table(target_, rename->to, rename->from);
      } else if (rename->kind == diff::Rename::Kind::Column) {
        take_back_column(*rename);
      }
    }
  }

  void take_back_column(const diff::Rename& rename) {
    const auto table = target_.tables.find(rename.table);
    if (table == target_.tables.end()) return;
    if (!equal_ignoring_case(rename.from, rename.to)) drop_with_keys(table->second, rename.from);
    diff::rename_column(target_, rename.table, rename.to, rename.from, lexis_);
  }

  /// A new column that must wait, and what hangs on it.
  void drop_with_keys(Table& table, const std::string& column) const {
    if (table.find_column(column) == nullptr) return;
    const Names gone{to_lower(column)};
    const auto in_parts = [&](const std::vector<IndexPart>& parts) {
      return std::any_of(parts.begin(), parts.end(), [&](const IndexPart& part) { return equal_ignoring_case(part.column, column) || (part.expression && names_any(part.expression->common, gone, lexis_)); });
    };
    std::erase_if(table.columns, [&](const Column& c) { return equal_ignoring_case(c.name, column) || (c.generated && names_any(c.generated->expression.common, gone, lexis_)); });
    std::erase_if(table.indexes, [&](const Index& index) { return in_parts(index.parts); });
    std::erase_if(table.checks, [&](const Check& check) { return names_any(check.expression.common, gone, lexis_); });
    std::erase_if(table.foreign_keys, [&](const ForeignKey& key) { return std::any_of(key.columns.begin(), key.columns.end(), [&](const std::string& c) { return equal_ignoring_case(c, column); }); });
  }

  void add_foreign_keys(Schema& state) const {
    for (const auto& [name, wanted] : target_.tables) {
      Table& table = state.tables.at(name);
      const auto standing = actual_.tables.find(name);
      static const Table nothing;
      const Table& before = standing == actual_.tables.end() ? nothing : standing->second;
      for (const ForeignKey& key : wanted.foreign_keys) {
        const auto same_name = [&](const ForeignKey& k) { return !key.name.empty() && k.name == key.name; };
        const bool stands = std::find(before.foreign_keys.begin(), before.foreign_keys.end(), key) != before.foreign_keys.end() || std::any_of(before.foreign_keys.begin(), before.foreign_keys.end(), same_name);
        if (!stands && noticed_in_new_foreign_key(key, before).empty() && can_stand(key, table, state)) table.foreign_keys.push_back(key);
      }
    }
  }

  /// The columns at both ends have the same types, and those that are referred to have a key.
  static bool can_stand(const ForeignKey& key, const Table& table, const Schema& state) {
    if (!key.database.empty()) return true;
    const auto parent = state.tables.find(key.table);
    if (parent == state.tables.end()) return false;
    for (std::size_t i = 0; i < key.columns.size() && i < key.referenced.size(); ++i) {
      const Column* column = table.find_column(key.columns[i]);
      const Column* referenced = parent->second.find_column(key.referenced[i]);
      if (column == nullptr || referenced == nullptr || column->type.native.common != referenced->type.native.common) return false;
    }
    const auto begins = [&](const std::vector<IndexPart>& parts) {
      if (parts.size() < key.referenced.size()) return false;
      return std::equal(key.referenced.begin(), key.referenced.end(), parts.begin(), [](const std::string& column, const IndexPart& part) { return equal_ignoring_case(column, part.column); });
    };
    if (parent->second.primary_key && begins(parent->second.primary_key->parts)) return true;
    return std::any_of(parent->second.indexes.begin(), parent->second.indexes.end(), [&](const Index& index) { return begins(index.parts); });
  }

  void add_views_and_triggers(Schema& state) const {
    Names missing = new_names_;  // what a view may name and that is not there yet
    for (const auto& [name, table] : target_.tables) {
      for (const Column& column : table.columns) {
        if (state.tables.at(name).find_column(column.name) == nullptr) missing.insert(to_lower(column.name));
      }
    }
    for (const auto& view : whole_.changes.views_created) {
      if (names_any(view.query.common, missing, lexis_)) missing.insert(to_lower(view.name));
      else state.views.emplace(view.name, view);
    }
    for (const auto& trigger : whole_.changes.triggers_created) {
      const bool has_place = state.tables.contains(trigger.table) || state.views.contains(trigger.table);
      const bool waits = names_any(trigger.body.common + " " + trigger.when.common, missing, lexis_) || !noticed_in_new_trigger(trigger, lexis_).empty();
      if (has_place && !waits) state.triggers.emplace(trigger.name, trigger);
    }
  }

  const Schema& actual_;
  const diff::Match& whole_;
  const Description& description_;
  const Dialect& dialect_;
  sql::Lexis lexis_;
  Schema target_;
  Names new_names_;  ///< that renames give, in small letters
};

}  // namespace

ExpandPart expand_part(const std::shared_ptr<const Schema>& actual, const diff::Match& whole, const Description& description, const Dialect& dialect) {
  Expander expander(*actual, whole, description, dialect);
  ExpandPart part;
  part.match.start = actual;
  part.match.changes = diff::diff(*actual, expander.state());
  part.match.notices = whole.notices;
  std::erase_if(part.match.notices, [](const diff::Notice& notice) { return notice.kind == diff::NoticeKind::HintUsed; });
  part.match.refusals = whole.refusals;
  part.description = expander.description();
  return part;
}

}  // namespace plumb::plan
