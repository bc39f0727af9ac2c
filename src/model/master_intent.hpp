// model/master_intent.hpp: what a person declared about master data, beside the natural key. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/source_text.hpp"

namespace plumb {

/// A value of a seed row: SQL NULL, a literal, or an environment variable's name.
struct SeedValue {
  enum class Kind { Null, Bool, Number, String, Environment } kind = Kind::Null;
  std::string text;
  bool operator==(const SeedValue&) const = default;
};

/// What a sync may do with the rows of a table.
enum class SyncMode {
  Init,    ///< fills a table that is empty, and passes over one that is not
  Append,  ///< new rows only
  Upsert,  ///< new and changed rows
  Mirror,  ///< also takes away what the package does not have
};

/// `retire COLUMN = VALUE`: what becomes of a row that should be taken away and that rows of users refer to.
struct Retirement {
  std::string column;
  SeedValue value;
  bool operator==(const Retirement&) const = default;
};

/// `nested in OWNER as FIELD`: the rows stand inside of their owner's rows.
struct Nesting {
  std::string owner;
  std::string field;
  bool operator==(const Nesting&) const = default;
};

/// What is declared in a master table.
struct MasterIntent {
  std::optional<SyncMode> mode;
  std::optional<Retirement> retirement;
  std::optional<Nesting> nesting;
  bool operator==(const MasterIntent&) const = default;
};

enum class DataChangeKind {
  Table,    ///< the file `table` becomes the file `to`
  Rename,   ///< `field` is called `to`
  Copy,     ///< `to` gets the value of `field` where it has none
  Default,  ///< `field` gets `value` where it has none
  Set,      ///< `field` becomes the text `value`, in which `{name}` stands for another field
  Refer,    ///< `field` becomes an object of `values`
  Map,      ///< `field`: the first of a pair becomes the second
  Split,    ///< `fields` go into one row of the list `to`
  Drop,     ///< `field` goes
};

/// One line of `from N { … }`.
struct DataChange {
  DataChangeKind kind = DataChangeKind::Drop;
  std::string table;
  std::string list;   ///< the nested list whose rows are meant; empty: the table's own rows
  std::string field;
  std::string to;
  SeedValue value;
  std::vector<std::string> fields;
  std::vector<std::pair<std::string, SeedValue>> values;   ///< Refer
  std::vector<std::pair<SeedValue, SeedValue>> pairs;      ///< Map
  Origin origin;
};

/// How rows of one version become rows of the next.
struct DataUpgrade {
  std::uint32_t from = 0;
  std::vector<DataChange> changes;
};

/// `data format N { from 1 { … } … }`.
struct DataFormat {
  std::uint32_t version = 1;
  std::vector<DataUpgrade> upgrades;  ///< by `from`
};

}  // namespace plumb
