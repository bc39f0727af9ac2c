// dialect/mariadb/alter_clauses.hpp: what stands behind ALTER TABLE to turn one form of a table into another. Pure.
// Source: https://mariadb.com/kb/en/alter-table/
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diff/change.hpp"
#include "model/table.hpp"

namespace plumb::mariadb {

/// A table's own option, by its word in lower case; empty: it says none.
std::string option_of(const Table& table, std::string_view name);
std::string collation_of(const Table& table);

/// But for foreign keys, system versioning and partitions. `delta` is that of the pair.
std::vector<std::string> alter_clauses(const diff::Pair<Table>& pair, const diff::TableDelta& delta);

/// The last clause of a statement that keeps_what_was_computed() would leave wrong otherwise.
inline constexpr std::string_view must_copy = "ALGORITHM=COPY";

/// A column that is computed and written down, stored or in an index, reads another one that changes what it holds without being written
/// itself: a virtual one with another expression, one with another collation. The server changes that in an instant, and leaves the
/// index or the stored values as they were.
bool keeps_what_was_computed(const diff::Pair<Table>& pair, const diff::TableDelta& delta);

/// In the one statement with the columns and the period that it fills: neither goes without the other (errors 4124, 4125).
void append_versioning(const diff::Pair<Table>& pair, std::vector<std::string>& clauses);

/// "PARTITION BY …", which ends the statement, without a comma before it; empty: they stay.
std::string new_partitions(const diff::Pair<Table>& pair);

/// What only a further ALTER TABLE does: the one that takes a table away from Aria leaves it the checksums of its pages, which it has
/// there without asking. Empty: nothing.
std::string afterthought(const diff::Pair<Table>& pair);

/// A statement of its own, and before the others: a partitioned table takes no spatial column and no foreign key, and
/// its unique keys must contain what it is parted by (errors 1178, 1506, 1503). Partitions of a history go before it.
bool must_unpartition(const diff::Pair<Table>& pair);

}  // namespace plumb::mariadb
