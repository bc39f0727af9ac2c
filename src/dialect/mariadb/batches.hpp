// dialect/mariadb/batches.hpp: statements that change the rows of a large table some thousands at a time.
//
// The statement itself holds the bounds, as session variables: without them it goes over all rows, so that it means the same wherever it is
// typed. They are decimals, because an integer variable loses its sign beside one.
// Source: https://mariadb.com/kb/en/user-defined-variables/
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialect/keep_aside.hpp"
#include "dialect/step.hpp"

namespace plumb::mariadb {

/// The condition that a key, as the statement calls it, is among those of the batch.
std::string within_bounds(const std::string& key);

/// The column by which the table's rows come in batches: its integer primary key. Nothing where it has none.
std::optional<std::string> batch_column(const Table& table);

/// A statement that changes rows of `table`, and what stands for it where `rows_of` is a large table. `condition` holds for
/// the rows that it changes; empty: all of them. Batches are by `column`; nothing: there are none.
Command fill_in_batches(const std::string& change, const std::string& condition, const std::string& table, const std::optional<std::string>& column, const std::string& rows_of);

/// May be run on some rows first and on the others later: it asks no other rows.
bool looks_at_its_own_row(std::string_view expression);

/// The same for the copy that is made of values before they are lost: `whole` makes the attic table with all of them.
Command copy_in_batches(const Command& whole, const KeptValues& values, const std::optional<std::string>& column, const KeepingForms& forms);

}  // namespace plumb::mariadb
