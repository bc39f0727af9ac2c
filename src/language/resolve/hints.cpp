// Natural keys, earlier names and drops: what steers the way, checked against what is declared.
#include <algorithm>
#include <map>

#include "language/resolve/scope.hpp"
#include "model/earlier_names.hpp"

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
        if (view != nullptr) check_object_was(file, view->was, "view", view->name.text);
      }
    }
    for (TableEntry& entry : scope_.tables) {
      check_object_was(entry.file, entry.node->was, "table", entry.table->name);
      check_object_names(entry);
    }
    check_columns();
    for (const NaturalKeyPlace& place : scope_.natural_keys) check_natural_key(place);
  }

 private:
  /// Who has an earlier name: the kind and name of the owner; no kind where it is dropped.
  struct Claim {
    std::string_view kind;
    std::string_view owner;
    SourceSpan span;
    std::string text() const { return std::string(kind) + " `" + std::string(owner) + "`"; }
  };
  using Claims = std::map<std::string, Claim, std::less<>>;

  static SourceSpan at(std::uint32_t file, ast::Span span) { return {file, span.offset, span.length}; }

  /// An earlier name of a table or view.
  void check_object_was(std::uint32_t file, const std::vector<ast::Name>& was, const char* kind,
                        std::string_view owner) {
    for (const ast::Name& name : was) {
      const Claim claim{kind, owner, at(file, name.span)};
      const bool changes_case_alone = name.text != owner && equal_ignoring_case(name.text, owner);
      if (!is_left_by_table(description_, std::string(name.text)) && !changes_case_alone) {
        still_declared(file, name, claim);
      } else {
        take(object_claims_, file, name, claim, name.text);
      }
    }
  }

  void still_declared(std::uint32_t file, const ast::Name& name, const Claim& claim) {
    scope_.error("was-still-declared", file, name.span,
                 "`" + std::string(name.text) + "` is still declared, so it cannot be the earlier name of " +
                     claim.text());
  }

  /// One thing has one earlier name: two claims, or a claim and a drop, contradict each other.
  void take(Claims& claims, std::uint32_t file, const ast::Name& name, const Claim& claim,
            std::string_view text) {
    const auto [found, fresh] = claims.try_emplace(to_lower(text), claim);
    if (fresh || found->second.span == claim.span) return;
    const std::string shown = "`" + std::string(text) + "` is the earlier name of " + claim.text();
    if (found->second.kind.empty()) {
      scope_.error("drop-and-was", file, name.span, shown + " and is dropped as well",
                   {{"dropped here", found->second.span}});
      return;
    }
    scope_.error("was-twice", file, name.span, shown + " and of " + found->second.text(),
                 {{"the other one stands here", found->second.span}});
  }

  /// Columns that had other names, table by table.
  void check_columns() {
    Claims claims;
    std::uint32_t table = 0xFFFFFFFFU;
    for (const ColumnWas& was : scope_.column_was) {
      const TableEntry& entry = scope_.tables[was.table];
      if (was.table != table) {
        const auto drops = drops_by_table_.find(to_lower(entry.table->name));
        claims = drops == drops_by_table_.end() ? Claims() : drops->second;
      }
      table = was.table;
      check_column_was(entry, was, claims);
    }
  }

  void check_column_was(const TableEntry& entry, const ColumnWas& was, Claims& claims) {
    for (const ast::Name& name : *was.names) {
      const std::string text = scope_.text(was.place, name);
      const Claim claim{"column", was.column->text, at(was.place.file, name.span)};
      if (!is_left_by_column(*entry.table, *entry.intent, text)) {
        still_declared(was.place.file, name, claim);
      } else {
        take(claims, was.place.file, name, claim, text);
      }
    }
  }

  static bool has_object(const Table& table, std::string_view name) {
    const auto same = [&](const auto& object) { return equal_ignoring_case(object.name.text, name); };
    const auto has = [&](const auto& objects) { return std::any_of(objects.begin(), objects.end(), same); };
    return has(table.indexes) || has(table.foreign_keys) || has(table.checks) ||
           std::any_of(table.columns.begin(), table.columns.end(),
                       [&](const Column& c) { return has(c.checks); });
  }

  /// Earlier names of indexes and constraints; their places are those of the members that wrote them.
  void check_object_names(TableEntry& entry) {
    if (entry.intent->object_was.empty()) return;
    std::map<std::string, std::string_view> claims;
    for (const auto& [owner, names] : entry.intent->object_was) {
      for (const std::string& name : names) {
        if (has_object(*entry.table, name)) {
          const std::string message =
              "`" + name + "` is still declared, so it cannot be the earlier name of `";
          scope_.error("was-still-declared", entry.file, was_span(entry, name), message + owner + "`");
          continue;
        }
        const auto [found, fresh] = claims.try_emplace(to_lower(name), owner);
        if (fresh || found->second == owner) continue;
        std::string message = "`" + name + "` is the earlier name of `";
        message.append(owner).append("` and of `").append(found->second).append("`");
        scope_.error("was-twice", entry.file, was_span(entry, name), std::move(message));
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
    claims.try_emplace(to_lower(text), Claim{{}, {}, at(file, name.span)});
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
