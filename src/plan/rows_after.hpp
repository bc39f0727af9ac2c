// plan/rows_after.hpp: the rows of a table as a step will leave them, said in terms of the rows as they stand. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dialect/dialect.hpp"
#include "plan/live_names.hpp"

namespace plumb::plan {

/// Columns to ask about.
struct Seen {
  std::vector<std::string> columns;  ///< under their live names where `seen_as` is empty
  std::vector<SeenAs> seen_as;
};

class RowsAfter {
 public:
  RowsAfter(const PlanInput& input, const Dialect& dialect, const LiveNames& names) : input_(input), dialect_(dialect), names_(names) {}

  /// What the column holds after the step: over live names, NULL where it stays empty; empty when that cannot be said.
  /// Requires: `column` stands in `pair.after`.
  std::string value(const diff::Pair<Table>& pair, const Column& column) const;

  /// The step leaves what the column holds, and all from which it is computed, as it is.
  bool is_plain(const diff::Pair<Table>& pair, const Column& column) const { return value(pair, column) == plain(pair, column.name); }

  /// The columns of `pair.after` with these names; nothing when one of them cannot be said.
  std::optional<Seen> see(const diff::Pair<Table>& pair, const std::vector<std::string>& columns) const;

  /// The columns of the table that the expression names.
  std::vector<std::string> named_in(const std::string& sql, const Table& table) const;

  /// Every column that the expression names stands in the table as it is now, and no table does that is yet to come.
  bool can_be_asked(const std::string& sql, const diff::Pair<Table>& pair) const;

  /// The description's `backfill (…)` of a column; empty: none.
  std::string backfill_of(const std::string& table, const std::string& column) const;

  /// The table before and after the plan, under its name after the renames; both are the same where it does not change.
  std::optional<diff::Pair<Table>> table(const std::string& name) const;

 private:
  std::string over_live_names(const diff::Pair<Table>& pair, const std::string& sql) const;
  std::string collated(const Column& column, const std::string& computed) const;
  std::string computed_value(const diff::Pair<Table>& pair, const Column& column, std::size_t depth) const;
  std::string with_values(const std::string& sql, const std::vector<SeenAs>& sources) const;
  std::string stored_value(const diff::Pair<Table>& pair, const Column& column) const;
  std::string plain(const diff::Pair<Table>& pair, const std::string& column) const { return dialect_.quote(names_.column(pair.after.name, column)); }

  const PlanInput& input_;
  const Dialect& dialect_;
  const LiveNames& names_;
};

}  // namespace plumb::plan
