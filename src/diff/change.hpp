// diff/change.hpp: the differences of two states, each carrying the whole object before and after. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/schema.hpp"

namespace plumb::diff {

template <class T>
struct Pair {
  T before;
  T after;
  bool operator==(const Pair&) const = default;
};

/// The difference of two tables of the same name, by kind. Columns are matched by name.
struct TableDelta {
  std::vector<Column> columns_added;
  std::vector<Column> columns_dropped;
  std::vector<Pair<Column>> columns_altered;
  bool primary_key_changed = false;
  std::vector<Index> indexes_created;
  std::vector<Index> indexes_dropped;
  std::vector<Pair<Index>> indexes_renamed;  ///< equal but for the name
  std::vector<ForeignKey> foreign_keys_added;
  std::vector<ForeignKey> foreign_keys_dropped;
  std::vector<Check> checks_added;
  std::vector<Check> checks_dropped;
  bool options_changed = false;
  bool comment_changed = false;
  bool extra_changed = false;
  bool order_changed = false;  ///< the same columns in another order

  bool empty() const;
};

TableDelta compare(const Table& before, const Table& after);

/// Everything that differs between two states. Objects of `tables_altered` have equal names on both sides.
struct Changes {
  std::vector<Table> tables_created;
  std::vector<Table> tables_dropped;
  std::vector<Pair<Table>> tables_altered;
  std::vector<View> views_created;
  std::vector<View> views_dropped;
  std::vector<Pair<View>> views_altered;
  std::vector<Trigger> triggers_created;
  std::vector<Trigger> triggers_dropped;
  std::vector<Pair<Trigger>> triggers_altered;
  /// Of those that their definition makes, with what comes and goes with them; found by match, not by diff.
  ByName<Opaque> opaque_created;
  ByName<Opaque> opaque_dropped;
  ByName<Pair<Opaque>> opaque_altered;  ///< those that can be altered: sequences
  bool empty() const;
};

/// Law: patch(before, diff(before, after)) == after.
Changes diff(const Schema& before, const Schema& after);
Schema patch(Schema before, const Changes& changes);

}  // namespace plumb::diff
