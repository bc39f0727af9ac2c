// language/sql_text.hpp: engine SQL between parentheses: where it ends, and which engine it is for.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/engine_sql.hpp"

namespace plumb::language {

/// The engines that a description can name, "mariadb" and "sqlite".
const std::vector<std::string>& engine_names();
bool is_engine_name(std::string_view word);
/// "engine `x` is not known; …", with what is near to it or what there is.
std::string unknown_engine(std::string_view word);

/// Where SQL in parentheses ends.
struct Closing {
  const char* parenthesis = nullptr;  ///< the `)`; nullptr when none closes
  std::string_view dispute;           ///< the first string, name or comment that the engines see differently; empty: they agree on the end
};

/// The `)` that closes the `(` at `open`. Strings, quoted names and comments of SQL are skipped over, by the rules of the
/// engine in `mariadb:` and `sqlite:` parts. Elsewhere both engines must find the same end: where they do not,
/// `dispute` says why, and the end is the one that is likelier meant. `in_list`: parentheses of the language are
/// open around it, as in an index. Requires: *end == '\0'.
Closing closing_parenthesis(const char* open, const char* end, bool in_list);

/// What to tell a person about a `dispute`, and what to do about it.
std::string sentence_of_dispute(std::string_view dispute);

/// Something that is wrong with the engines' labels in a captured text.
struct LabelProblem {
  std::size_t offset = 0;  ///< bytes into the captured text
  std::size_t length = 0;
  std::string code;
  std::string message;
};

/// The captured text split at `|` before an engine's name and a colon, each part trimmed, line ends as "\n".
sql::EngineSql split_engines(std::string_view captured, std::vector<LabelProblem>* problems = nullptr);

/// The text without the carriage returns before its line feeds.
std::string with_line_feeds(std::string_view text);

/// The text as it stands between parentheses in a description, without them; capturing and splitting it gives
/// `sql` again, white space at its ends and the kind of its line ends aside. SQL that only one engine reads to its end
/// is said to be for that one.
std::string printed_engine_sql(const sql::EngineSql& sql);

/// SQL of `engine` as a part for that engine, where it could not be printed otherwise (MariaDB's under
/// NO_BACKSLASH_ESCAPES); else as it is.
sql::EngineSql said_for(const sql::EngineSql& sql, const std::string& engine);

/// False for SQL of `engine` that no text between parentheses stands for.
bool is_printable(const sql::EngineSql& sql, std::string_view engine);

}  // namespace plumb::language
