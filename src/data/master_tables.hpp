// data/master_tables.hpp: which tables hold master data, how their rows are identified, in which order they
// are written. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/value_kind.hpp"
#include "model/description.hpp"

namespace plumb::data {

struct MasterColumn {
  std::string name;
  ColumnType type;  ///< as data_type() gives it
  ValueKind kind = ValueKind::Text;
  bool nullable = false;
  bool has_default = false;  ///< a row may be inserted without it; also where it may be null
  bool in_key = false;
  bool is_local = false;     ///< a sync gives it to new rows and never overwrites it
  /// A reference to a row of another master table: its index in MasterTables::tables, and the column there.
  std::optional<std::size_t> parent;
  std::string parent_column;
};

struct MasterTable {
  std::string name;
  std::vector<MasterColumn> columns;  ///< those that stand in the file, in the description's order
  std::vector<std::size_t> key;       ///< the natural key, as indexes into `columns`
  std::vector<std::string>
      address;  ///< columns that find a row in the database: the primary key, else the natural key
  std::vector<std::string> handles;  ///< columns that references of other master tables point to
  std::vector<std::string> stored;   ///< every column that is not computed
  std::vector<std::string> kept;     ///< columns that the database fills by itself; they stand in no file
  std::vector<std::size_t> long_references;  ///< tables that foreign keys of several columns point to
  bool is_left_out = false;  ///< by --packages: its rows are referred to, and neither exported nor synced
  SyncMode mode = SyncMode::Upsert;
  std::optional<std::size_t> retired_by;     ///< the column that a row is retired by …
  SeedValue retired;                         ///< … and the value that it gets
  std::optional<std::size_t> owner;          ///< its rows stand inside of those of this table …
  std::string field;                         ///< … in this field …
  std::size_t owner_reference = 0;           ///< … and this column refers to the owner
  std::vector<std::size_t> details;          ///< tables whose rows stand inside of its rows
  std::vector<std::vector<std::size_t>> unique;  ///< further unique keys, as indexes into `columns`
};

/// Why the description's master data cannot be handled.
struct DataError {
  std::string text;
  Origin origin;
};

struct MasterTables {
  std::string schema;
  std::string version;
  DataFormat format;
  std::vector<MasterTable> tables;        ///< by name
  std::vector<std::size_t> by_key;        ///< every table after those that its natural key refers to
  std::vector<std::size_t> by_reference;  ///< every table after those it refers to, as far as circles allow
  std::vector<std::string> left_out;      ///< further master tables, of packages that are left out
  std::vector<DataError> errors;

  std::optional<std::size_t> find(std::string_view table) const;
};

/// Left out of files are generated columns, an automatic primary key that is no part of the natural key, and
/// columns that the database sets to the current time.
MasterTables master_tables(const Description& description);

}  // namespace plumb::data
