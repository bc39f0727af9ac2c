// dialect/sqlite/bookkeeping.cpp: plumb's own tables and its lock on SQLite.
#include "dialect/sqlite/sqlite_dialect.hpp"

namespace plumb::sqlite {

std::string SqliteDialect::bookkeeping_query(std::string_view table) const { return "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '" + std::string(table) + "'"; }

std::string SqliteDialect::size_query() const { return "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"; }

std::vector<std::string> SqliteDialect::bookkeeping_tables() const {
  return {
      "CREATE TABLE IF NOT EXISTS plumb_history (\n"
      "  number integer PRIMARY KEY,\n"
      "  version text NOT NULL,\n"
      "  checksum text NOT NULL,\n"
      "  applied_by text NOT NULL,\n"
      "  started_at text NOT NULL,\n"
      "  duration_ms integer,\n"
      "  statements text NOT NULL,\n"
      "  statements_run integer NOT NULL,\n"
      "  outcome text NOT NULL,\n"
      "  error text,\n"
      "  from_fingerprint text NOT NULL,\n"
      "  to_fingerprint text NOT NULL,\n"
      "  plan text NOT NULL,\n"
      "  undoes integer\n"
      ")",
      "CREATE TABLE IF NOT EXISTS plumb_journal (\n"
      "  deployment integer NOT NULL,\n"
      "  step integer NOT NULL,\n"
      "  command integer NOT NULL,\n"
      "  before_state text NOT NULL,\n"
      "  started_at text NOT NULL,\n"
      "  finished_at text,\n"
      "  changed_rows integer,\n"
      "  mark text,\n"
      "  PRIMARY KEY (deployment, step, command)\n"
      ")",
      "CREATE TABLE IF NOT EXISTS plumb_once (\n"
      "  name text NOT NULL PRIMARY KEY,\n"
      "  version text NOT NULL,\n"
      "  checksum text NOT NULL,\n"
      "  deployment integer NOT NULL,\n"
      "  ran_at text NOT NULL,\n"
      "  outcome text NOT NULL,\n"
      "  error text\n"
      ")",
      "CREATE TABLE IF NOT EXISTS plumb_syncs (\n"
      "  deployment integer NOT NULL,\n"
      "  table_name text NOT NULL,\n"
      "  mode text NOT NULL,\n"
      "  compared integer NOT NULL,\n"
      "  inserted integer NOT NULL,\n"
      "  updated integer NOT NULL,\n"
      "  deleted integer NOT NULL,\n"
      "  retired integer NOT NULL,\n"
      "  unchanged integer NOT NULL,\n"
      "  kept integer NOT NULL,\n"
      "  conflicts integer NOT NULL,\n"
      "  only_here integer NOT NULL,\n"
      "  duration_ms integer NOT NULL,\n"
      "  PRIMARY KEY (deployment, table_name)\n"
      ")"};
}

std::string SqliteDialect::lock_query(std::string_view /*database*/, unsigned /*seconds*/) const { return {}; }
std::string SqliteDialect::unlock_query(std::string_view /*database*/) const { return {}; }
std::vector<std::string> SqliteDialect::wait_for_tables(const std::vector<std::string>& /*tables*/) const { return {}; }

}  // namespace plumb::sqlite
