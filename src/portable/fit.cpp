#include "portable/fit.hpp"

#include <algorithm>

#include "desired/carry_over.hpp"
#include "dialect/backup_sql.hpp"
#include "support/text.hpp"

namespace plumb::portable {
namespace {

/// Within the longest key of every engine, several times.
constexpr std::uint32_t longest_in_a_key = 255;
/// Of a second.
constexpr std::uint32_t most_digits = 6;

bool is_long_text(TypeKind kind) { return kind == TypeKind::Text || kind == TypeKind::MediumText || kind == TypeKind::LongText; }
bool is_long_binary(TypeKind kind) { return kind == TypeKind::Blob || kind == TypeKind::MediumBlob || kind == TypeKind::LongBlob; }

ColumnType of_kind(TypeKind kind) {
  ColumnType type;
  type.kind = kind;
  return type;
}

bool holds(const std::vector<IndexPart>& parts, const std::string& column) {
  return std::any_of(parts.begin(), parts.end(), [&](const IndexPart& part) { return part.column == column && !part.length; });
}

/// Where an engine takes values that a column's type does not say, the type becomes one that holds those which stand.
class Widener {
 public:
  Widener(const Schema& before, const Beyond& beyond, std::vector<std::string>& notes) : before_(before), beyond_(beyond), notes_(notes) {}

  void widen(Schema& schema) {
    for (auto& [name, table] : schema.tables) {
      for (Column& column : table.columns) {
        if (is_key(column, table, schema)) shorten(column, table);
        else widen(column, table);
      }
    }
    for (auto& [name, table] : schema.tables) {
      for (const ForeignKey& key : table.foreign_keys) follow(table, key, schema);
    }
    if (!shortened_.empty()) notes_.push_back("part of a key or index, and so of at most " + std::to_string(longest_in_a_key) + " characters: " + join(shortened_, ", "));
  }

 private:
  /// Also what a foreign key refers to, or refers with, is in an index.
  static bool is_key(const Column& column, const Table& table, const Schema& schema) {
    if (table.primary_key && holds(table.primary_key->parts, column.name)) return true;
    if (std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) { return holds(index.parts, column.name); })) return true;
    const auto names = [&](const std::vector<std::string>& columns) { return std::find(columns.begin(), columns.end(), column.name) != columns.end(); };
    return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) { return names(key.columns); }) ||
           std::any_of(schema.tables.begin(), schema.tables.end(), [&](const auto& other) {
             return std::any_of(other.second.foreign_keys.begin(), other.second.foreign_keys.end(), [&](const ForeignKey& key) { return key.table == table.name && names(key.referenced); });
           });
  }

  bool is_beyond(const Column& column, const Table& table) const {
    const auto found = beyond_.find(table.name);
    return found != beyond_.end() && found->second.contains(column.name);
  }

  /// What the words of the engine's own mean: an INTEGER has 64 bits, a NUMERIC without digits is any number.
  ColumnType as_meant(const Column& column, const Table& table) const {
    const auto found = before_.tables.find(table.name);
    const Column* before = found == before_.tables.end() ? nullptr : found->second.find_column(column.name);
    if (before == nullptr || before->type.kind != TypeKind::Native) return column.type;
    if (column.type.kind == TypeKind::Int) return of_kind(TypeKind::BigInt);
    const bool has_digits = before->type.native.common.find('(') != std::string::npos;
    return column.type.kind == TypeKind::Decimal && !has_digits ? of_kind(TypeKind::Double) : column.type;
  }

  void widen(Column& column, const Table& table) {
    column.type = as_meant(column, table);
    const ColumnType before = column.type;
    if (!is_beyond(column, table)) return;
    const TypeKind kind = column.type.kind;
    if (kind == TypeKind::TinyInt || kind == TypeKind::SmallInt || kind == TypeKind::MediumInt || kind == TypeKind::Int || kind == TypeKind::Year) column.type = of_kind(TypeKind::BigInt);
    else if (is_long_text(kind) || kind == TypeKind::Varchar || kind == TypeKind::Char || kind == TypeKind::Json || kind == TypeKind::Uuid || kind == TypeKind::Inet6) column.type = of_kind(TypeKind::LongText);
    else if (is_long_binary(kind) || kind == TypeKind::Varbinary || kind == TypeKind::Binary) column.type = of_kind(TypeKind::LongBlob);
    else if (kind == TypeKind::Bool) column.type = of_kind(TypeKind::BigInt);
    else if (kind == TypeKind::Decimal) column.type = of_kind(TypeKind::Double);
    else if (kind == TypeKind::Date || kind == TypeKind::DateTime || kind == TypeKind::Timestamp) column.type = of_kind(TypeKind::DateTime);
    if (column.type.kind == TypeKind::DateTime || kind == TypeKind::Time) column.type.length = most_digits;
    if (column.type == before) return;
    notes_.push_back("column `" + table.name + "." + column.name + "` holds more than its type says and becomes " + std::string(type_word(column.type.kind)));
  }

  void shorten(Column& column, const Table& table) {
    const bool is_text = is_long_text(column.type.kind);
    if (!is_text && !is_long_binary(column.type.kind)) return widen(column, table);
    column.type = of_kind(is_text ? TypeKind::Varchar : TypeKind::Varbinary);
    column.type.length = longest_in_a_key;
    shortened_.push_back("`" + table.name + "." + column.name + "`");
  }

  /// A column that refers has the type of the one that it refers to.
  static void follow(Table& table, const ForeignKey& key, const Schema& schema) {
    const auto parent = schema.tables.find(key.table);
    if (parent == schema.tables.end()) return;
    for (std::size_t i = 0; i < key.columns.size() && i < key.referenced.size(); ++i) {
      Column* column = table.find_column(key.columns[i]);
      const Column* referred = parent->second.find_column(key.referenced[i]);
      if (column == nullptr || referred == nullptr) continue;
      column->type = referred->type;
      if (column->type.kind == TypeKind::Serial) column->type.kind = TypeKind::SerialRef;
    }
  }

  const Schema& before_;
  const Beyond& beyond_;
  std::vector<std::string>& notes_;
  std::vector<std::string> shortened_;
};

/// Where one engine lets two tables have indexes of the same name another one does not.
void part_index_names(Schema& schema) {
  std::map<std::string, std::size_t> uses;
  for (const auto& [name, table] : schema.tables) {
    for (const Index& index : table.indexes) ++uses[to_lower(index.name.text)];
  }
  for (auto& [name, table] : schema.tables) {
    for (Index& index : table.indexes) {
      if (index.name.empty() || uses[to_lower(index.name.text)] < 2) continue;
      std::vector<std::string> columns;
      for (const IndexPart& part : index.parts) columns.push_back(part.column);
      index.name = ObjectName(generated_name(index.kind == IndexKind::Unique ? "uq" : "idx", name, columns), true);
    }
  }
}

}  // namespace

Schema fitted(const Schema& schema, const Beyond& beyond, const Dialect& from, const Dialect& to, std::vector<std::string>& notes) {
  desired::LeftOut left_out;
  Schema made = desired::carried_over(schema, from, to, desired::Widths::AsSaid, left_out);
  for (const auto& sentence : left_out.told()) notes.push_back("not carried over: " + sentence);
  part_index_names(made);
  if (!backup_sql_for(from.name()).types_bind()) Widener(from.lift(schema), beyond, notes).widen(made);
  return made;
}

}  // namespace plumb::portable
