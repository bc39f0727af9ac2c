#include "portable/fit.hpp"

#include <algorithm>

#include "desired/carry_over.hpp"
#include "dialect/backup_sql.hpp"
#include "support/text.hpp"

namespace plumb::portable {
namespace {

/// Within the longest key of every engine, several times.
constexpr std::uint32_t longest_in_a_key = 255;

bool is_long_text(TypeKind kind) { return kind == TypeKind::Text || kind == TypeKind::MediumText || kind == TypeKind::LongText; }
bool is_long_binary(TypeKind kind) { return kind == TypeKind::Blob || kind == TypeKind::MediumBlob || kind == TypeKind::LongBlob; }

bool holds(const std::vector<IndexPart>& parts, const std::string& column) {
  return std::any_of(parts.begin(), parts.end(), [&](const IndexPart& part) { return part.column == column && !part.length; });
}

/// Where a column takes values that its type does not say, the type says as little as it can.
class Widener {
 public:
  explicit Widener(std::vector<std::string>& notes) : notes_(notes) {}

  void widen(Schema& schema) {
    for (auto& [name, table] : schema.tables) {
      for (Column& column : table.columns) widen(column, table, is_key(column, table, schema));
    }
    for (auto& [name, table] : schema.tables) {
      for (const ForeignKey& key : table.foreign_keys) follow(table, key, schema);
    }
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

  void widen(Column& column, const Table& table, bool in_key) {
    ColumnType& type = column.type;
    if (type.kind == TypeKind::Int) type.kind = TypeKind::BigInt;
    const bool is_text = is_long_text(type.kind);
    if (!is_text && !is_long_binary(type.kind)) return;
    if (!in_key) {
      type.kind = is_text ? TypeKind::LongText : TypeKind::LongBlob;
      return;
    }
    type.kind = is_text ? TypeKind::Varchar : TypeKind::Varbinary;
    type.length = longest_in_a_key;
    notes_.push_back("column `" + table.name + "." + column.name + "` is part of a key or index and gets the type " + (is_text ? "varchar" : "varbinary") + "(" + std::to_string(longest_in_a_key) + ")");
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

  std::vector<std::string>& notes_;
};

}  // namespace

Schema fitted(const Schema& schema, const Dialect& from, const Dialect& to, std::vector<std::string>& notes) {
  desired::LeftOut left_out;
  Schema made = desired::carried_over(schema, from, to, left_out);
  for (const auto& sentence : left_out.told()) notes.push_back("not carried over: " + sentence);
  if (!backup_sql_for(from.name()).types_bind()) Widener(notes).widen(made);
  return made;
}

}  // namespace plumb::portable
