// dialect/mariadb/partitions.hpp: which rows a table's partitions take. Pure.
// Source: https://mariadb.com/kb/en/partitioning-types-overview/
#pragma once

#include <string>
#include <string_view>

namespace plumb::mariadb {

/// The condition that finds the rows for which there is no partition (error 1526), from the clause "PARTITION BY …" as the server prints it;
/// empty where there is one for every row, and for ranges and lists over several columns, which are not looked at.
std::string rows_without_partition(std::string_view clause);

}  // namespace plumb::mariadb
