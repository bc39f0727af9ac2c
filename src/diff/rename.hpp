// diff/rename.hpp: what a rename does to everything that names the renamed thing. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/schema.hpp"
#include "sql/tokens.hpp"

namespace plumb::diff {

/// One rename that a plan carries out.
struct Rename {
  enum class Kind { Table, Column, Index } kind = Kind::Table;
  std::string table;  ///< Column, Index: the table under its new name
  std::string from;
  std::string to;
  bool operator==(const Rename&) const = default;
};

/// What a table, or a column of it, that has this name after the renames is called before them.
std::string live_table(const std::vector<Rename>& renames, const std::string& name);
std::string live_column(const std::vector<Rename>& renames, const std::string& table, const std::string& name);

/// What an engine rewrote when it renamed, as it reads then: views and triggers that name something renamed, and everything in which it
/// wrote strings in another way.
struct RenamedTexts {
  ByName<Table> tables;  ///< under the new names, for the texts of their checks, defaults, computed columns and indexes
  ByName<View> views;
  ByName<Trigger> triggers;
};

/// `sql` with the words that name `from` made `to` (names quoted as `quote` says, plain words where they were plain).
/// A word before "(" is a function and stays; strings and comments stay.
std::string renamed_in_expression(std::string_view sql, std::string_view from, std::string_view to,
                                  const sql::Lexis& lexis);

/// The table and every foreign key to it. MariaDB also renames its automatic constraint names ("t_ibfk_1") along.
/// Requires: `from` stands in `schema`, `to` does not.
void rename_table(Schema& schema, const std::string& from, const std::string& to);

/// The column, and the keys, indexes, foreign keys (of other tables too) and expressions of its table that name it.
void rename_column(Schema& schema, const std::string& table, const std::string& from, const std::string& to,
                   const sql::Lexis& lexis);

}  // namespace plumb::diff
