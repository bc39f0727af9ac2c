// dialect/sqlite/stored_create_ast.hpp: a stored CREATE text taken apart, before anything is understood.
//
// Everything is a stretch of the text as written: quotes, comments and spelling are still there.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "model/schema.hpp"
#include "model/table.hpp"

namespace plumb::sqlite::stored::ast {

/// A stretch of the text: a name with its quotes, an expression, a type.
struct Slice {
  std::string_view text;
};

enum class Conflict { Unspecified, Rollback, Abort, Fail, Ignore, Replace };
enum class Order { Unspecified, Ascending, Descending };

// Clauses of columns, clauses of tables, and what is both.

struct ConstraintName {
  Slice name;
};
struct Check {
  Slice expression;  ///< between the brackets
};
struct NotNull {
  Conflict conflict = Conflict::Unspecified;
};
struct Null {
  Conflict conflict = Conflict::Unspecified;
};
struct ColumnPrimaryKey {
  Order order = Order::Unspecified;
  Conflict conflict = Conflict::Unspecified;
  bool autoincrement = false;
};
struct ColumnUnique {
  Conflict conflict = Conflict::Unspecified;
};
struct Default {
  char sign = '\0';  ///< '+' or '-' where one is written
  Slice value;       ///< one token, or an expression with its brackets
};
struct Collate {
  Slice name;
};
struct On {
  enum class Event { Delete, Update, Insert } event = Event::Delete;
  ForeignKeyAction action = ForeignKeyAction::NoAction;
};
struct Match {
  Slice name;
};
using ReferenceArgument = std::variant<On, Match>;
struct References {
  Slice table;
  std::vector<Slice> columns;
  std::vector<ReferenceArgument> arguments;
};
struct Deferral {
  bool deferred = false;
};
struct GeneratedAs {
  Slice expression;  ///< between the brackets
  Slice storage;     ///< STORED, VIRTUAL or nothing
};

using ColumnClause = std::variant<ConstraintName, NotNull, Null, ColumnPrimaryKey, ColumnUnique, Check,
                                  Default, Collate, References, Deferral, GeneratedAs>;

struct Column {
  const char* begin = nullptr;
  Slice name;
  Slice type;
  std::vector<ColumnClause> clauses;
  const char* end = nullptr;  ///< where the comma or the closing bracket stands
};

struct Comma {
  char symbol = ',';
};
struct TablePrimaryKey {
  std::vector<Slice> parts;
  bool autoincrement = false;
  Conflict conflict = Conflict::Unspecified;
};
struct TableUnique {
  std::vector<Slice> parts;
  Conflict conflict = Conflict::Unspecified;
};
struct TableCheck {
  Slice expression;
  Conflict conflict = Conflict::Unspecified;  ///< read and ignored by the engine
};
struct ForeignKey {
  std::vector<Slice> columns;
  References references;
  Deferral deferral;
};

using TableClause = std::variant<Comma, ConstraintName, TablePrimaryKey, TableUnique, TableCheck, ForeignKey>;

enum class TableOption { Strict, WithoutRowid };

struct Table {
  Slice name;
  std::vector<Column> columns;
  std::vector<TableClause> clauses;
  std::vector<TableOption> options;
};

struct Index {
  bool unique = false;
  Slice name;
  Slice table;
  std::vector<Slice> parts;
  Slice where;  ///< empty: all rows
};

struct View {
  Slice name;
  std::vector<Slice> columns;
  Slice query;
};

struct TriggerWhen {
  TriggerEvent event = TriggerEvent::Insert;
  std::vector<Slice> columns;  ///< UPDATE OF
};
struct Trigger {
  Slice name;
  TriggerTiming timing = TriggerTiming::Before;
  TriggerWhen on;
  Slice table;
  Slice when;  ///< empty: always
  Slice body;  ///< between BEGIN and END
};

struct VirtualTable {
  Slice name;
  Slice module;
};

using Create = std::variant<Table, Index, View, Trigger, VirtualTable>;

}  // namespace plumb::sqlite::stored::ast
