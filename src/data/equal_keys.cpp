#include <algorithm>
#include <unordered_map>

#include "data/differences.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t most_texts = 500;
constexpr std::size_t most_bytes = std::size_t{1} << 20U;

bool is_collated(const MasterColumn& column) {
  return !column.parent &&
         (column.kind == ValueKind::Text || column.kind == ValueKind::Char || column.kind == ValueKind::Any);
}

/// Texts of one column, and what the engine gives for each: equal for those that it takes for equal.
class Sameness {
 public:
  Sameness(db::Connection& connection, const Dialect& dialect, const MasterTable& table, std::size_t column)
      : connection_(connection), dialect_(dialect), table_(table), column_(column) {}

  void add(const MasterRow& row) {
    const Json& value = row.values[column_];
    if (value.is_string()) values_.try_emplace(value.get<std::string>());
  }

  void ask() {
    std::vector<std::string> texts;
    std::size_t bytes = 0;
    for (const auto& [text, value] : values_) {
      if (texts.size() == most_texts || bytes > most_bytes) ask_for(texts);
      if (texts.empty()) bytes = 0;
      texts.push_back(text);
      bytes += text.size();
    }
    ask_for(texts);
  }

  std::string of(const MasterRow& row) const {
    const Json& value = row.values[column_];
    return value.is_string() ? "=" + values_.at(value.get<std::string>()) : shown(value);
  }

 private:
  void ask_for(std::vector<std::string>& texts) {
    if (texts.empty()) return;
    std::vector<std::string> key;
    for (const std::size_t k : table_.key) key.push_back(table_.columns[k].name);
    const auto result =
        connection_.query(dialect_.sameness_query(table_.name, key, table_.columns[column_].name, texts));
    for (std::size_t i = 0; i < texts.size(); ++i) values_[texts[i]] = db::as_text(result.rows.at(0).at(i));
    texts.clear();
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  const MasterTable& table_;
  std::size_t column_;
  std::unordered_map<std::string, std::string> values_;
};

/// One table's natural keys as the engine compares them.
class EqualKeys {
 public:
  EqualKeys(db::Connection& connection, const Dialect& dialect, const std::string& folder,
            const MasterTable& table)
      : folder_(folder), table_(table) {
    for (const std::size_t k : table.key) {
      if (is_collated(table.columns[k])) columns_.emplace(k, Sameness(connection, dialect, table, k));
    }
  }

  void find(const std::vector<MasterRow>& standing, const TableDifference& difference,
            std::vector<std::string>& problems) {
    if (columns_.empty()) return;
    for (auto& [index, column] : columns_) {
      for (const MasterRow& row : standing) column.add(row);
      for (const MasterRow* row : difference.inserted) column.add(*row);
      column.ask();
    }
    std::unordered_map<std::string, const MasterRow*> rows;
    for (const MasterRow& row : standing) rows.emplace(as_compared(row), &row);
    for (const MasterRow* row : difference.inserted) {
      const auto [other, is_new] = rows.emplace(as_compared(*row), row);
      if (!is_new) problems.push_back(sentence(*row, *other->second));
    }
  }

 private:
  std::string as_compared(const MasterRow& row) const {
    std::string text;
    for (const std::size_t k : table_.key) {
      const auto column = columns_.find(k);
      text += column == columns_.end() ? shown(row.values[k]) : column->second.of(row);
      text += '\n';
    }
    return text;
  }

  std::string sentence(const MasterRow& row, const MasterRow& other) const {
    const std::string whose = other.number == 0 ? "the database's row " + other.key
                                                : "row " + std::to_string(other.number) + " " + other.key;
    return place_of(folder_, table_, row) + ": the database takes this natural key for that of " + whose +
           ", because its collation ignores the difference; spell both the same";
  }

  const std::string& folder_;
  const MasterTable& table_;
  std::map<std::size_t, Sameness> columns_;
};

}  // namespace

void find_equal_keys(db::Connection& connection, const Dialect& dialect, const std::string& folder,
                     const MasterTables& tables, const Rows& standing, Differences& found) {
  for (std::size_t index = 0; index < tables.tables.size(); ++index) {
    if (found.tables[index].inserted.empty()) continue;
    EqualKeys(connection, dialect, folder, tables.tables[index])
        .find(standing.tables[index], found.tables[index], found.problems);
  }
}

}  // namespace plumb::data
