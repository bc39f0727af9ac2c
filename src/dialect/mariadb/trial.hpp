// dialect/mariadb/trial.hpp: which algorithm and lock the server grants to a statement, found by running it on an empty table of the
// same form. Source: https://mariadb.com/kb/en/innodb-online-ddl-overview/
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "dialect/mariadb/side_by_side.hpp"
#include "dialect/step.hpp"
#include "model/schema.hpp"

namespace plumb::mariadb {

/// How the server runs an ALTER TABLE.
struct Grant {
  std::string algorithm;  ///< "INSTANT", "NOCOPY", "INPLACE", "COPY"
  std::string lock;       ///< "NONE", "SHARED", "EXCLUSIVE"
};

/// What trying a statement gave: a grant, or a sentence that says why none is known.
struct Tried {
  std::optional<Grant> grant;
  std::string problem;
};

/// The table that an ALTER TABLE changes; empty for any other statement.
std::string altered_table(std::string_view sql);

/// The statement with the grant written into it, so that the server refuses it (errors 1845 and 1846) rather than do something else.
std::string with_grant(const std::string& sql, const Grant& grant);

/// What stands behind ALTER TABLE and the name, without a grant.
std::string clauses_without_grant(const std::string& sql);

/// Empty tables of the form of those that stand, in a scratch database of the same server. Statements are tried in the order of the
/// plan, and each finds what those before it have made.
class Trial {
 public:
  /// `live`: the database that the tables stand in. Throws DatabaseError when the scratch database cannot be used at all.
  Trial(db::Connection& scratch, SideBySide::Open further, const std::string& live, const Schema& actual, const std::vector<Step>& steps);

  /// Runs the ALTER TABLE statements on the empty tables, several tables at once unless a foreign key comes or goes.
  /// Throws DatabaseError only when the connection is lost.
  std::vector<Tried> alter(const std::vector<std::string>& statements);

  /// True for another statement on which a later one builds.
  bool is_followed(const std::string& sql) const;
  /// Runs such a statement.
  void follow(const std::string& sql);

  /// The name that a table of this name had before the plan; empty for one that the plan makes.
  std::string live_name(const std::string& table) const;

 private:
  void make_tables(const Schema& actual, const std::set<std::string>& wanted);
  void put_on_foreign_keys(const Schema& actual, const std::set<std::string>& wanted, const std::set<std::string>& made);
  void run(const std::string& sql);
  void set(const std::string& setting);
  /// Runs each statement, those of one name in their order; gives the names of which one failed.
  std::set<std::string> run_all(const std::vector<std::string>& names, const std::vector<std::string>& statements);
  Tried alter_alone(const std::string& sql);
  std::vector<Tried> alter_side_by_side(const std::vector<std::string>& statements);

  db::Connection& scratch_;
  SideBySide lanes_;
  std::string live_;
  std::map<std::string, std::string> live_names_;  ///< of the tables that stand, by their names just now
  std::set<std::string> named_;   ///< tables that an ALTER changes or a foreign key refers to
  std::set<std::string> broken_;  ///< tables whose empty one does not follow the plan
};

}  // namespace plumb::mariadb
