// Natural keys, earlier names and drops: what steers the way, checked against what is declared.
#include <algorithm>
#include <map>

#include "language/resolve/scope.hpp"

namespace plumb::language {
namespace {

class HintChecker {
 public:
  explicit HintChecker(Scope& scope) : scope_(scope), description_(scope.description) {}

  void run() {
    check_drops();
    for (std::uint32_t file = 0; file < scope_.files.size(); ++file) {
      for (const ast::Item& item : scope_.files[file].items) {
        const auto* view = std::get_if<ast::View>(&item.body);
        if (view != nullptr) check_object_was(file, view->was, "view", std::string(view->name.text));
      }
    }
    for (TableEntry& entry : scope_.tables) {
      check_object_was(entry.file, entry.node->was, "table", entry.table->name);
      check_member_was(entry);
    }
    for (const NaturalKeyPlace& place : scope_.natural_keys) check_natural_key(place);
  }

 private:
  struct Claim {
    std::string by;
    SourceSpan span;
  };
  using Claims = std::map<std::string, Claim, std::less<>>;

  static SourceSpan at(std::uint32_t file, ast::Span span) { return {file, span.offset, span.length}; }

  bool is_declared_object(std::string_view name) const {
    if (scope_.table_names.find(name)) return true;
    return std::any_of(description_.schema.views.begin(), description_.schema.views.end(),
                       [&](const auto& view) { return equal_ignoring_case(view.first, name); });
  }

  /// An earlier name of a table or view.
  void check_object_was(std::uint32_t file, const std::vector<ast::Name>& was, const char* kind,
                        const std::string& owner) {
    for (const ast::Name& name : was) {
      const std::string text(name.text);
      if (is_declared_object(text)) {
        still_declared(file, name, std::string(kind) + " `" + owner + "`");
      } else {
        claim(object_claims_, file, name, std::string(kind) + " `" + owner + "`", text);
      }
    }
  }

  void still_declared(std::uint32_t file, const ast::Name& name, const std::string& owner) {
    scope_.error(
        "was-still-declared", file, name.span,
        "`" + std::string(name.text) + "` is still declared, so it cannot be the earlier name of " + owner);
  }

  /// One thing has one earlier name: two claims, or a claim and a drop, contradict each other.
  void claim(Claims& claims, std::uint32_t file, const ast::Name& name, const std::string& owner,
             const std::string& text) {
    const std::string key = to_lower(text);
    const auto [found, fresh] = claims.try_emplace(key, Claim{owner, at(file, name.span)});
    if (fresh || found->second.span == at(file, name.span)) return;
    const std::string& other = found->second.by;
    if (other.empty()) {
      scope_.error("drop-and-was", file, name.span,
                   "`" + text + "` is the earlier name of " + owner + " and is dropped as well",
                   {{"dropped here", found->second.span}});
      return;
    }
    scope_.error("was-twice", file, name.span,
                 "`" + text + "` is the earlier name of " + owner + " and of " + other,
                 {{"the other one stands here", found->second.span}});
  }

  void check_member_was(TableEntry& entry) {
    Claims claims = column_drops(entry.table->name);
    check_members({entry.file, entry.table->name, false}, entry, entry.node->members, claims, 0);
    check_object_names(entry);
  }

  Claims column_drops(const std::string& table) const {
    Claims claims;
    const auto drops = drops_by_table_.find(to_lower(table));
    if (drops != drops_by_table_.end()) claims = drops->second;
    return claims;
  }

  void check_members(const Place& place, TableEntry& entry, const std::vector<ast::Member>& members,
                     Claims& claims, std::size_t depth) {
    for (const ast::Member& member : members) {
      if (const auto* use = std::get_if<ast::Use>(&member.body); use != nullptr && depth < 100) {
        for (const ast::Name& name : use->mixins) {
          const auto number = scope_.mixin_names.find(name.text);
          if (!number || !scope_.mixins[*number].has_was) continue;
          const MixinEntry& mixin = scope_.mixins[*number];
          check_members({mixin.file, entry.table->name, true}, entry, mixin.node->members, claims, depth + 1);
        }
      }
      const auto* column = std::get_if<ast::Column>(&member.body);
      if (column == nullptr) continue;
      for (const ast::Clause& clause : column->clauses) {
        const auto* was = std::get_if<ast::Was>(&clause);
        if (was != nullptr) check_column_was(place, entry, *column, *was, claims);
      }
    }
  }

  void check_column_was(const Place& place, const TableEntry& entry, const ast::Column& column,
                        const ast::Was& was, Claims& claims) {
    const std::string owner = "column `" + scope_.text(place, column.name) + "`";
    for (const ast::Name& name : was.names) {
      const std::string text = scope_.text(place, name);
      if (entry.table->find_column(text) != nullptr) {
        still_declared(place.file, name, owner);
      } else {
        claim(claims, place.file, name, owner, text);
      }
    }
  }

  /// Earlier names of indexes and constraints; their places are those of the members that wrote them.
  void check_object_names(TableEntry& entry) {
    if (entry.intent->object_was.empty()) return;
    std::map<std::string, std::string> claims;
    for (const auto& [owner, names] : entry.intent->object_was) {
      for (const std::string& name : names) {
        const ast::Span span = was_span(entry, name);
        if (entry.table->find_index(name) != nullptr) {
          scope_.error(
              "was-still-declared", entry.file, span,
              "`" + name + "` is still declared, so it cannot be the earlier name of `" + owner + "`");
          continue;
        }
        const auto [found, fresh] = claims.try_emplace(to_lower(name), owner);
        if (fresh || found->second == owner) continue;
        scope_.error("was-twice", entry.file, span,
                     "`" + name + "` is the earlier name of `" + owner + "` and of `" + found->second + "`");
      }
    }
  }

