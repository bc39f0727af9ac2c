// dialect/mariadb/free_disk.hpp: how much room the server's disk has.
#pragma once

#include <cstdint>
#include <optional>

#include "db/connection.hpp"

namespace plumb::mariadb {

/// Bytes that are free where the server keeps its data. Nothing where it does not tell: without the plugin DISKS
/// (https://mariadb.com/kb/en/disks-plugin/), or without the right FILE. Throws DatabaseError only when the connection is lost.
std::optional<std::uint64_t> free_disk(db::Connection& connection);

}  // namespace plumb::mariadb
