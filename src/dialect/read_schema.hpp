// dialect/read_schema.hpp: a live database as a Schema in its engine's own spelling.
#pragma once

#include "db/connection.hpp"
#include "model/schema.hpp"

namespace plumb::sqlite {
/// Reads the schema with a few queries. Tables whose names begin with "plumb_" or "sqlite_" are left out; virtual
/// tables and their shadow tables, and whatever the stored-text grammar cannot read, come back as Opaque with a
/// reason. Throws DatabaseError.
Schema read_schema(db::Connection& connection);
}  // namespace plumb::sqlite

namespace plumb::mariadb {
/// Reads the schema in a constant number of round trips (and one for each routine and event). Tables whose names begin with "plumb_" are left out;
/// sequences, routines, events, and whatever the SHOW CREATE grammar cannot read, come back as Opaque with a reason.
/// Throws DatabaseError.
Schema read_schema(db::Connection& connection);
}  // namespace plumb::mariadb
