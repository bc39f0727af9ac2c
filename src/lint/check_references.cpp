#include <algorithm>
#include <map>
#include <set>

#include "language/spell.hpp"
#include "lint/checks.hpp"
#include "support/graph.hpp"
#include "support/text.hpp"

namespace plumb::lint {
namespace {

Subject subject_of(const Table& table, const ForeignKey& key) { return {SubjectKind::ForeignKey, table.name, key.name.text}; }

/// What a serial holds is a 64-bit number, whether it counts, refers or is written out.
ColumnType held(ColumnType type) {
  if (type.kind != TypeKind::Serial && type.kind != TypeKind::SerialRef) return type;
  type.kind = TypeKind::BigInt;
  type.is_unsigned = true;
  return type;
}

bool leads(const std::vector<IndexPart>& parts, const std::vector<std::string>& columns) {
  if (parts.size() < columns.size()) return false;
  const auto front = parts.begin() + static_cast<std::ptrdiff_t>(columns.size());
  return std::all_of(parts.begin(), front, [&](const IndexPart& part) {
    return !part.expression && !part.length && std::find(columns.begin(), columns.end(), part.column) != columns.end();
  });
}

bool has_index(const Table& table, const std::vector<std::string>& columns) {
  if (table.primary_key && leads(table.primary_key->parts, columns)) return true;
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    return (index.kind == IndexKind::Plain || index.kind == IndexKind::Unique) && !index.where && leads(index.parts, columns);
  });
}

bool removes_or_changes(ForeignKeyAction action) {
  return action == ForeignKeyAction::Cascade || action == ForeignKeyAction::SetNull || action == ForeignKeyAction::SetDefault;
}

std::vector<std::string> referenced_columns(const ForeignKey& key, const Table& parent) {
  if (!key.referenced.empty() || !parent.primary_key) return key.referenced;
  std::vector<std::string> columns;
  for (const IndexPart& part : parent.primary_key->parts) columns.push_back(part.column);
  return columns;
}

class Checker {
 public:
  Checker(const Input& input, Concerns& found) : input_(input), tables_(input.description.schema.tables), found_(found) {}

  void run() {
    const bool engines_make_indexes = std::all_of(input_.engines.begin(), input_.engines.end(), [](const Dialect* engine) { return engine->capabilities().foreign_keys_need_index; });
    for (const auto& [name, table] : tables_) {
      for (const ForeignKey& key : table.foreign_keys) {
        check_twin(table, key);
        if (!engines_make_indexes) check_index(table, key);
        const auto parent = tables_.find(key.table);
        if (parent == tables_.end() || !key.database.empty()) continue;
        check_types(table, key, parent->second);
        check_cascade(table, key);
      }
      for (const Column& column : table.columns) check_missing(table, column);
    }
    check_cycles();
  }

 private:
  void check_twin(const Table& table, const ForeignKey& key) {
    for (const ForeignKey& other : table.foreign_keys) {
      if (&other == &key) return;  // only those before it
      if (other.columns != key.columns || other.table != key.table || other.referenced != key.referenced) continue;
      found_.push_back({"duplicate-foreign-key", subject_of(table, key), "foreign key `" + key.name.text + "` of table `" + table.name + "` says the same as `" + other.name.text + "`; remove one of them"});
      return;
    }
  }

  void check_index(const Table& table, const ForeignKey& key) {
    if (has_index(table, key.columns)) return;
    found_.push_back({"foreign-key-without-index", subject_of(table, key),
                      "no index of table `" + table.name + "` begins with `" + join(key.columns, "`, `") + "`, so a change in `" + key.table + "` reads all of it; add `index (" + join(key.columns, ", ") + ")`"});
  }

  void check_types(const Table& table, const ForeignKey& key, const Table& parent) {
    const auto referenced = referenced_columns(key, parent);
    for (std::size_t i = 0; i < key.columns.size() && i < referenced.size(); ++i) {
      const Column* own = table.find_column(key.columns[i]);
      const Column* other = parent.find_column(referenced[i]);
      if (own == nullptr || other == nullptr) continue;
      const std::string name = "`" + table.name + "." + own->name + "`";
      const std::string target = "`" + parent.name + "." + other->name + "`";
      if (held(own->type) != held(other->type)) {
        found_.push_back({"ref-type-differs", subject_of(table, key), "column " + name + " is " + language::spelled_type(held(own->type)) + ", and " + target + ", which it refers to, is " + language::spelled_type(held(other->type))});
      } else if (own->collation != other->collation || own->charset != other->charset) {
        found_.push_back({"ref-type-differs", subject_of(table, key), "column " + name + " has another charset or collation than " + target + ", which it refers to"});
      }
    }
  }

