// desired/sql_script.hpp: the text of an .sql file taken apart into statements, as the engine's own client does it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sql/tokens.hpp"

namespace plumb::desired {

/// One statement without its delimiter. It begins at its first token; comments before it are not part of it.
struct SqlStatement {
  std::size_t offset = 0;
  std::string_view text;
};

struct ScriptProblem {
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string message;
};

struct SqlScript {
  std::vector<SqlStatement> statements;
  std::vector<ScriptProblem> problems;
};

/// Takes `text` apart; the result points into it. With MariaDB's lexis DELIMITER lines are followed, and `;` inside of
/// BEGIN … END does not end a statement even without them. With SQLite's a trigger ends at `; END ;`, as
/// sqlite3_complete() has it (sqlite.org/c3ref/complete.html). Commands of the clients other than DELIMITER are problems.
SqlScript split(std::string_view text, const sql::Lexis& lexis);

}  // namespace plumb::desired
