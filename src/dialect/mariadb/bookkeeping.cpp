// dialect/mariadb/bookkeeping.cpp: plumb's own tables and its lock on MariaDB.
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {

std::string MariaDbDialect::bookkeeping_query(std::string_view table) const {
  return "SELECT count(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = " + quoted_string(table);
}

std::string MariaDbDialect::size_query() const {
  return "SELECT CAST(coalesce(sum(DATA_LENGTH + INDEX_LENGTH), 0) AS SIGNED) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()";
}

std::vector<std::string> MariaDbDialect::bookkeeping_tables() const {
  return {
      "CREATE TABLE IF NOT EXISTS plumb_history (\n"
      "  number bigint NOT NULL PRIMARY KEY,\n"
      "  version varchar(100) NOT NULL,\n"
      "  checksum char(64) NOT NULL,\n"
      "  applied_by varchar(255) NOT NULL,\n"
      "  started_at varchar(30) NOT NULL,\n"
      "  duration_ms bigint NULL,\n"
      "  statements longtext NOT NULL,\n"
      "  statements_run bigint NOT NULL,\n"
      "  outcome varchar(20) NOT NULL,\n"
      "  error text NULL,\n"
      "  from_fingerprint char(64) NOT NULL,\n"
      "  to_fingerprint char(64) NOT NULL,\n"
      "  plan longtext NOT NULL,\n"
      "  undoes bigint NULL\n"
      ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
      "CREATE TABLE IF NOT EXISTS plumb_journal (\n"
      "  deployment bigint NOT NULL,\n"
      "  step bigint NOT NULL,\n"
      "  command bigint NOT NULL,\n"
      "  before_state varchar(64) NOT NULL,\n"
      "  started_at varchar(30) NOT NULL,\n"
      "  finished_at varchar(30) NULL,\n"
      "  changed_rows bigint NULL,\n"
      "  mark varchar(30) NULL,\n"
      "  PRIMARY KEY (deployment, step, command)\n"
      ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
      "CREATE TABLE IF NOT EXISTS plumb_once (\n"
      "  name varchar(190) NOT NULL PRIMARY KEY,\n"
      "  version varchar(100) NOT NULL,\n"
      "  checksum char(64) NOT NULL,\n"
      "  deployment bigint NOT NULL,\n"
      "  ran_at varchar(30) NOT NULL,\n"
      "  outcome varchar(20) NOT NULL,\n"
      "  error text NULL\n"
      ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
      "CREATE TABLE IF NOT EXISTS plumb_syncs (\n"
      "  deployment bigint NOT NULL,\n"
      "  table_name varchar(64) NOT NULL,\n"
      "  mode varchar(20) NOT NULL,\n"
      "  compared bigint NOT NULL,\n"
      "  inserted bigint NOT NULL,\n"
      "  updated bigint NOT NULL,\n"
      "  deleted bigint NOT NULL,\n"
      "  retired bigint NOT NULL,\n"
      "  unchanged bigint NOT NULL,\n"
      "  kept bigint NOT NULL,\n"
      "  conflicts bigint NOT NULL,\n"
      "  only_here bigint NOT NULL,\n"
      "  duration_ms bigint NOT NULL,\n"
      "  PRIMARY KEY (deployment, table_name)\n"
      ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"};
}

/// The name holds the database, because such locks are the server's (mariadb.com/kb/en/get_lock). The lock outlives
/// implicit commits and is free when its session is gone and its last statement has ended.
std::string MariaDbDialect::lock_query(std::string_view database, unsigned seconds) const {
  return "SELECT GET_LOCK(" + quoted_string("plumb:" + std::string(database)) + ", " + std::to_string(seconds) + ")";
}

std::string MariaDbDialect::unlock_query(std::string_view database) const {
  return "SELECT RELEASE_LOCK(" + quoted_string("plumb:" + std::string(database)) + ")";
}

/// A write lock waits for every metadata lock of others, for as long as lock_wait_timeout says
/// (mariadb.com/kb/en/lock-tables).
std::vector<std::string> MariaDbDialect::wait_for_tables(const std::vector<std::string>& tables) const {
  if (tables.empty()) return {};
  std::vector<std::string> locks;
  for (const auto& table : tables) locks.push_back(quoted(table) + " WRITE");
  return {"LOCK TABLES " + join(locks, ", "), "UNLOCK TABLES"};
}

}  // namespace plumb::mariadb
