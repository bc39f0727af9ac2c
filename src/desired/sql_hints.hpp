// desired/sql_hints.hpp: what SQL cannot say, said in comments: `-- plumb: was old_name`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "desired/sql_script.hpp"
#include "model/description.hpp"
#include "support/diagnostic.hpp"
#include "support/source_text.hpp"

namespace plumb::desired {

/// What a hint belongs to.
struct HintPlace {
  enum class Kind { Nothing, Table, Column, Index, View } kind = Kind::Nothing;
  std::string table;  ///< Table, Column, Index; the view for View
  std::string name;   ///< Column, Index
};

struct SqlHint {
  enum class Kind { Was, Class, NaturalKey, Backfill, KeepIndexes, Drop, Schema } kind = Kind::Was;
  HintPlace place;
  std::vector<std::string> names;  ///< Was, NaturalKey; Drop: [table,] name; Schema: name, version, after
  std::string text;                ///< Backfill: the expression
  RowClass row_class = RowClass::User;
  DropKind drop = DropKind::Table;
  SourceSpan span;
};

/// The hints of one file. A hint stands in a comment (`--`, `#`, `/* */`) that begins with `plumb:`; it belongs to the
/// column, index, table or view on whose line it stands, else to the next one. Several may follow each other in one
/// comment. `drop …` and `schema …` belong to the whole description.
std::vector<SqlHint> find_hints(std::string_view text, const SqlScript& script, const sql::Lexis& lexis, std::uint32_t file, std::vector<Diagnostic>& diagnostics);

/// Puts the hints into the description, whose schema is known already, and says what they cannot mean.
void apply_hints(const std::vector<SqlHint>& hints, const std::vector<SourceText>& sources, Description& description, std::vector<Diagnostic>& diagnostics);

}  // namespace plumb::desired
