// model/description.hpp: what a person declared: a state, and the intent around it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/master_intent.hpp"
#include "model/schema.hpp"
#include "support/source_text.hpp"

namespace plumb {

/// What a data sync may touch: only Master.
enum class RowClass { User, Master, System };

struct ColumnIntent {
  std::vector<std::string> was;  ///< earlier names, newest first
  std::optional<sql::EngineSql> backfill;
  bool is_ref = false;  ///< declared as ref(…)
  bool is_local = false;  ///< each database keeps its own value: a sync never overwrites it
  Origin origin;
};

/// The hints of one table: they steer the way to the state and are no part of it.
struct TableIntent {
  RowClass row_class = RowClass::User;
  std::vector<std::string> was;
  std::vector<std::string> natural_key;  ///< column names; empty: none
  ByName<ColumnIntent> columns;
  ByName<std::vector<std::string>> object_was;  ///< index or constraint name -> earlier names
  bool keep_undeclared_indexes = false;
  MasterIntent master;
  std::string package;
  Origin origin;
};

enum class DropKind { Table, Column, View, Trigger, Index };

struct Drop {
  DropKind kind = DropKind::Table;
  std::string table;  ///< Column, Index: the table; else empty
  std::string name;
  Origin origin;
  std::string package;  ///< the package that it stands in, if any
};

/// A query that must give true (or a count that must be 0, which is the query's own comparison).
struct Assertion {
  std::string text;
  sql::EngineSql query;
  Origin origin;
  std::string package;
};

/// A data step that runs once in each database.
struct OnceStep {
  std::string name;
  std::string version;
  std::vector<std::string> after;
  sql::EngineSql up;
  sql::EngineSql down;
  bool optional = false;
  Origin origin;
  std::string package;
};

struct SeedRow {
  std::vector<std::pair<std::string, SeedValue>> values;  ///< column, value
  Origin origin;
};

struct Seed {
  std::string table;
  std::vector<SeedRow> rows;
  std::string package;
};

/// Where a view or trigger was declared, and in which package.
struct DeclaredPlace {
  std::string package;
  Origin origin;
};

struct Description {
  std::string name;
  std::string version;  ///< "0.5.0"; empty when the description has no schema line
  std::string after;    ///< "0.4.0" or empty
  Schema schema;
  ByName<TableIntent> tables;
  ByName<std::vector<std::string>> view_was;
  ByName<DeclaredPlace> view_places;
  ByName<DeclaredPlace> trigger_places;
  std::vector<Drop> drops;
  std::vector<Assertion> assertions;
  std::vector<OnceStep> once_steps;
  std::vector<Seed> seeds;
  DataFormat data_format;
  std::map<std::string, std::vector<std::string>> packages;  ///< name -> packages it comes after
  /// The schema was read from an engine and holds everything: what it does not say is the engine's own default, and not
  /// left open as in a text of the language.
  bool is_complete = false;
  bool column_order_counts = false;  ///< columns in another order are a difference
  std::string fingerprint;  ///< SHA-256 of the sources, file by file in path order
};

}  // namespace plumb
