// dialect/mariadb/show_create_scan.hpp: where the pieces of the server's text end; loops only, no recursion.
//
// Every function looks from `at` on and never beyond `end`. Blanks are one space or one line end, as the
// server prints.
#pragma once

#include <string_view>

namespace plumb::mariadb::show_create {

/// A piece and where the next one begins; or where something is missing, and what.
struct Found {
  std::string_view text;
  const char* next = nullptr;     ///< nullptr: not found
  const char* problem = nullptr;  ///< then: the place
  std::string_view wanted;        ///< and what was expected there
};

const char* skip_blanks(const char* at, const char* end);
/// Behind the word when it stands at `at` as a whole; else nullptr. The word may hold single spaces.
const char* behind_word(const char* at, const char* end, std::string_view word);
/// Behind a string, a quoted name or a bracket with all it holds; nullptr when it is not closed.
const char* behind_quoted(const char* at, const char* end);
const char* behind_brackets(const char* at, const char* end);

/// `name`, quotes included.
Found find_name(const char* at, const char* end);
/// 'text', quotes included.
Found find_string(const char* at, const char* end);
/// Letters, digits and underscores.
Found find_word(const char* at, const char* end);
/// (12): the digits. Always found, perhaps empty.
Found find_length(const char* at, const char* end);
/// Lower-case words with what stands in brackets behind the first one, and a version comment (COMPRESSED).
Found find_type(const char* at, const char* end);
/// From a bracket to its other one; the text is what stands between.
Found find_bracketed(const char* at, const char* end);
/// A literal, a call, a column, or an expression with its brackets.
Found find_default(const char* at, const char* end);
/// RESTRICT, CASCADE, SET NULL, NO ACTION or SET DEFAULT.
Found find_action(const char* at, const char* end);
/// `name`='value', any number of them, also in a comment. Always found when they end.
Found find_engine_options(const char* at, const char* end);
/// What stands behind the brackets of a key, up to its COMMENT or its end. Always found.
Found find_key_options(const char* at, const char* end);
/// The same with the comment.
Found find_all_key_options(const char* at, const char* end);
/// The key of a table option: words, or a quoted name, or a comment.
Found find_option_key(const char* at, const char* end);
/// A word, a string, or something in brackets with them.
Found find_option_value(const char* at, const char* end);
/// From PARTITION BY to the end of the text; absent when it does not stand there.
Found find_partitions(const char* at, const char* end);
/// FOR … (…) of a PERIOD.
Found find_period(const char* at, const char* end);
/// Up to the word VIEW.
Found find_view_header(const char* at, const char* end);
/// All that is left.
Found find_rest(const char* at, const char* end);
/// Nothing but the end.
Found find_end(const char* at, const char* end);

}  // namespace plumb::mariadb::show_create
