// language/resolve/table_builder.hpp: makes one table of what is written between its braces, mixins expanded.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "language/resolve/scope.hpp"

namespace plumb::language {

class TableBuilder {
 public:
  /// `columns` is scratch space, kept by the caller from table to table.
  TableBuilder(Scope& scope, std::uint32_t number, NameTable& columns);
  void build();

 private:
  /// A primary key or an index whose columns are looked up when all columns are known.
  struct PendingIndex {
    Place place;
    const std::vector<ast::Part>* parts = nullptr;
    std::uint32_t number = 0;
    bool is_primary_key = false;
  };
  struct PendingNames {
    Place place;
    const std::vector<ast::Name>* nodes = nullptr;
    std::uint32_t foreign_key = 0;
    bool is_natural_key = false;
  };

  // members.cpp
  void add_members(const Place& place, const std::vector<ast::Member>& members);
  void add_member(const Place& place, const ast::Member& member);
  void use(const Place& place, const ast::Use& use);
  void add_option(const Place& place, const ast::Option& option);
  void finish();
  void write_places_down() const;
  std::size_t count_columns(const std::vector<ast::Member>& members) const;

  // column.cpp
  void add_column(const Place& place, const ast::Column& node, ast::Span docs);
  void apply(const Place& place, const ast::Column& node, Column& column, ColumnIntent& intent);
  void add_default(const Place& place, const ast::Default& clause, Column& column, bool waits);
  void add_column_key(const Place& place, const Column& column, const ast::Flag& flag);
  void add_column_reference(const Place& place, const ast::Column& node, const ast::References* references);
  void check_column(const Place& place, const ast::Column& node, const Column& column,
                    const ColumnIntent& intent);

  // keys.cpp
  void add_index(const Place& place, const ast::Index& node, ast::Span docs);
  void add_primary_key(const Place& place, const ast::PrimaryKey& node);
  void add_foreign_key(const Place& place, const ast::ForeignKey& node);
  void add_check(const Place& place, const ast::TableCheck& node);
  void add_natural_key(const Place& place, const ast::NaturalKey& node);
  void add_sync(const Place& place, const ast::Sync& node);
  void add_retirement(const Place& place, const ast::Retire& node);
  void add_nesting(const Place& place, const ast::Nested& node);
  bool is_first(const Place& place, ast::Span span, const char* word, bool is_there);
  std::vector<IndexPart> parts(const Place& place, const std::vector<ast::Part>& nodes);
  void claim_primary_key(const Place& place, ast::Span span);
  void add_was(const Place& place, const std::string& name, const std::vector<ast::Name>& was);
  /// A name of an index, key or check: the generated one where none is written. Reports one that is taken.
  ObjectName object_name(const Place& place, const ast::Name& written, ast::Span span, const char* prefix,
                         const std::vector<std::string>& columns);
  void check_auto();

  /// Looks the columns up, now that all are known, and takes over their spelling.
  void settle_columns(const Place& place, const std::vector<ast::Part>& nodes, std::vector<IndexPart>& parts);
  void settle_columns(const Place& place, const std::vector<ast::Name>& nodes,
                      std::vector<std::string>& names);
  /// The column's declared name; nothing, with a mistake reported, when there is none.
  const std::string* settle_column(const Place& place, const ast::Name& node, const std::string& name);

  Scope& scope_;
  std::uint32_t number_;
  TableEntry& entry_;
  Table& table_;
  TableIntent& intent_;
  NameTable& columns_;
  std::vector<ast::Span> column_spans_;
  std::vector<std::uint32_t> column_files_;
  std::vector<PendingIndex> pending_;
  std::vector<PendingNames> pending_names_;
  std::vector<const ast::Mixin*> open_mixins_;
  std::vector<const ast::Mixin*> used_mixins_;
  std::size_t unnamed_checks_ = 0;
  bool has_natural_key_ = false;
  std::optional<ast::Span> primary_key_span_;
  std::uint32_t primary_key_file_ = 0;
  struct AutoPlace {
    std::uint32_t column = 0;
    std::uint32_t file = 0;
    ast::Span span;
  };
  std::vector<AutoPlace> autos_;
  struct TakenName {
    std::string name;
    char kind = ' ';  ///< 'i'ndex, 'f'oreign key or 'c'heck: each its own namespace
    std::uint32_t file = 0;
    ast::Span span;
    bool generated = false;
    bool suffixed = false;  ///< a number tells it from another made name
  };
  void check_twins();
  void check_index_twin(const TakenName& taken);
  void check_key_twin(const TakenName& taken);
  void report_twin(const TakenName& taken, const char* what, const std::string& first);

  std::vector<TakenName> taken_;
};

// clauses.cpp: what may follow the head of a column, an index or a key.

enum class Owner { Column, Index, PrimaryKey, ForeignKey, Check };

/// Reports clauses that have no meaning there, and clauses that are there twice. True when all are fine.
bool check_clauses(Scope& scope, const Place& place, Owner owner, const std::vector<ast::Clause>& clauses);
ast::Span clause_span(const ast::Clause& clause);
std::string clause_name(const ast::Clause& clause);

/// The actions, deferral and MATCH that stand behind `references` or ref(…).
void apply_reference_clauses(Scope& scope, const Place& place, const std::vector<ast::Clause>& clauses,
                             ForeignKey& key, PendingForeignKey& pending);

}  // namespace plumb::language