  /// Where an index or constraint of the table itself says `was name`; the table's name for one from a mixin.
  static ast::Span was_span(const TableEntry& entry, const std::string& wanted) {
    ast::Span span = entry.node->name.span;
    const auto look = [&](const std::vector<ast::Name>& names) {
      for (const ast::Name& name : names) {
        if (name.text == wanted) span = name.span;
      }
    };
    const auto look_at_clauses = [&](const std::vector<ast::Clause>& clauses) {
      for (const ast::Clause& clause : clauses) {
        if (const auto* was = std::get_if<ast::Was>(&clause)) look(was->names);
      }
    };
    for (const ast::Member& member : entry.node->members) {
      if (const auto* index = std::get_if<ast::Index>(&member.body)) {
        look(index->was);
        look_at_clauses(index->clauses);
      } else if (const auto* key = std::get_if<ast::ForeignKey>(&member.body)) {
        look(key->was);
        look_at_clauses(key->clauses);
      } else if (const auto* check = std::get_if<ast::TableCheck>(&member.body)) {
        look(check->check.was);
        look_at_clauses(check->clauses);
      }
    }
    return span;
  }

  void check_drops() {
    for (std::size_t i = 0; i < scope_.drops.size(); ++i) check_drop(description_.drops[i], scope_.drops[i]);
  }

  void check_drop(Drop& drop, const DropPlace& place) {
    const bool of_table = drop.kind == DropKind::Column || drop.kind == DropKind::Index;
    const ast::Name& name = of_table ? place.target.second : place.target.first;
    const auto still = [&](const char* what) {
      scope_.error("drop-still-declared", place.file, name.span,
                   std::string(what) + " `" + drop.name + "` is still declared" +
                       (of_table ? " in table `" + drop.table + "`" : "") + " and cannot be dropped");
    };
    switch (drop.kind) {
      case DropKind::Table:
        if (scope_.table_names.find(drop.name)) return still("table");
        claim_drop(object_claims_, place.file, name, drop.name);
        return;
      case DropKind::View:
        for (const auto& [view, value] : description_.schema.views) {
          if (equal_ignoring_case(view, drop.name)) return still("view");
        }
        claim_drop(object_claims_, place.file, name, drop.name);
        return;
      case DropKind::Trigger:
        for (const auto& [trigger, value] : description_.schema.triggers) {
          if (equal_ignoring_case(trigger, drop.name)) return still("trigger");
        }
        return;
      case DropKind::Column:
      case DropKind::Index:
        break;
    }
    TableEntry* entry = scope_.table_named(drop.table);
    if (entry == nullptr) {
      if (!is_dropped_table(drop.table)) scope_.find_table(place.file, place.target.first);
      return;
    }
    drop.table = entry->table->name;
    if (drop.kind == DropKind::Column) {
      if (entry->table->find_column(drop.name) != nullptr) return still("column");
      claim_drop(drops_by_table_[to_lower(drop.table)], place.file, name, drop.name);
    } else if (entry->table->find_index(drop.name) != nullptr) {
      still("index");
    }
  }

  bool is_dropped_table(const std::string& name) const {
    return std::any_of(description_.drops.begin(), description_.drops.end(), [&](const Drop& drop) {
      return drop.kind == DropKind::Table && equal_ignoring_case(drop.name, name);
    });
  }

  static void claim_drop(Claims& claims, std::uint32_t file, const ast::Name& name, const std::string& text) {
    claims.try_emplace(to_lower(text), Claim{{}, at(file, name.span)});
  }

  /// A natural key of a master table must be the same in every database: no column of it may hold a counted
  /// value.
  void check_natural_key(const NaturalKeyPlace& place) {
    const TableEntry& entry = scope_.tables[place.table];
    if (entry.intent->row_class != RowClass::Master || entry.damaged) return;
    for (std::size_t i = 0; i < entry.intent->natural_key.size(); ++i) {
      const Column* column = entry.table->find_column(entry.intent->natural_key[i]);
      if (column == nullptr) continue;
      const ast::Span span = place.node->columns[i].span;
      if (column->auto_increment) {
        scope_.error("natural-key", place.place.file, span,
                     "column `" + column->name + "` counts by itself and differs from database to database");
        continue;
      }
      const ForeignKey* key = single_key(*entry.table, column->name);
      if (key == nullptr || column->type.kind != TypeKind::SerialRef) continue;
      const TableEntry* target = scope_.table_named(key->table);
      if (target == nullptr || target->damaged || !target->intent->natural_key.empty()) continue;
      scope_.error("natural-key", place.place.file, span,
                   "column `" + column->name + "` refers to table `" + key->table +
                       "`, which has no natural key to recognise its rows by");
    }
  }

  static const ForeignKey* single_key(const Table& table, const std::string& column) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.columns.size() == 1 && key.columns.front() == column) return &key;
    }
    return nullptr;
  }

  Scope& scope_;
  Description& description_;
  Claims object_claims_;
  std::map<std::string, Claims, std::less<>> drops_by_table_;
};

}  // namespace

void settle_hints(Scope& scope) {
  HintChecker(scope).run();
}

}  // namespace plumb::language
