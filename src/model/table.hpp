// model/table.hpp: a table and what it is made of. Plain values; everything refers to other things by name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/name.hpp"
#include "model/type.hpp"
#include "sql/engine_sql.hpp"

namespace plumb {

enum class DefaultKind {
  Literal,     ///< a string; `text` holds its characters, unquoted
  Number,      ///< `text` as written: -1, 1.50, 1e3
  Bool,        ///< `text` is "true" or "false"
  Null,        ///< written `= null`
  Now,         ///< the current time
  Expression,  ///< SQL; in a CanonicalSchema every default is this kind, with the engine's own text
};

struct Default {
  DefaultKind kind = DefaultKind::Expression;
  std::string text;
  sql::EngineSql sql;
  bool operator==(const Default&) const = default;
};

struct Generated {
  sql::EngineSql expression;
  bool stored = false;
  bool operator==(const Generated&) const = default;
};

struct Check {
  ObjectName name;
  sql::EngineSql expression;
  bool operator==(const Check&) const = default;
};

struct Column {
  std::string name;
  ColumnType type;
  bool nullable = false;
  std::optional<Default> default_value;
  bool auto_increment = false;
  bool on_update_now = false;
  std::optional<Generated> generated;
  std::vector<Check> checks;  ///< those written on the column's own line
  std::string charset;        ///< MariaDB; empty: not said (a description) or not applicable
  std::string collation;      ///< both engines; empty as above
  std::string comment;        ///< the /// text
  bool invisible = false;     ///< MariaDB
  std::string extra;          ///< further clauses of the engine, in its own spelling (SQLite: ON CONFLICT …)
  Verbatim written;           ///< SQLite: the column's definition as stored, comments included
  bool operator==(const Column&) const = default;
};

/// One part of an index or key: a column, or an expression.
struct IndexPart {
  std::string column;                      ///< empty when `expression` is set
  std::optional<sql::EngineSql> expression;
  std::optional<std::uint32_t> length;     ///< prefix, in characters
  bool descending = false;
  std::string collation;                   ///< SQLite
  bool operator==(const IndexPart&) const = default;
};

/// Takes out the columns that come again: they order nothing.
void drop_repeated_parts(std::vector<IndexPart>& parts);

/// True when the parts are just these columns, in any order.
bool are_just(const std::vector<IndexPart>& parts, const std::vector<std::string>& columns);

struct PrimaryKey {
  ObjectName name;  ///< SQLite's optional constraint name
  std::vector<IndexPart> parts;
  std::string extra;  ///< SQLite: ON CONFLICT …; MariaDB: USING …
  bool operator==(const PrimaryKey&) const = default;
};

enum class IndexKind { Plain, Unique, Fulltext, Spatial };

struct Index {
  ObjectName name;
  IndexKind kind = IndexKind::Plain;
  bool constraint = false;  ///< SQLite: a UNIQUE constraint of the table, not an index of its own
  std::vector<IndexPart> parts;
  std::optional<sql::EngineSql> where;
  std::string comment;
  std::string extra;      ///< MariaDB: USING HASH, KEY_BLOCK_SIZE=…, IGNORED, WITH PARSER …
  Verbatim written;       ///< SQLite: the stored CREATE INDEX
  bool operator==(const Index&) const = default;
};

enum class ForeignKeyAction { NoAction, Restrict, Cascade, SetNull, SetDefault };

struct ForeignKey {
  ObjectName name;
  std::vector<std::string> columns;
  std::string table;                    ///< the referenced one; MariaDB: "db.table" parts in `database`
  std::string database;                 ///< MariaDB, only when another database
  std::vector<std::string> referenced;  ///< empty (SQLite): the primary key
  ForeignKeyAction on_delete = ForeignKeyAction::NoAction;
  ForeignKeyAction on_update = ForeignKeyAction::NoAction;
  std::string extra;  ///< SQLite: MATCH …, [NOT] DEFERRABLE …
  bool operator==(const ForeignKey&) const = default;
};

/// Options of one engine: lower-case names ("engine", "charset", "collate", "row_format", "strict",
/// "without rowid") with values as the engine prints them ("InnoDB"); flags have an empty value.
using Options = std::map<std::string, std::string, std::less<>>;

struct Table {
  std::string name;
  std::vector<Column> columns;
  std::optional<PrimaryKey> primary_key;
  std::vector<Index> indexes;
  std::vector<ForeignKey> foreign_keys;
  std::vector<Check> checks;
  std::map<std::string, Options, std::less<>> options;  ///< by engine name
  std::string comment;
  /// Clauses after the definition that are kept as they are (MariaDB: PARTITION BY …).
  std::string extra;
  Verbatim written;  ///< the engine's own CREATE TABLE
  bool operator==(const Table&) const = default;

  const Column* find_column(std::string_view name) const;
  Column* find_column(std::string_view name);
  const Index* find_index(std::string_view name) const;
};

}  // namespace plumb
