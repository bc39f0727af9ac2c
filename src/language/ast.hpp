// language/ast.hpp: what was written in one file, a span on every node, no meaning. Never leaves this folder.
//
// Texts are views into the source, or into `File::strings` where a string or name had to be unescaped.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/description.hpp"

namespace plumb::language::ast {

/// Bytes of the file that the node came from.
struct Span {
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  bool operator==(const Span&) const = default;
};

/// A name without its backquotes; empty where an optional one is missing.
struct Name {
  std::string_view text;
  Span span;
  bool empty() const { return span.length == 0; }
};

/// Engine SQL: the text between the parentheses, which belong to the span.
struct Sql {
  std::string_view text;
  Span span;
  bool empty() const { return span.length == 0; }
};

enum class ValueKind { None, Null, Bool, Number, String, Now, Sql, Environment, Word };

/// A literal; `text` is unescaped for strings.
struct Value {
  ValueKind kind = ValueKind::None;
  std::string_view text;
  Span span;
  bool empty() const { return kind == ValueKind::None; }
};

struct TypeArgument {
  Name engine;  ///< native(sqlite: …)
  Value value;
};

struct Type {
  Name word;
  std::vector<TypeArgument> arguments;
  bool is_unsigned = false;
  bool nullable = false;
};

struct Default {
  Span span;
  Value value;
};
struct Was {
  Span span;
  std::vector<Name> names;
};
struct Backfill {
  Span span;
  Sql sql;
};
struct Where {
  Span span;
  Sql sql;
};
enum class OnEvent { Delete, Update };
enum class OnAction { NoAction, Restrict, Cascade, SetNull, SetDefault, Now };
struct On {
  Span span;
  OnEvent event = OnEvent::Delete;
  OnAction action = OnAction::NoAction;
};
struct References {
  Span span;
  Name database;
  Name table;
  std::vector<Name> columns;
};
enum class Storage { Unsaid, Stored, Virtual };
struct GeneratedAs {
  Span span;
  Sql sql;
  Storage storage = Storage::Unsaid;
};
/// `check` on a column's line or in a table.
struct Check {
  Span span;
  Name name;
  std::vector<Name> was;
  Sql sql;
};
enum class Word {
  Local,
  Auto,
  Unique,
  PrimaryKey,
  Invisible,
  Unchecked,
  Deferrable,
  NotDeferrable,
  InitiallyDeferred,
  InitiallyImmediate,
};
struct Flag {
  Span span;
  Word word = Word::Auto;
};
enum class Label { Collate, Charset, Constraint, Match };
struct Labelled {
  Span span;
  Label label = Label::Collate;
  Name name;
};
enum class Quoted { Extra, Comment };
/// `extra "…"`, `comment "…"`.
struct Extra {
  Span span;
  Quoted kind = Quoted::Extra;
  Value text;
};

/// What may follow the head of a member; which ones a member takes is decided when it is resolved.
using Clause =
    std::variant<Default, Was, Backfill, Where, On, References, GeneratedAs, Check, Flag, Labelled, Extra>;

struct Column {
  Name name;
  Type type;
  std::vector<Clause> clauses;
};
struct Part {
  Name column;
  Sql expression;
  Value length;
  Name collation;
  bool descending = false;
};
struct Index {
  Span span;
  IndexKind kind = IndexKind::Plain;
  bool constraint = false;
  Name name;
  std::vector<Name> was;
  std::vector<Part> parts;
  std::vector<Clause> clauses;
};
struct PrimaryKey {
  Span span;
  Name name;
  std::vector<Part> parts;
  std::vector<Clause> clauses;
};
struct ForeignKey {
  Span span;
  Name name;
  std::vector<Name> was;
  std::vector<Name> columns;
  References references;
  std::vector<Clause> clauses;
};
struct TableCheck {
  Check check;
  std::vector<Clause> clauses;
};
struct NaturalKey {
  Span span;
  std::vector<Name> columns;
};
struct Use {
  Span span;
  std::vector<Name> mixins;
};
struct Keep {
  Span span;
};
struct OptionEntry {
  std::vector<Name> words;
  Value value;
};
struct Option {
  Span span;
  Name engine;
  std::vector<OptionEntry> entries;
};
struct TableExtra {
  Span span;
  Quoted kind = Quoted::Extra;
  Value text;
};
/// `sync upsert`.
struct Sync {
  Span span;
  SyncMode mode = SyncMode::Upsert;
};
/// `retire is_active = false`.
struct Retire {
  Span span;
  Name column;
  Value value;
};
/// `nested in owner as field`.
struct Nested {
  Span span;
  Name owner;
  Name field;
};
/// Something that could not be read; the diagnostic is recorded already.
struct Bad {};

using MemberBody = std::variant<Bad, Column, Index, PrimaryKey, ForeignKey, TableCheck, NaturalKey, Use, Keep,
                                Option, TableExtra, Sync, Retire, Nested>;

struct Member {
  Span docs;  ///< from the first `///` to the end of the last; empty: none
  MemberBody body;
  Span span;  ///< empty when the member has an error
};

struct Schema {
  Span span;
  Name name;
  Name version;
  Name after;
};
struct Mixin {
  Span span;
  Name name;
  std::vector<Member> members;
};
struct Table {
  RowClass row_class = RowClass::User;
  Name name;
  std::vector<Name> was;
  std::vector<Member> members;
};
struct View {
  Span span;
  Name name;
  std::vector<Name> was;
  std::vector<Name> columns;
  Value header;
  Value comment;
  Sql query;
};
struct Trigger {
  Span span;
  Name name;
  TriggerTiming timing = TriggerTiming::After;
  TriggerEvent event = TriggerEvent::Insert;
  std::vector<Name> columns;
  Name table;
  bool unchecked = false;
  std::vector<Option> options;
  Sql when;
  Sql body;
};
struct DropTarget {
  Name first;   ///< the object, or the table when `second` is there
  Name second;  ///< the column or index
};
struct Drop {
  Span span;
  DropKind kind = DropKind::Table;
  std::vector<DropTarget> targets;
};
struct OncePart {
  Span span;
  bool down = false;
  Sql sql;
};
struct Once {
  bool optional = false;
  Name name;
  Name version;
  std::vector<Name> after;
  std::vector<OncePart> parts;
};
struct Assert {
  Span span;
  Value text;
  Sql query;
};
struct PackageOpen {
  Span span;
  Name name;
  std::vector<Name> after;
};
struct PackageClose {
  Span span;
};
struct Cell {
  Name column;
  Value value;
};
struct Row {
  Span span;
  std::vector<Cell> cells;
};
struct Seed {
  Span span;
  Name table;
  std::vector<Row> rows;
};

/// `table.field`, `table.list.field`, or a table alone.
struct DataPath {
  Name table;
  Name first;
  Name second;
};
struct DataPair {
  Value from;
  Value to;
};
/// One line of `from N { … }`; which of the parts are there follows from the kind.
struct DataLine {
  Span span;
  DataChangeKind kind = DataChangeKind::Drop;
  DataPath path;
  std::vector<Name> fields;
  Name to;
  Value value;
  std::vector<Cell> cells;
  std::vector<DataPair> pairs;
};
struct DataFrom {
  Span span;
  Value version;
  std::vector<DataLine> lines;
};
struct DataFormat {
  Span span;
  Value version;
  std::vector<DataFrom> upgrades;
};

using ItemBody = std::variant<Bad, Schema, Option, Mixin, Table, View, Trigger, Drop, Once, Assert,
                              PackageOpen, PackageClose, Seed, DataFormat>;

struct Item {
  Span docs;
  ItemBody body;
  Span span;  ///< empty when the item has an error
};

struct File {
  std::vector<Item> items;
  std::deque<std::string> strings;  ///< unescaped texts that the nodes look at
  bool unread = false;              ///< not all of the file could be read
};

}  // namespace plumb::language::ast
