// diff/follow_renames.hpp: what renames do to the texts of tables, views and triggers. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diff/rename.hpp"
#include "model/schema.hpp"

namespace plumb::diff {

/// As diff::rename_table, and the CREATE TABLE text of the table is edited along, so that its comments stay: SQLite does that
/// with what it has stored (sqlite.org/lang_altertable.html). A text in which the name may mean something else is forgotten.
void rename_table_and_text(Schema& schema, const std::string& from, const std::string& to, const sql::Lexis& lexis);

/// The same with diff::rename_column.
void rename_column_and_text(Schema& schema, const std::string& table, const std::string& from, const std::string& to, const sql::Lexis& lexis);

/// Rewrites every view and trigger of `schema` whose text names something renamed. SQLite does this by itself when it
/// renames (sqlite.org/lang_altertable.html), and `texts` says what it makes of them; for MariaDB a plan must. Without `texts`
/// the names are looked for in the text, which does not always tell what a name means.
void follow_renames(Schema& schema, const std::vector<Rename>& renames, const std::optional<RenamedTexts>& texts, const sql::Lexis& lexis);

/// The same for what stands in tables.
void take_texts_of_tables(Schema& schema, const std::optional<RenamedTexts>& texts);

}  // namespace plumb::diff
