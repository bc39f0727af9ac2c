// backup/manifest.hpp: what a backup says about itself (docs/backup.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "backup/archive.hpp"
#include "model/table.hpp"

namespace plumb::backup {

inline constexpr int format_version = 2;

struct TableFacts {
  std::string name;
  std::uint64_t rows = 0;
  std::string checksum;    ///< the engine's own, where it has one; in the portable form that of the rows
  std::string part;        ///< portable: where the rows are
  std::uint64_t next = 0;  ///< portable: the number that the next row gets by itself; 0: not known
  std::vector<std::string> beyond;  ///< portable: columns with values that their type does not hold
  bool operator==(const TableFacts&) const = default;
};

/// A table that the engine's dump program would not have saved as it is, and that stands in a part of its own.
struct ExactTable {
  std::string name;
  std::string why;
};

enum class Form {
  Native,   ///< as the engine's own tools save it
  Portable  ///< a description and rows as JSON, for every engine (src/portable)
};

struct Manifest {
  int format = format_version;
  Form form = Form::Native;
  std::string made_by;         ///< "plumb 0.1.0"
  std::string created_at;      ///< UTC
  std::string engine;
  std::string engine_version;
  std::string database;        ///< the target, without a password
  std::string name;            ///< "shop"
  std::string version;         ///< that plumb has recorded; empty: none
  std::string fingerprint;     ///< of the schema
  Options defaults;            ///< of the database: charset, collate
  std::vector<TableFacts> tables;
  std::vector<ExactTable> saved_exactly;
  std::vector<Part> parts;     ///< in the order in which they are restored
};

std::string to_json(const Manifest& manifest);

/// Throws Error when the text is no manifest, or one of a later format.
Manifest manifest_from_json(const std::string& text);

std::uint64_t rows_of(const Manifest& manifest);

}  // namespace plumb::backup
