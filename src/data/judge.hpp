// data/judge.hpp: what becomes of a row, by who changed it since the last sync. Pure. The table stands in
// docs/master_data.md.
#pragma once

#include <cstdint>
#include <optional>

#include "data/master_data.hpp"

namespace plumb::data {

/// One row on three sides. A hash that is not there: no row.
struct RowCase {
  std::optional<std::uint64_t> package;
  std::optional<std::uint64_t> database;
  std::optional<std::uint64_t> last;  ///< as the last sync brought it
  bool brought_before = false;        ///< a sync has brought this table before, so that `last` means something
};

enum class Verdict {
  Nothing,   ///< both are the same, or the mode lets the row be
  Insert,
  Update,
  Delete,
  KeepOwn,   ///< only this database has changed it: it stays, and is reported
  Conflict,  ///< changed here and there
};

Verdict judge(const RowCase& row, SyncMode mode, const SyncOptions& options);

/// Whether OnConflict has decided what judge() says.
bool is_decided(const RowCase& row, SyncMode mode, const SyncOptions& options);

}  // namespace plumb::data
