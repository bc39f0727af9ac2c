// model/period.hpp: the periods of SQL:2011, which stand among a table's options.
#pragma once

#include <string_view>

#include "model/table.hpp"

namespace plumb {

/// True for the options "period" ("`p` (`from`, `to`)") and "system_period" ("(`since`, `gone`)"), each over two columns of
/// the table.
bool is_period(std::string_view option);

/// True for the column that holds when a row went (GENERATED ALWAYS AS ROW END), which the engine puts into every unique
/// key of its table.
bool holds_row_end(const Column& column);
/// And for the one that holds when it came (GENERATED ALWAYS AS ROW START).
bool is_of_system_period(const Column& column);

/// True for a table that keeps what its rows were (WITH SYSTEM VERSIONING): no statement changes those, and a change of the table
/// converts them, too.
bool keeps_history(const Table& table);

}  // namespace plumb
