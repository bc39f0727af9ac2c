// dialect/sqlite/stored_create_find.hpp: the stretches of text that the tokens of the grammar stand for.
#pragma once

#include <string_view>

#include "dialect/sqlite/stored_create_scan.hpp"

namespace plumb::sqlite::stored {

/// True when a clause of the table stands at `at`, not a column: all of these words are reserved.
bool begins_table_clause(const char* at, const char* end);

/// A stretch that was found and where to go on, or what is missing.
struct Found {
  std::string_view text;
  const char* next = nullptr;     ///< nullptr: not found
  const char* problem = nullptr;  ///< then: where, and
  std::string_view wanted;        ///< what was expected there
};

Found find_name(const char* at, const char* end);
/// A name that may have COLLATE and ASC or DESC behind it, which old databases have in lists of plain
/// columns.
Found find_listed_name(const char* at, const char* end);
/// The word or string behind COLLATE.
Found find_collation(const char* at, const char* end);
/// Perhaps nothing.
Found find_type(const char* at, const char* end);
/// From a bracket to its other one; the stretch is what stands between.
Found find_bracketed(const char* at, const char* end);
/// Up to the next comma, closing bracket or AUTOINCREMENT outside of brackets.
Found find_part(const char* at, const char* end);
/// One value of a DEFAULT clause, an expression with its brackets.
Found find_default(const char* at, const char* end);
/// All that is left, without a semicolon at the end.
Found find_rest(const char* at, const char* end);
/// The condition of a trigger, up to its BEGIN.
Found find_condition(const char* at, const char* end);
/// The statements between BEGIN, which is read already, and the END at the end, with the last one's
/// semicolon.
Found find_body(const char* at, const char* end);
/// Always found: the word if there is one, else nothing. For STORED and VIRTUAL.
Found find_storage(const char* at, const char* end);
/// A semicolon perhaps, and the end.
Found find_end(const char* at, const char* end);

}  // namespace plumb::sqlite::stored
