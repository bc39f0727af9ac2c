// sql/reserved_words.hpp: words that are no names unless they are quoted.
#pragma once

#include <string_view>

namespace plumb::sql {

/// A server of 10.11 refuses the word as a bare column name.
bool is_reserved_on_mariadb(std::string_view word);

/// SQLite 3.40 refuses the word as a bare name of a table or column.
bool is_reserved_on_sqlite(std::string_view word);

}  // namespace plumb::sql
