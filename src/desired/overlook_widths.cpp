#include "desired/overlook_widths.hpp"

namespace plumb::desired {
namespace {

bool names_digits(const Schema& written, const std::string& table, const std::string& column) {
  const auto found = written.tables.find(table);
  const Column* stands = found == written.tables.end() ? nullptr : found->second.find_column(column);
  return stands == nullptr || stands->type.native.common.find('(') != std::string::npos;
}

bool says_the_same(const ColumnType& loose, bool has_digits, const ColumnType& other) {
  if (loose.kind == TypeKind::Int) return other.kind == TypeKind::BigInt && loose.is_unsigned == other.is_unsigned;
  if (loose.kind == TypeKind::Float) return other.kind == TypeKind::Double;
  return loose.kind == TypeKind::Decimal && !has_digits && (other.kind == TypeKind::Decimal || other.kind == TypeKind::Double);
}

}  // namespace

void overlook_widths(Schema& loose, const Schema& written, const Schema& other) {
  for (auto& [name, table] : loose.tables) {
    const auto same = other.tables.find(name);
    if (same == other.tables.end()) continue;
    for (Column& column : table.columns) {
      const Column* beside = same->second.find_column(column.name);
      if (beside != nullptr && says_the_same(column.type, names_digits(written, name, column.name), beside->type)) column.type = beside->type;
    }
  }
}

}  // namespace plumb::desired
