// data/memory.hpp: what the last sync brought, row by row, as hashes (table plumb_master, docs/master_data.md). For this
// folder alone.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/row_hash.hpp"
#include "db/connection.hpp"
#include "dialect/dialect.hpp"

namespace plumb::data {

class Memory {
 public:
  Memory(db::Connection& connection, const Dialect& dialect);

  /// The hashes of a table by key; nothing where no sync has brought it yet.
  std::optional<std::unordered_map<std::uint64_t, std::uint64_t>> of(const std::string& table) const;

  /// From here on `rows`, which are sorted by key, is what was brought. Writes the parts that differ. Requires: the table
  /// stands.
  void keep(const std::string& table, const std::vector<RowHash>& rows);

 private:
  db::Connection& connection_;
  bool stands_;
};

}  // namespace plumb::data
