// data/quick_standing.hpp: a row of the database, hashed without making values of its fields. For this folder alone.
#pragma once

#include <optional>
#include <string>

#include "data/row_hash.hpp"
#include "data/rows.hpp"

namespace plumb::data {

class QuickStanding {
 public:
  /// Borrows both.
  QuickStanding(const MasterTables& tables, std::size_t table, const Handles& handles) : table_(tables.tables[table]), handles_(handles) {}

  /// The hash of the row that DatabaseRows::row_of() makes of these values; nothing where only that one can tell.
  std::optional<RowHash> hash(const sql::Row& values);

 private:
  bool append(const sql::Value& value, const MasterColumn& column);
  bool append_text_of(const std::string& text, const MasterColumn& column);
  bool append_reference(const sql::Value& value, const MasterColumn& column);

  const MasterTable& table_;
  const Handles& handles_;
  std::string bytes_;
  std::string made_;
};

/// Changes when anything does that the engine gave. Not kept anywhere.
std::uint64_t raw_hash(const sql::Row& values, std::string& bytes);

}  // namespace plumb::data
