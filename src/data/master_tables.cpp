#include "data/master_tables.hpp"

#include <algorithm>

#include "support/graph.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

struct Form {
  ValueKind kind;
  std::uint32_t digits;
};

Form form_of(const ColumnType& type) {
  const std::uint32_t length = type.length.value_or(0);
  switch (type.kind) {
    case TypeKind::Bool: return {ValueKind::Bool, 0};
    case TypeKind::TinyInt: case TypeKind::SmallInt: case TypeKind::MediumInt: case TypeKind::Int: case TypeKind::BigInt:
    case TypeKind::Year: case TypeKind::Serial: case TypeKind::SerialRef:
      return {ValueKind::Integer, 0};
    case TypeKind::Decimal: return {ValueKind::Decimal, type.scale};
    case TypeKind::Float: return {ValueKind::Float, 0};
    case TypeKind::Double: return {ValueKind::Double, 0};
    case TypeKind::Char: case TypeKind::Varchar: case TypeKind::Text: case TypeKind::MediumText: case TypeKind::LongText:
    case TypeKind::Json: case TypeKind::Uuid: case TypeKind::Inet6: case TypeKind::Enum: case TypeKind::Set:
      return {ValueKind::Text, 0};
    case TypeKind::Binary: case TypeKind::Varbinary: case TypeKind::Blob: case TypeKind::MediumBlob: case TypeKind::LongBlob:
      return {ValueKind::Blob, 0};
    case TypeKind::Date: return {ValueKind::Date, 0};
    case TypeKind::Time: return {ValueKind::Time, length};
    case TypeKind::DateTime: case TypeKind::Timestamp: return {ValueKind::DateTime, length};
    case TypeKind::Native: return {ValueKind::Any, 0};
  }
  return {ValueKind::Any, 0};
}

bool is_kept_by_database(const Column& column, const Table& table, const std::vector<std::string>& key) {
  if (column.generated) return true;
  const bool in_key = std::any_of(key.begin(), key.end(), [&](const std::string& k) { return equal_ignoring_case(k, column.name); });
  if (in_key) return false;
  const bool is_only_primary_key = table.primary_key && table.primary_key->parts.size() == 1 && equal_ignoring_case(table.primary_key->parts[0].column, column.name);
  if (column.auto_increment && is_only_primary_key) return true;
  return column.on_update_now || (column.default_value && column.default_value->kind == DefaultKind::Now);
}

class Planner {
 public:
  explicit Planner(const Description& description) : description_(description) {}

  MasterTables run() {
    result_.schema = description_.name;
    result_.version = description_.version;
    for (const auto& [name, intent] : description_.tables) {
      if (intent.row_class == RowClass::Master && description_.schema.tables.contains(name)) add_table(name, intent);
    }
    for (std::size_t i = 0; i < result_.tables.size(); ++i) resolve_references(i);
    order();
    return std::move(result_);
  }

 private:
  void fail(std::string text, const Origin& origin) { result_.errors.push_back({std::move(text), origin}); }

  void add_table(const std::string& name, const TableIntent& intent) {
    const Table& table = description_.schema.tables.at(name);
    if (intent.natural_key.empty()) {
      fail("master table `" + name + "` has no natural key, so its rows cannot be recognised in another database; add `natural key (…)`", intent.origin);
      return;
    }
    MasterTable made;
    made.name = name;
    for (const Column& column : table.columns) {
      if (is_kept_by_database(column, table, intent.natural_key)) continue;
      const Form form = form_of(column.type);
      made.columns.push_back({column.name, form.kind, form.digits, column.nullable, false, {}, {}});
    }
    for (const auto& key : intent.natural_key) {
      const auto found = std::find_if(made.columns.begin(), made.columns.end(), [&](const MasterColumn& c) { return equal_ignoring_case(c.name, key); });
      if (found == made.columns.end()) {
        fail("column `" + key + "` of the natural key of `" + name + "` is generated or set by the database", intent.origin);
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
    result_.tables.push_back(std::move(made));
  }

  void resolve_references(std::size_t index) {
    MasterTable& table = result_.tables[index];
    const Table& declared = description_.schema.tables.at(table.name);
    for (const ForeignKey& key : declared.foreign_keys) {
      if (key.columns.size() != 1 || key.referenced.size() != 1) continue;
      const auto column = std::find_if(table.columns.begin(), table.columns.end(), [&](const MasterColumn& c) { return equal_ignoring_case(c.name, key.columns[0]); });
      if (column == table.columns.end() || column->parent) continue;
      const auto parent = result_.find(key.table);
      if (!parent) {
        fail("master table `" + table.name + "` refers to `" + key.table + "` by `" + column->name + "`, which is no master table with a natural key", description_.tables.at(table.name).origin);
        continue;
      }
      column->parent = *parent;
      column->parent_column = key.referenced[0];
      auto& handles = result_.tables[*parent].handles;
      if (std::find(handles.begin(), handles.end(), key.referenced[0]) == handles.end()) handles.push_back(key.referenced[0]);
    }
  }

  void order() {
    std::vector<std::pair<std::size_t, std::size_t>> key_edges;
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    for (std::size_t i = 0; i < result_.tables.size(); ++i) {
      for (const MasterColumn& column : result_.tables[i].columns) {
        if (!column.parent) continue;
        edges.emplace_back(*column.parent, i);
        if (column.in_key) key_edges.emplace_back(*column.parent, i);
        if (column.in_key && *column.parent == i) fail("the natural key of `" + result_.tables[i].name + "` refers to its own table", description_.tables.at(result_.tables[i].name).origin);
      }
    }
    Order by_key = ordered(result_.tables.size(), key_edges);
    for (const auto& [before, after] : by_key.broken) {
      fail("the natural keys of `" + result_.tables[before].name + "` and `" + result_.tables[after].name + "` refer to each other in a circle", description_.tables.at(result_.tables[after].name).origin);
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

MasterTables master_tables(const Description& description) { return Planner(description).run(); }

}  // namespace plumb::data
