#include "data/master_tables.hpp"

#include <algorithm>
#include <set>

#include "model/packages.hpp"
#include "support/graph.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

bool is_kept_by_database(const Column& column, const Table& table, const std::vector<std::string>& key) {
  if (column.generated) return true;
  const bool in_key = std::any_of(key.begin(), key.end(),
                                  [&](const std::string& k) { return equal_ignoring_case(k, column.name); });
  if (in_key) return false;
  const bool is_only_primary_key = table.primary_key && table.primary_key->parts.size() == 1 &&
                                   equal_ignoring_case(table.primary_key->parts[0].column, column.name);
  if (is_only_primary_key && (column.auto_increment || column.default_value)) return true;
  return column.on_update_now || (column.default_value && column.default_value->kind == DefaultKind::Now);
}

class Planner {
 public:
  explicit Planner(const Description& description) : description_(description) {}

  MasterTables run() {
    result_.schema = description_.name;
    result_.version = description_.version;
    result_.format = description_.data_format;
    const auto needed = needed_tables();
    for (const auto& [name, intent] : description_.tables) {
      if (needed.contains(name)) add_table(name, intent);
      else if (is_master(name)) result_.left_out.push_back(name);
    }
    for (std::size_t i = 0; i < result_.tables.size(); ++i) resolve_references(i);
    for (std::size_t i = 0; i < result_.tables.size(); ++i) nest(i);
    order();
    return std::move(result_);
  }

 private:
  bool is_master(const std::string& name) const {
    const auto intent = description_.tables.find(name);
    return intent != description_.tables.end() && intent->second.row_class == RowClass::Master && description_.schema.tables.contains(name);
  }

  /// Details go with their owner.
  bool is_in_other_package(const std::string& name) const {
    const TableIntent& intent = description_.tables.find(name)->second;
    const bool is_detail = intent.master.nesting && is_master(intent.master.nesting->owner) && intent.master.nesting->owner != name;
    return is_left_out(description_, is_detail ? description_.tables.find(intent.master.nesting->owner)->second.package : intent.package);
  }

  /// Those of the chosen packages, and what they refer to.
  std::set<std::string> needed_tables() const {
    std::set<std::string> needed;
    std::vector<std::string> open;
    for (const auto& [name, intent] : description_.tables) {
      if (is_master(name) && !is_in_other_package(name)) open.push_back(name);
    }
    while (!open.empty()) {
      const std::string name = open.back();
      open.pop_back();
      if (!needed.insert(name).second) continue;
      for (const ForeignKey& key : description_.schema.tables.at(name).foreign_keys) {
        if (key.database.empty() && is_master(key.table)) open.push_back(key.table);
      }
    }
    return needed;
  }

  void fail(std::string text, const Origin& origin) { result_.errors.push_back({std::move(text), origin}); }

  void add_table(const std::string& name, const TableIntent& intent) {
    const Table& table = description_.schema.tables.at(name);
    if (intent.natural_key.empty()) {
      fail("master table `" + name +
               "` has no natural key, so its rows cannot be recognised in another database; add `natural key "
               "(…)`",
           intent.origin);
      return;
    }
    if (name.find_first_of("/\\:*?\"<>|") != std::string::npos || name.starts_with('.') ||
        name == "metadata") {
      fail("master table `" + name + "` cannot have a file of its own, because of its name", intent.origin);
      return;
    }
    MasterTable made;
    made.name = name;
    made.is_left_out = is_in_other_package(name);
    for (const Column& column : table.columns) {
      if (!column.generated) made.stored.push_back(column.name);
      if (is_kept_by_database(column, table, intent.natural_key)) {
        made.kept.push_back(column.name);
        continue;
      }
      MasterColumn one;
      one.name = column.name;
      one.type = data_type(column.type);
      one.kind = value_kind(one.type);
      one.nullable = column.nullable;
      const auto hints = intent.columns.find(column.name);
      one.is_local = hints != intent.columns.end() && hints->second.is_local;
      one.has_default = column.nullable || column.default_value.has_value() || column.auto_increment;
      made.columns.push_back(std::move(one));
    }
    for (const auto& key : intent.natural_key) {
      const auto found = std::find_if(made.columns.begin(), made.columns.end(), [&](const MasterColumn& c) {
        return equal_ignoring_case(c.name, key);
      });
      if (found == made.columns.end()) {
        fail("column `" + key + "` of the natural key of `" + name + "` is generated or set by the database",
             intent.origin);
        continue;
      }
      found->in_key = true;
      made.key.push_back(static_cast<std::size_t>(found - made.columns.begin()));
    }
    if (table.primary_key) {
      for (const auto& part : table.primary_key->parts) made.address.push_back(part.column);
    } else {
      made.address = intent.natural_key;
    }
    made.mode = intent.master.mode.value_or(SyncMode::Upsert);
    if (intent.master.retirement) {
      made.retired_by = index_of(made, intent.master.retirement->column);
      made.retired = intent.master.retirement->value;
    }
    add_unique_keys(made, table);
    result_.tables.push_back(std::move(made));
  }

