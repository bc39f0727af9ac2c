// data/master_data.hpp: master data out of a database, and another database brought to it. The door of this
// folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "model/description.hpp"

namespace plumb::data {

/// A field of a row that a sync changes; values as JSON texts.
struct FieldChange {
  std::string column;
  std::string before;
  std::string after;
};

struct RowChange {
  std::string key;  ///< the natural key as JSON
  std::vector<FieldChange> fields;
};

struct TableChanges {
  std::string table;
  std::vector<std::string> inserted;  ///< natural keys
  std::vector<RowChange> updated;
  std::vector<std::string> only_target;  ///< rows that the package does not have; they are kept
  std::uint64_t unchanged = 0;
};

/// What a sync would do, or did.
struct Comparison {
  std::vector<TableChanges> tables;   ///< in the order in which they are written
  std::vector<std::string> problems;  ///< why nothing can be done; empty: it can

  std::uint64_t changes() const;
};

/// Writes the rows of all master tables into a folder; gives the number of rows. Throws DatabaseError,
/// FileError, and Error with every reason when the description's master tables cannot be exported.
std::uint64_t export_rows(db::Connection& connection, const Dialect& dialect, const Description& description,
                          const std::string& folder);

/// Compares the folder with the database. Reads only.
Comparison compare(db::Connection& connection, const Dialect& dialect, const Description& description,
                   const std::string& folder);

/// Brings the master tables to what the folder says, in one transaction: rows are inserted and updated by
/// natural key; ids that stand are never changed; rows that only the database has are kept; no other table is
/// written, which the engine itself guards where it can. Afterwards nothing may differ, else everything is
/// rolled back and Error is thrown.
Comparison sync(db::Connection& connection, const Dialect& dialect, const Description& description,
                const std::string& folder);

std::string to_text(const Comparison& comparison, bool verbose);
std::string to_json(const Comparison& comparison);

}  // namespace plumb::data