  void check_cascade(const Table& table, const ForeignKey& key) {
    const bool from_master = input_.intent_of(key.table).row_class == RowClass::Master && input_.intent_of(table.name).row_class != RowClass::Master;
    if (!from_master || !removes_or_changes(key.on_delete)) return;
    const std::string does = key.on_delete == ForeignKeyAction::Cascade ? "delete" : "change";
    found_.push_back({"cascade-from-master", subject_of(table, key), "deleting a row of the master table `" + key.table + "` would " + does + " rows of `" + table.name + "`, which a sync must not; use `on delete restrict`"});
  }

  /// `country_id` where a table `country` or `countries` has a key of that type, and no foreign key holds the column.
  void check_missing(const Table& table, const Column& column) {
    if (!column.name.ends_with("_id") || column.type.kind == TypeKind::SerialRef || column.type.kind == TypeKind::Native) return;
    const bool is_held = std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
      return std::find(key.columns.begin(), key.columns.end(), column.name) != key.columns.end();
    });
    if (is_held) return;
    const Table* parent = table_called(to_lower(column.name.substr(0, column.name.size() - 3)));
    if (parent == nullptr || !parent->primary_key || parent->primary_key->parts.size() != 1) return;
    if (parent == &table && parent->primary_key->parts.front().column == column.name) return;
    const Column* key = parent->find_column(parent->primary_key->parts.front().column);
    if (key == nullptr || held(key->type) != held(column.type)) return;
    found_.push_back({"missing-reference", {SubjectKind::Column, table.name, column.name},
                      "column `" + table.name + "." + column.name + "` is called like a reference to table `" + parent->name + "` and is none; make it `ref(" + parent->name + ")`, or `serial_ref` if that is meant"});
  }

  const Table* table_called(const std::string& singular) const {
    std::vector<std::string> names{singular, singular + "s", singular + "es"};
    if (singular.ends_with('y')) names.push_back(singular.substr(0, singular.size() - 1) + "ies");
    for (const std::string& name : names) {
      if (const auto found = tables_.find(name); found != tables_.end()) return &found->second;
    }
    return nullptr;
  }

  static bool is_required(const Table& table, const ForeignKey& key) {
    if (to_lower(key.extra).find("deferred") != std::string::npos) return false;
    return std::all_of(key.columns.begin(), key.columns.end(), [&](const std::string& name) {
      const Column* column = table.find_column(name);
      return column != nullptr && !column->nullable;
    });
  }

  /// The tables that a first row of `from` needs rows in, whatever the way.
  std::set<std::string> needed_by(const std::string& from) const {
    std::set<std::string> reached;
    std::vector<std::string> open{from};
    while (!open.empty()) {
      const auto table = tables_.find(open.back());
      open.pop_back();
      if (table == tables_.end()) continue;
      for (const ForeignKey& key : table->second.foreign_keys) {
        if (key.database.empty() && is_required(table->second, key) && reached.insert(key.table).second) open.push_back(key.table);
      }
    }
    return reached;
  }

  /// The quick answer, so that large schemas without circles are not walked table by table.
  bool has_cycle() const {
    std::map<std::string_view, std::size_t> numbers;
    for (const auto& [name, table] : tables_) numbers.emplace(name, numbers.size());
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    for (const auto& [name, table] : tables_) {
      for (const ForeignKey& key : table.foreign_keys) {
        const auto parent = numbers.find(key.table);
        if (parent == numbers.end() || !key.database.empty() || !is_required(table, key)) continue;
        if (key.table == name) return true;
        edges.emplace_back(parent->second, numbers.at(name));
      }
    }
    return !ordered(numbers.size(), edges).broken.empty();
  }

  /// Every circle is told once, at the first foreign key of its first table that lies on it.
  void check_cycles() {
    if (!has_cycle()) return;
    std::set<std::string> told;
    for (const auto& [name, table] : tables_) {
      if (told.contains(name)) continue;
      for (const ForeignKey& key : table.foreign_keys) {
        if (!key.database.empty() || !is_required(table, key)) continue;
        const auto back = needed_by(key.table);
        if (key.table != name && !back.contains(name)) continue;
        if (key.table == name) {
          found_.push_back({"reference-cycle", subject_of(table, key), "every row of table `" + name + "` needs another one of the same table, so there can be no first; make `" + join(key.columns, "`, `") + "` nullable"});
        } else {
          found_.push_back({"reference-cycle", subject_of(table, key), "a row of table `" + name + "` needs one of `" + key.table + "`, which needs one of `" + name + "`; make one of the references nullable"});
          for (const std::string& other : back) {
            if (needed_by(other).contains(name)) told.insert(other);
          }
        }
        break;
      }
    }
  }

  const Input& input_;
  const ByName<Table>& tables_;
  Concerns& found_;
};

}  // namespace

void check_references(const Input& input, Concerns& found) { Checker(input, found).run(); }

}  // namespace plumb::lint
