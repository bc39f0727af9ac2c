#include "laws/rows.hpp"

#include "support/text.hpp"

namespace plumb::test {

void insert_rows(db::Connection& connection, const Dialect& dialect, const Table& table, std::size_t count, Chance& chance) {
  for (std::size_t row = 0; row < count; ++row) {
    std::vector<std::string> columns;
    std::vector<std::string> values;
    for (const Column& column : table.columns) {
      if (column.type.kind == TypeKind::Serial || column.type.kind == TypeKind::SerialRef || column.generated) continue;
      columns.push_back(dialect.quote(column.name));
      if (column.nullable && chance.one_in(3)) {
        values.emplace_back("NULL");
        continue;
      }
      switch (column.type.kind) {
        case TypeKind::Varchar: case TypeKind::Text: values.push_back("'väl''ue " + std::to_string(chance.below(1000)) + "'"); break;
        case TypeKind::Date: values.emplace_back("'2025-12-31'"); break;
        case TypeKind::DateTime: values.emplace_back("'2025-12-31 23:59:58'"); break;
        case TypeKind::Json: values.emplace_back("'{\"k\": [1, \"ä\"]}'"); break;
        case TypeKind::Enum: values.emplace_back("'blau ä'"); break;
        case TypeKind::Bool: values.push_back(std::to_string(chance.below(2))); break;
        case TypeKind::Decimal: values.push_back(std::to_string(chance.below(1000)) + ".25"); break;
        case TypeKind::Double: values.push_back(std::to_string(chance.below(1000)) + ".5"); break;
        default: values.push_back(std::to_string(chance.below(1000))); break;
      }
    }
    const bool has_none = columns.empty() && dialect.name() == "sqlite";  // a key that counts by itself, and nothing else
    connection.execute("INSERT INTO " + dialect.quote(table.name) + (has_none ? std::string(" DEFAULT VALUES") : " (" + join(columns, ", ") + ") VALUES (" + join(values, ", ") + ")"));
  }
}

void insert_rows(db::Connection& connection, const Dialect& dialect, const Schema& schema, Chance& chance) {
  for (const auto& [name, table] : schema.tables) insert_rows(connection, dialect, table, chance.below(4), chance);
}

}  // namespace plumb::test
