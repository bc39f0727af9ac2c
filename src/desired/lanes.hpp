// desired/lanes.hpp: runs statements that concern one table each over several sessions at once. Creating a table on
// MariaDB is a dozen waits for the disk, one after the other; several sessions wait together.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "desired/scratch_database.hpp"

namespace plumb::desired {

/// What a MariaDB statement concerns, as far as its order matters.
struct Concern {
  enum class Kind {
    Setting,   ///< of the session
    OneTable,  ///< and nothing else: in any order with those of other tables
    Anything,  ///< everything before it comes first
  };
  Kind kind = Kind::Anything;
  std::string table;
};

/// Pure. Whatever is not plainly one of the others is Anything.
Concern concern_of(std::string_view statement);

/// Several sessions of one scratch database on MariaDB.
class Lanes {
 public:
  /// `first`: run in each session before anything else.
  Lanes(const ScratchDatabase& scratch, std::string first) : scratch_(scratch), first_(std::move(first)) {}

  /// Takes a statement on; false when it must run by itself, after finish.
  bool take(const std::string& statement);
  /// Runs what was taken on and waits; settings and small numbers of statements in `main` as well. False when anything
  /// failed: then what stands is of no use any more.
  bool finish(db::Connection& main);

 private:
  struct Taken {
    std::string sql;
    std::string table;  ///< empty: for every lane
  };
  static bool run_in(db::Connection& session, const std::vector<const Taken*>& work);
  bool open_sessions();
  bool run_side_by_side(const std::vector<Taken>& statements);

  const ScratchDatabase& scratch_;
  std::string first_;
  std::vector<std::string> settings_;  ///< all so far, for sessions that come later
  std::vector<Taken> statements_;
  std::vector<std::shared_ptr<db::Connection>> sessions_;
};

}  // namespace plumb::desired
