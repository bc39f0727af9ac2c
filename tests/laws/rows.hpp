// tests/laws/rows.hpp: rows for tables of random descriptions.
#pragma once

#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "laws/random_description.hpp"
#include "model/schema.hpp"

namespace plumb::test {

/// Rows that fit the table as it stands, written through plain SQL that names the table's columns.
void insert_rows(db::Connection& connection, const Dialect& dialect, const Table& table, std::size_t count, Chance& chance);

/// Up to three for each table.
void insert_rows(db::Connection& connection, const Dialect& dialect, const Schema& schema, Chance& chance);

}  // namespace plumb::test
