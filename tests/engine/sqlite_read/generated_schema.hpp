// generated_schema.hpp: random tables with their indexes, each as a text in some odd spelling and as the
// model it means.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "model/schema.hpp"

namespace plumb::sqlite {

struct GeneratedTable {
  std::string script;  ///< CREATE TABLE and CREATE INDEX statements that SQLite accepts
  Table table;         ///< what read_schema must make of them
};

/// The same seed gives the same tables. They may refer to a table "Parent"("X", "y z"), which must stand.
class SchemaGenerator {
 public:
  explicit SchemaGenerator(std::uint64_t seed) : random_(seed) {}
  /// A table whose name and whose indexes' names hold `number`.
  GeneratedTable next(std::size_t number);

 private:
  bool chance(double probability) { return std::bernoulli_distribution(probability)(random_); }
  std::size_t below(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
  }
  template <class List>
  const auto& pick(const List& list) {
    return list[below(list.size())];
  }

  std::string blank();
  std::string perhaps_blank() { return chance(0.3) ? blank() : std::string(); }
  std::string words(std::string_view text);
  std::string name(std::string_view text);
  std::string any_case(std::string_view text);
  std::string bracketed(const std::string& inside);
  std::string comma() { return perhaps_blank() + "," + perhaps_blank(); }
  std::string constraint_name(ObjectName& name);
  std::string conflict(std::string& extra, std::string_view before);
  std::string expression(const Table& table);
  std::string part(const Table& table, IndexPart& out, bool may_be_expression);
  std::string references(ForeignKey& key, std::size_t columns);

  void add_columns(Table& table, bool strict);
  std::string column_text(Table& table, std::size_t column, bool strict, bool without_rowid);
  std::vector<std::string> table_clauses(Table& table);
  std::string key_clause(Table& table);
  std::string index_text(Table& table, std::size_t number);
  static void settle(Table& table);

  std::mt19937_64 random_;
  std::string
      conflict_of_keys_;  ///< one for all keys of a table, else the engine may find them contradictory
  bool key_behind_column_ = false;  ///< the primary key stands with its column
};

}  // namespace plumb::sqlite
