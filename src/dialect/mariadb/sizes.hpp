// dialect/mariadb/sizes.hpp: how many bytes MariaDB reckons for columns in rows and keys.
#pragma once

#include <cstdint>
#include <optional>

#include "model/table.hpp"

namespace plumb::mariadb {

/// Together with the overhead that the server adds, no row may be longer (mariadb.com/kb/en/innodb-limitations).
inline constexpr std::uint64_t longest_row_bytes = 65535;

/// What a column of a canonical table counts in a row, at its longest; texts and blobs count their pointer. 0 for a type
/// that is not known.
std::uint64_t row_bytes(const Column& column);

/// True for a text or blob, which a key can hold only the beginning of.
bool is_blob(const Column& column);

/// What a key part over this column counts: of the whole column, or of its first `prefix` characters or bytes. Requires:
/// a prefix where is_blob.
std::uint64_t key_bytes(const Column& column, std::optional<std::uint32_t> prefix);

/// The most that a key of a table can hold; nothing where its storage engine is not one that is known here.
std::optional<std::uint64_t> longest_key_bytes(const Table& table);

/// A unique key over more bytes than the table's keys hold: the server keeps it as hashes (SHOW CREATE prints USING HASH).
bool is_hashed(const Table& table, const Index& index);

}  // namespace plumb::mariadb
