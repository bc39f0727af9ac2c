// data/package.hpp: a folder of master data, read and written.
#pragma once

#include <string>
#include <vector>

#include "data/master_tables.hpp"
#include "data/rows.hpp"

namespace plumb::data {

inline constexpr int format_version = 1;

/// The rows of a folder. Problems name the file, the row's number (from 1) and the field.
struct Package {
  Rows rows;
  std::string version;  ///< of the description that wrote it
  std::vector<std::string> problems;
};

Package empty_package(const MasterTables& tables);

/// Every file of a master table, in stable order and layout. Files of tables that are no longer master tables
/// are removed when the folder holds this schema's master data already. Throws FileError, and Error that
/// names table, row and field when a value is none that the column's declared type can hold.
void write_package(const std::string& folder, const MasterTables& tables, const Rows& rows);

/// Reads metadata.json and one file a master table; a missing file means no rows. References are resolved
/// within the folder and against `standing`, the rows of the database. Throws FileError when the folder
/// cannot be read.
Package read_package(const std::string& folder, const MasterTables& tables, const Rows& standing);

/// "FOLDER/TABLE.json: row 12 {"code":"DE"}".
std::string place_of(const std::string& folder, const MasterTable& table, const MasterRow& row);

}  // namespace plumb::data