  static std::optional<std::size_t> index_of(const MasterTable& table, std::string_view column) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (equal_ignoring_case(table.columns[c].name, column)) return c;
    }
    return std::nullopt;
  }

  static void add_unique_keys(MasterTable& made, const Table& table) {
    for (const Index& index : table.indexes) {
      if (index.kind != IndexKind::Unique) continue;
      std::vector<std::size_t> columns;
      for (const IndexPart& part : index.parts) {
        const auto column = part.expression ? std::nullopt : index_of(made, part.column);
        if (!column) break;
        columns.push_back(*column);
      }
      if (columns.size() == index.parts.size() && columns != made.key) made.unique.push_back(std::move(columns));
    }
  }

  /// Details stand inside of their owner's rows, and their reference to it is left out.
  void nest(std::size_t index) {
    MasterTable& table = result_.tables[index];
    const auto& nesting = description_.tables.at(table.name).master.nesting;
    if (!nesting) return;
    const auto owner = result_.find(nesting->owner);
    if (!owner) return;  // said where the owner is none
    const auto reference = std::find_if(table.columns.begin(), table.columns.end(),
                                        [&](const MasterColumn& column) { return column.parent == owner; });
    if (reference == table.columns.end() || reference->nullable) {
      fail("the rows of `" + table.name + "` stand in those of `" + nesting->owner +
               "`, so they must refer to it by one column that is not null",
           description_.tables.at(table.name).origin);
      return;
    }
    table.owner = owner;
    table.field = nesting->field;
    table.owner_reference = static_cast<std::size_t>(reference - table.columns.begin());
    result_.tables[*owner].details.push_back(index);
  }

  void resolve_references(std::size_t index) {
    MasterTable& table = result_.tables[index];
    const Table& declared = description_.schema.tables.at(table.name);
    for (const ForeignKey& key : declared.foreign_keys) {
      const auto parent = key.database.empty() ? result_.find(key.table) : std::nullopt;
      if (!parent) {
        fail("master table `" + table.name + "` refers to " + class_of(key) + " by `" +
                 join(key.columns, "`, `") +
                 "`: master data can only refer to master tables with a natural key",
             description_.tables.at(table.name).origin);
        continue;
      }
      const auto referenced = referenced_columns(key);
      if (key.columns.size() != 1 || referenced.size() != 1) {
        add_long_reference(table, *parent, key, referenced);
        continue;
      }
      refer(table, key.columns[0], *parent, referenced[0]);
    }
  }

  std::string class_of(const ForeignKey& key) const {
    const auto intent = description_.tables.find(key.table);
    if (!key.database.empty() || intent == description_.tables.end())
      return "`" + (key.database.empty() ? "" : key.database + "`.`") + key.table + "`";
    switch (intent->second.row_class) {
      case RowClass::User:
        return "the user table `" + key.table + "`";
      case RowClass::System:
        return "the system table `" + key.table + "`";
      case RowClass::Master:
        return "`" + key.table + "`, which has no usable natural key,";
    }
    return {};
  }

  std::vector<std::string> referenced_columns(const ForeignKey& key) const {
    if (!key.referenced.empty()) return key.referenced;
    std::vector<std::string> names;
    const Table& parent = description_.schema.tables.at(key.table);
    if (!parent.primary_key) return names;
    for (const auto& part : parent.primary_key->parts) names.push_back(part.column);
    return names;
  }

  /// A key of several columns travels as plain values; the column that refers to one which the database fills
  /// by itself travels as the natural key of the row.
  void add_long_reference(MasterTable& table, std::size_t parent, const ForeignKey& key,
                          const std::vector<std::string>& referenced) {
    table.long_references.push_back(parent);
    const auto& kept = result_.tables[parent].kept;
    for (std::size_t i = 0; i < referenced.size() && i < key.columns.size(); ++i) {
      if (std::find(kept.begin(), kept.end(), referenced[i]) != kept.end())
        refer(table, key.columns[i], parent, referenced[i]);
    }
  }

  void refer(MasterTable& table, const std::string& name, std::size_t parent, const std::string& referenced) {
    const auto c = index_of(table, name);
    if (!c || table.columns[*c].parent) return;
    table.columns[*c].parent = parent;
    table.columns[*c].parent_column = referenced;
    auto& handles = result_.tables[parent].handles;
    if (std::find(handles.begin(), handles.end(), referenced) == handles.end()) handles.push_back(referenced);
  }

  void order() {
    std::vector<std::pair<std::size_t, std::size_t>> key_edges;
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    for (std::size_t i = 0; i < result_.tables.size(); ++i) {
      for (const MasterColumn& column : result_.tables[i].columns) {
        if (!column.parent) continue;
        edges.emplace_back(*column.parent, i);
        if (column.in_key) key_edges.emplace_back(*column.parent, i);
        if (column.in_key && *column.parent == i) {
          fail("the natural key of `" + result_.tables[i].name + "` refers to its own table",
               description_.tables.at(result_.tables[i].name).origin);
        }
      }
      for (const std::size_t parent : result_.tables[i].long_references) edges.emplace_back(parent, i);
    }
    Order by_key = ordered(result_.tables.size(), key_edges);
    for (const auto& [before, after] : by_key.broken) {
      fail("the natural keys of `" + result_.tables[before].name + "` and `" + result_.tables[after].name +
               "` refer to each other in a circle",
           description_.tables.at(result_.tables[after].name).origin);
    }
    result_.by_key = std::move(by_key.nodes);
    result_.by_reference = ordered(result_.tables.size(), edges).nodes;
  }

  const Description& description_;
  MasterTables result_;
};

}  // namespace

std::optional<std::size_t> MasterTables::find(std::string_view table) const {
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (equal_ignoring_case(tables[i].name, table)) return i;
  }
  return std::nullopt;
}

MasterTables master_tables(const Description& description) {
  return Planner(description).run();
}

}  // namespace plumb::data
