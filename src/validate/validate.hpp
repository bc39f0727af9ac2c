// validate/validate.hpp: the check after a deployment: is the database what the description says, rows included?
#pragma once

#include <string>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "model/description.hpp"

namespace plumb::validate {

enum class Level {
  Error,    ///< a difference: exit code 2
  Warning,  ///< a difference only with --strict
  Note
};

struct Finding {
  Level level = Level::Error;
  std::string code;  ///< "missing-table", "drift", "undeclared", "orphaned-name", "broken-reference", "failed-assertion", "version", "opaque", "pending-once", "once"
  std::string text;
  Origin origin;
};

struct Report {
  std::string database;
  std::string recorded_version;
  std::string declared_version;
  std::size_t tables = 0;        ///< declared ones that were compared
  std::size_t foreign_keys = 0;  ///< whose rows were checked
  std::size_t assertions = 0;    ///< that were asked
  std::vector<Finding> findings;
};

/// Reads only. A server is asked for its own spelling, for which it may make a temporary table, unless
/// `asks_server_spelling` is false. Throws DatabaseError.
Report check(db::Connection& connection, const Dialect& dialect, const Description& description, bool asks_server_spelling = true);

/// True when the report says that the database is not what it should be.
bool differs(const Report& report, bool strict);

std::string to_text(const Report& report, bool strict, bool color);
std::string to_json(const Report& report, bool strict);

}  // namespace plumb::validate
