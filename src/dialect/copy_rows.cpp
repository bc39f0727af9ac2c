#include "dialect/copy_rows.hpp"

#include "sql/quote.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

std::string columns_of(const Table& table, const Dialect& dialect) {
  std::vector<std::string> columns;
  for (const Column& column : table.columns) {
    if (!column.generated) columns.push_back(dialect.quote(column.name));
  }
  return join(columns, ", ");
}

}  // namespace

std::string reach(db::Connection& session, const db::Target& target, const Dialect& dialect) {
  if (dialect.capabilities().needs_server) return dialect.quote(target.database);
  session.execute("ATTACH DATABASE " + sql::quote_string(target.path, false) + " AS plumb_source");
  return "plumb_source";
}

std::string copy_rows(const Table& table, const std::string& source, const Dialect& dialect) {
  const std::string columns = columns_of(table, dialect);
  return "INSERT INTO " + dialect.quote(table.name) + " (" + columns + ") SELECT " + columns + " FROM " + source + "." + dialect.quote(table.name);
}

std::string rows_that_differ(const Table& table, const std::string& source, const Dialect& dialect) {
  const std::string columns = columns_of(table, dialect);
  const std::string here = "SELECT " + columns + " FROM " + dialect.quote(table.name);
  const std::string there = "SELECT " + columns + " FROM " + source + "." + dialect.quote(table.name);
  return "SELECT (SELECT count(*) FROM (" + here + " EXCEPT " + there + ") AS gained) + (SELECT count(*) FROM (" + there + " EXCEPT " + here +
         ") AS lost) + abs((SELECT count(*) FROM " + dialect.quote(table.name) + ") - (SELECT count(*) FROM " + source + "." + dialect.quote(table.name) + "))";
}

}  // namespace plumb
