// apply/journal.hpp: where a run is, written before and after every statement where each commits by itself
// (table plumb_journal, docs/history.md).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "db/connection.hpp"

namespace plumb::apply {

/// One statement of a plan: step and command count from 0.
struct Place {
  std::size_t step = 0;
  std::size_t command = 0;
};

struct Entry {
  Place place;
  std::string before;     ///< fingerprint of what the step touches, taken just before; empty: the plan's own
  bool finished = false;
  bool has_mark = false;  ///< some of its batches stand
};

/// How far a statement has come that runs in batches.
struct Batch {
  std::string mark;       ///< the last key whose row is done; empty: none has begun
  std::uint64_t rows = 0; ///< changed so far
};

class Journal {
 public:
  Journal(db::Connection& connection, std::int64_t deployment) : connection_(connection), deployment_(deployment) {}

  /// The intent. An entry that stands for the place is written anew.
  void begin(const Place& place, const std::string& before);
  /// The outcome.
  void end(const Place& place, std::uint64_t rows);
  /// Intent, `change` and outcome in one transaction, for statements that change rows alone.
  std::uint64_t in_one(const Place& place, const std::function<std::uint64_t()>& change);
  /// How far the statement of the place has come.
  Batch batch(const Place& place) const;
  /// The same as in_one for one of several batches: `reached` is where it ends, and has the rows of those before. The outcome is
  /// written with the last one.
  std::uint64_t in_one_batch(const Place& place, const Batch& reached, bool is_last, const std::function<std::uint64_t()>& change);
  /// The furthest statement that was begun.
  std::optional<Entry> last() const;
  /// How many statements have ended.
  std::size_t finished() const;

 private:
  db::Connection& connection_;
  std::int64_t deployment_;
  std::unique_ptr<db::PreparedStatement> begin_;  ///< prepared at the first use
  std::unique_ptr<db::PreparedStatement> end_;
};

}  // namespace plumb::apply
