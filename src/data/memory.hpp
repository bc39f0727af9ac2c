// data/memory.hpp: what the last sync brought, row by row, as hashes (table plumb_master, docs/master_data.md). For this
// folder alone.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "data/row_hash.hpp"
#include "data/undo.hpp"
#include "db/connection.hpp"
#include "dialect/dialect.hpp"

namespace plumb::data {

inline constexpr const char* memory_name = "plumb_master";

class Memory {
 public:
  Memory(db::Connection& connection, const Dialect& dialect);

  /// Whether a sync has brought the table yet.
  bool knows(const std::string& table) const;
  /// The hashes of the rows that were brought.
  void for_each(const std::string& table, const std::function<void(const RowHash&)>& visit) const;
  /// Changes when anything does that is remembered.
  std::uint64_t state() const;

  /// From here on `rows`, which are sorted by key, and `others` are what was brought. Writes the parts that differ, and into
  /// `undo` what they were. Requires: the table stands.
  void keep(const std::string& table, const std::vector<RowHash>& rows, std::vector<RowHash> others, UndoLog& undo);

 private:
  void keep_part(const std::string& table, std::int64_t bucket, UndoLog& undo) const;

  db::Connection& connection_;
  const Dialect& dialect_;
  bool stands_;
};

}  // namespace plumb::data
