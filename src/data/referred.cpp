#include <algorithm>
#include <optional>

#include "data/work.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

/// One foreign key of a table that is no master table.
struct Reference {
  std::string table;
  std::vector<std::string> columns;
  std::vector<std::string> referenced;
};

std::vector<std::string> primary_key_of(const Schema& schema, const std::string& table) {
  std::vector<std::string> names;
  const auto found = schema.tables.find(table);
  if (found == schema.tables.end() || !found->second.primary_key) return names;
  for (const auto& part : found->second.primary_key->parts) names.push_back(part.column);
  return names;
}

std::vector<Reference> references_to(const Schema& schema, const MasterTables& tables, const std::string& name) {
  std::vector<Reference> references;
  for (const auto& [child, table] : schema.tables) {
    if (tables.find(child)) continue;
    for (const ForeignKey& key : table.foreign_keys) {
      if (!key.database.empty() || !equal_ignoring_case(key.table, name)) continue;
      references.push_back({child, key.columns, key.referenced.empty() ? primary_key_of(schema, name) : key.referenced});
    }
  }
  return references;
}

/// Where a column's value stands in a row as the engine gave it.
std::optional<std::size_t> place_of_column(const MasterTable& table, std::string_view column) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (equal_ignoring_case(table.columns[c].name, column)) return c;
  }
  for (std::size_t a = 0; a < table.address.size(); ++a) {
    if (equal_ignoring_case(table.address[a], column)) return table.columns.size() + a;
  }
  return std::nullopt;
}

std::string tuple_text(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += std::to_string(part.size()) + ":" + part;
  return text;
}

}  // namespace

std::vector<std::string> referred_by_users(db::Connection& connection, const Dialect& dialect, const MasterTables& tables, const std::string& name,
                                           std::size_t index, const std::vector<const sql::Row*>& rows) {
  std::vector<std::string> reasons(rows.size());
  if (rows.empty()) return reasons;
  const MasterTable& table = tables.tables[index];
  for (const Reference& reference : references_to(dialect.read(connection), tables, name)) {
    std::vector<std::size_t> places;
    for (const auto& column : reference.referenced) {
      if (const auto place = place_of_column(table, column)) places.push_back(*place);
    }
    const std::string reason = "`" + reference.table + "` refers to it";
    if (places.size() != reference.columns.size()) {
      for (auto& one : reasons) one = "`" + reference.table + "` may refer to it";
      continue;
    }
    std::unordered_set<std::string> wanted;
    const auto tuple_of = [&](const sql::Row& row) {
      std::vector<std::string> parts;
      for (const std::size_t place : places) parts.push_back(db::as_text(row[place]));
      return tuple_text(parts);
    };
    for (const sql::Row* row : rows) wanted.insert(tuple_of(*row));
    std::vector<std::string> names;
    std::vector<std::string> conditions;
    for (const auto& column : reference.columns) {
      names.push_back(dialect.quote(column));
      conditions.push_back(dialect.quote(column) + " IS NOT NULL");
    }
    std::unordered_set<std::string> used;
    connection.for_each_row("SELECT DISTINCT " + join(names, ", ") + " FROM " + dialect.quote(reference.table) + " WHERE " + join(conditions, " AND "),
                            [&](const sql::Row& values) {
                              std::vector<std::string> parts;
                              for (const auto& value : values) parts.push_back(db::as_text(value));
                              std::string text = tuple_text(parts);
                              if (wanted.contains(text)) used.insert(std::move(text));
                            });
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (reasons[i].empty() && used.contains(tuple_of(*rows[i]))) reasons[i] = reason;
    }
  }
  return reasons;
}

}  // namespace plumb::data
