// data/memory.hpp: what the last sync brought, row by row, as hashes (table plumb_master, docs/master_data.md). For this
// folder alone.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "data/row_hash.hpp"
#include "db/connection.hpp"
#include "dialect/dialect.hpp"

namespace plumb::data {

class Memory {
 public:
  Memory(db::Connection& connection, const Dialect& dialect);

  /// Whether a sync has brought the table yet.
  bool knows(const std::string& table) const;
  /// The hashes of the rows that were brought.
  void for_each(const std::string& table, const std::function<void(const RowHash&)>& visit) const;
  /// Changes when anything does that is remembered.
  std::uint64_t state() const;

  /// From here on `rows`, which are sorted by key, and `others` are what was brought. Writes the parts that differ. Requires:
  /// the table stands.
  void keep(const std::string& table, const std::vector<RowHash>& rows, std::vector<RowHash> others);

 private:
  db::Connection& connection_;
  const Dialect& dialect_;
  bool stands_;
};

}  // namespace plumb::data
