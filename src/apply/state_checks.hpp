// apply/state_checks.hpp: is the database what a plan was made for, are rows in its way, and is it in the end what the plan promised.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "plan/plan.hpp"

namespace plumb::apply {

/// Looks and asks, and changes nothing. Every member throws DatabaseError.
class StateChecks {
 public:
  /// `name_rows`: say which rows are in the way, with their values.
  StateChecks(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, bool name_rows) : connection_(connection), dialect_(dialect), plan_(plan), name_rows_(name_rows) {}

  std::string live_fingerprint() const;
  /// The fingerprint of what a step touches.
  std::string live_touched(const Touched& touched) const;

  /// Why the plan is stale: the schema has changed since, or what it presumes beside that (the version, which data steps have
  /// run), which does not count for a way back.
  std::optional<std::string> why_stale(bool is_way_back);

  /// Rows that are in the way of any step, in words. They are met before the first statement where every one commits by itself; the
  /// guards ask again, for rows that come while the steps run. Requires: why_stale() has found nothing.
  std::optional<std::string> rows_in_the_way() const;

  /// Tables that stand and that a step works on. Requires: why_stale() has found nothing.
  std::vector<std::string> tables_of_steps() const;

  bool has_once_steps() const;

  /// Rows that refer to nothing, where the engine does not see to that itself.
  std::uint64_t broken_references() const;

  /// The foreign keys of tables with these names, or of all, under which they stand: "`c` (p) to `parent`".
  std::string keys_of_broken_references(const std::set<std::string>& tables = {}) const;

  /// Throws Error where one of the plan's assertions does not hold.
  void ask_assertions() const;

  /// Throws Error when the schema is not the promised one.
  void verify_end_state() const;

 private:
  std::optional<std::string> moved_on() const;
  bool must_be_zero(const Step& step, std::size_t number) const;
  std::uint64_t orphans() const;
  std::uint64_t orphans_of(const Schema& schema, const Table& table, const ForeignKey& key) const;

  db::Connection& connection_;
  const Dialect& dialect_;
  const plan::Plan& plan_;
  bool name_rows_;
  Schema live_;  ///< before the first step
};

}  // namespace plumb::apply
