// db/mariadb/statement.hpp: a statement prepared on the server, run with one row of parameters or many.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "db/mariadb/bulk.hpp"
#include "db/mariadb/session.hpp"

namespace plumb::db::mariadb {

class MariaDbPrepared final : public PreparedStatement {
 public:
  /// Borrows the session. Throws DatabaseError.
  MariaDbPrepared(Session& session, std::string_view sql);
  ~MariaDbPrepared() override { session_.wait(); }
  MariaDbPrepared(const MariaDbPrepared&) = delete;
  MariaDbPrepared& operator=(const MariaDbPrepared&) = delete;
  std::uint64_t execute(std::span<const sql::Value> parameters) override;
  std::uint64_t execute_many(std::span<const sql::Row> rows) override;
  void load_many(std::span<const sql::Row> rows) override;
  void start_many() override;
  std::uint64_t finish() override;

 private:
  void check_count(std::size_t given) const;
  void check_counts(std::span<const sql::Row> rows) const;
  std::vector<BulkParameters> arrays_of(std::span<const sql::Row> rows) const;
  /// Binds arrays and runs them; the number of changed rows.
  std::uint64_t run_many(std::vector<BulkParameters>& arrays);
  /// Sends the bound parameters, reads away what comes back; the number of changed rows.
  std::uint64_t run();

  Session& session_;
  std::string sql_;
  StatementHandle statement_;
  unsigned long parameter_count_ = 0;
  std::vector<BulkParameters> loaded_;
  std::vector<BulkParameters> started_;
};

}  // namespace plumb::db::mariadb
