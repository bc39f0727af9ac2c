// language/resolve/scope.hpp: what the steps of resolving share: the description that grows, who is called
// what, and where a mistake is reported.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/ast.hpp"
#include "language/name_table.hpp"
#include "language/places.hpp"
#include "model/description.hpp"
#include "support/diagnostic.hpp"
#include "support/source_text.hpp"

namespace plumb::language {

/// Where a node stands: its file, and the table that a mixin is expanded into.
struct Place {
  std::uint32_t file = 0;
  std::string_view table;  ///< empty outside of tables
  bool in_mixin = false;
};

struct TableEntry {
  const ast::Item* item = nullptr;
  const ast::Table* node = nullptr;
  std::uint32_t file = 0;
  Table* table = nullptr;
  TableIntent* intent = nullptr;
  bool damaged = false;         ///< a member could not be read: a name that is missing may be there
  std::uint32_t first_ref = 0;  ///< its part of Scope::refs
  std::uint32_t ref_count = 0;
};

struct MixinEntry {
  const ast::Mixin* node = nullptr;
  std::uint32_t file = 0;
  bool damaged = false;
};

/// A column that had other names.
struct ColumnWas {
  std::uint32_t table = 0;
  Place place;
  const ast::Name* column = nullptr;
  const std::vector<ast::Name>* names = nullptr;
};

/// A column that is declared as ref(…) and waits for its type.
struct PendingRef {
  std::uint32_t table = 0;
  std::uint32_t column = 0;
  ast::Name target;
  Place place;
  enum class State { Waiting, Following, Done, Failed } state = State::Waiting;
};

/// A foreign key that waits for the table that it refers to.
struct PendingForeignKey {
  std::uint32_t table = 0;
  std::uint32_t key = 0;  ///< in the table's foreign_keys
  Place place;
  const std::vector<ast::Name>* columns = nullptr;  ///< as written in a table's foreign key
  const ast::Name* column = nullptr;                ///< the column on whose line it stands
  ast::Name target;
  const ast::References* references = nullptr;  ///< nothing for ref(…)
  std::optional<ast::Span> set_null;
  bool unchecked = false;
};

/// A default that waits for the type of its ref(…) column.
struct PendingDefault {
  std::uint32_t table = 0;
  std::uint32_t column = 0;
  std::uint32_t file = 0;
  ast::Span span;
};

struct NaturalKeyPlace {
  std::uint32_t table = 0;
  std::uint32_t position = 0;  ///< among the table's indexes
  Place place;
  const ast::NaturalKey* node = nullptr;
};

struct DropPlace {
  std::uint32_t file = 0;
  ast::DropTarget target;
};

class Scope {
 public:
  Scope(const std::vector<SourceText>& sources, const std::vector<ast::File>& files,
        std::vector<Diagnostic>& diagnostics);

  const std::vector<SourceText>& sources;
  const std::vector<ast::File>& files;
  Description description;

  std::vector<TableEntry> tables;
  NameTable table_names;
  std::vector<MixinEntry> mixins;
  NameTable mixin_names;
  std::vector<PendingRef> refs;
  std::vector<PendingForeignKey> foreign_keys;
  std::vector<PendingDefault> defaults;
  std::vector<NaturalKeyPlace> natural_keys;
  std::vector<ColumnWas> column_was;
  std::vector<DropPlace> drops;  ///< one for each of the description's drops
  /// Something outside of braces could not be read: a table that is missing may be there.
  bool items_missing = false;
  Places* places = nullptr;  ///< nothing where nobody wants to know

  void report(Severity severity, std::string code, std::uint32_t file, ast::Span span, std::string message,
              std::vector<DiagnosticNote> notes = {});
  void error(std::string code, std::uint32_t file, ast::Span span, std::string message,
             std::vector<DiagnosticNote> notes = {}) {
    report(Severity::Error, std::move(code), file, span, std::move(message), std::move(notes));
  }
  /// "the first one stands here", at that place.
  static DiagnosticNote first_one(std::uint32_t file, ast::Span span);

  /// The name's text, with `{table}` replaced in mixins and refused elsewhere.
  std::string text(const Place& place, const ast::Name& name);
  std::vector<std::string> texts(const Place& place, const std::vector<ast::Name>& names);
  /// The SQL split by engine; the mistakes in it are reported.
  sql::EngineSql engine_sql(const Place& place, const ast::Sql& sql);
  /// The text of `///` lines.
  std::string docs(std::uint32_t file, ast::Span span) const;
  Origin origin(std::uint32_t file, ast::Span span);

  /// The table of that name; nothing, with a mistake reported, when there is none.
  TableEntry* find_table(std::uint32_t file, const ast::Name& name);
  /// The same without a report.
  TableEntry* table_named(std::string_view name);
  /// The column of that name; nothing, with a mistake reported unless the table is damaged, when there is
  /// none.
  Column* find_column(TableEntry& entry, std::uint32_t file, const ast::Name& name, const std::string& text);
  /// "; did you mean `x`?" or nothing.
  static std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

 private:
  struct LineCursor {
    std::uint32_t offset = 0;
    std::uint32_t line = 1;
  };
  std::vector<Diagnostic>& diagnostics_;
  std::vector<LineCursor> cursors_;
  /// The nearest table, as long as looking for it takes no noticeable time.
  std::string table_hint(std::string_view word);
  std::size_t reported_ = 0;
  std::size_t compared_ = 0;  ///< names that were looked at for hints
};

std::vector<std::string> column_names(const Table& table);
/// Whether the columns are the primary key or have a unique index: what a foreign key may refer to.
bool is_key(const Table& table, const std::vector<std::string>& columns);

/// Whether two indexes differ in nothing else.
bool same_but_for_the_name(Index a, const Index& b);
/// As in support/version.hpp.
bool is_version(std::string_view text);
/// The entries of one `option` line; one that is there already is reported.
void add_options(Scope& scope, std::uint32_t file, const ast::Option& option, Options& into);

// The steps, in the order in which they run.

/// Declares tables, mixins, views and the rest; reports names that are taken.
void collect(Scope& scope);
/// Builds the tables' columns, indexes and checks, mixins expanded.
void build_tables(Scope& scope);
/// Gives ref(…) columns their types, then settles the foreign keys and the defaults that waited.
void settle_references(Scope& scope);
/// Views, triggers, data steps, assertions and seeds.
void build_items(Scope& scope);
/// Natural keys, earlier names and drops.
void settle_hints(Scope& scope);

}  // namespace plumb::language
