#include "introspect/live_state.hpp"

#include <algorithm>

namespace plumb {
namespace {

/// "10.11.19-MariaDB-0+deb12u1" -> "10.11"
std::string major_and_minor(const std::string& version) {
  std::size_t dots = 0;
  std::size_t end = 0;
  while (end < version.size() && ((version[end] >= '0' && version[end] <= '9') || (version[end] == '.' && ++dots < 2))) ++end;
  return version.substr(0, end);
}

}  // namespace

bool has_bookkeeping(db::Connection& connection, const Dialect& dialect, std::string_view table) {
  return db::single_integer(connection, dialect.bookkeeping_query(table)) > 0;
}

std::string recorded_version(db::Connection& connection, const Dialect& dialect) {
  if (!has_bookkeeping(connection, dialect)) return {};
  const auto version = db::single_value(connection, "SELECT version FROM plumb_history WHERE outcome = 'done' ORDER BY number DESC LIMIT 1");
  return version ? db::as_text(*version) : std::string();
}

std::map<std::string, OnceRun> once_runs(db::Connection& connection, const Dialect& dialect) {
  std::map<std::string, OnceRun> runs;
  if (!has_bookkeeping(connection, dialect, "plumb_once")) return runs;
  for (const sql::Row& row : connection.query("SELECT name, checksum, outcome FROM plumb_once").rows) {
    runs[db::as_text(row.at(0))] = {db::as_text(row.at(1)), db::as_text(row.at(2)) == "failed"};
  }
  return runs;
}

LiveState introspect(db::Connection& connection, const Dialect& dialect) {
  CanonicalSchema schema = dialect.canonicalise(dialect.read(connection));
  std::string version = recorded_version(connection, dialect);
  return {std::move(schema), std::move(version), major_and_minor(connection.server_version())};
}

}  // namespace plumb
