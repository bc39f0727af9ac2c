// The MariaDB session on Connector/C.
#include <errmsg.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <utility>

#include "db/mariadb/open.hpp"
#include "db/mariadb/results.hpp"
#include "db/mariadb/session.hpp"
#include "db/mariadb/statement.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::db::mariadb {
namespace {

/// A packet of several queries holds at most this much: well below the server's smallest usual packet of 16
/// MB, and small enough that reading can begin while the server still works.
constexpr std::size_t largest_packet_queries = 200;
constexpr std::size_t largest_packet_bytes = 1U << 20U;

/// Several statements in one packet are allowed while this lives, and at no other time.
class MultiStatements {
 public:
  explicit MultiStatements(MYSQL* handle) : handle_(handle) {
    if (mysql_set_server_option(handle_, MYSQL_OPTION_MULTI_STATEMENTS_ON) != 0)
      throw last_error(handle_, {});
  }
  ~MultiStatements() { mysql_set_server_option(handle_, MYSQL_OPTION_MULTI_STATEMENTS_OFF); }
  MultiStatements(const MultiStatements&) = delete;
  MultiStatements& operator=(const MultiStatements&) = delete;

 private:
  MYSQL* handle_;
};

/// Reads away whatever results are left, so that the session can be used again.
void discard_results(MYSQL* handle) {
  while (mysql_next_result(handle) == 0) {
    const Result result(mysql_use_result(handle));
  }
}

/// The result that has arrived, as rows; a statement without one gives no columns.
ResultSet stored_result(MYSQL* handle, std::string_view sql) {
  const Result result(mysql_store_result(handle));
  if (result) return read_all(result.get());
  // NULL stands for "no rows by nature" and for a failure alike.
  if (mysql_errno(handle) != 0) throw last_error(handle, sql);
  return {};
}

/// The text without what would end it early when another statement follows.
std::string_view without_end(std::string_view sql) {
  sql = trim(sql);
  while (!sql.empty() && sql.back() == ';') sql = trim(sql.substr(0, sql.size() - 1));
  return sql;
}

/// ALTER, CREATE … SELECT and the like report the rows that they copied; nobody's rows changed.
bool is_definition(std::string_view sql) {
  static constexpr std::array<std::string_view, 8> words = {"alter", "analyze",  "create", "drop",
                                                            "grant", "optimize", "rename", "truncate"};
  sql::Token token = sql::next_token(sql, 0, sql::mariadb_lexis);
  while (token.kind == sql::TokenKind::Comment) {
    token = sql::next_token(sql, token.offset + token.text.size(), sql::mariadb_lexis);
  }
  for (const auto word : words) {
    if (equal_ignoring_case(token.text, word)) return true;
  }
  return false;
}

class MariaDbConnection final : public Connection {
 public:
  MariaDbConnection(Handle handle, const Target& target)
      : session_(std::move(handle), target),
        display_name_(target.display_name()),
        database_(target.database) {}

  std::string_view engine() const override { return "mariadb"; }
  std::string server_version() override { return mysql_get_server_info(session_.handle()); }
  std::string display_name() const override { return display_name_; }
  std::string database() const override { return database_; }

  ResultSet query(std::string_view sql) override {
    return session_.watched([&] {
      send(sql);
      ResultSet result = stored_result(session_.handle(), sql);
      finish(sql);
      return result;
    });
  }

  void for_each_row(std::string_view sql, const std::function<void(const sql::Row&)>& visit) override {
    session_.watched([&] {
      send(sql);
      try {
        stream(sql, visit);
      } catch (...) {
        discard_results(session_.handle());
        throw;
      }
      finish(sql);
    });
  }

  std::vector<ResultSet> query_all(std::span<const std::string> queries) override {
    std::vector<ResultSet> results;
    results.reserve(queries.size());
    for_each_result(queries, [&](std::size_t, ResultSet result) { results.push_back(std::move(result)); });
    return results;
  }

  void for_each_result(std::span<const std::string> queries,
                       const std::function<void(std::size_t, ResultSet)>& visit) override {
    if (queries.empty()) return;
    const MultiStatements multi(session_.handle());
    std::size_t done = 0;
    while (done < queries.size()) done += run_packet(queries, done, visit);
  }

  std::uint64_t execute(std::string_view sql) override {
    const std::uint64_t changed = session_.watched([&] { return run(sql); });
    warnings_ = mysql_warning_count(session_.handle()) == 0 ? std::vector<std::string>() : read_warnings();
    return is_definition(sql) ? 0 : changed;
  }

  std::unique_ptr<PreparedStatement> prepare(std::string_view sql) override {
    return std::make_unique<MariaDbPrepared>(session_, sql);
  }

  void begin() override {
    session_.finish();
    run("START TRANSACTION");
  }
  void commit() override {
    session_.finish();
    run("COMMIT");
  }
  void rollback() override {
    session_.wait_and_forget();
    run("ROLLBACK");
  }

  void begin_snapshot() override {
    run("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    run("SAVEPOINT plumb_snapshot");
  }

  /// A table that was read is locked against changes of its definition until the savepoint before is gone back to.
  void let_go_of_tables() override { run("ROLLBACK TO SAVEPOINT plumb_snapshot"); }

  /// Source: https://mariadb.com/kb/en/aborting-statements/
  void limit_time(std::chrono::seconds longest) override { run(fmt::format("SET SESSION max_statement_time = {}", longest.count())); }

  /// Source: https://mariadb.com/kb/en/com_field_list/, the one answer with the server's own bytes.
  std::map<std::string, std::string> exact_defaults(std::string_view table) override {
    return session_.watched([&] {
      const std::string name(table);
      const Result result(mysql_list_fields(session_.handle(), name.c_str(), nullptr));
      if (!result) throw last_error(session_.handle(), name);
      std::map<std::string, std::string> defaults;
      const unsigned count = mysql_num_fields(result.get());
      const MYSQL_FIELD* fields = mysql_fetch_fields(result.get());
      for (unsigned i = 0; i < count; ++i) {
        if (fields[i].def == nullptr) continue;
        // Connector/C leaves def_length at 0 here; a value with a zero byte comes out short.
        defaults.emplace(std::string(fields[i].name, fields[i].name_length), fields[i].def);
      }
      return defaults;
    });
  }

  std::vector<std::string> warnings() override { return warnings_; }

  void on_progress(std::function<bool()> callback) override { session_.on_progress(std::move(callback)); }

  bool allow_writes_only_to(const std::optional<std::vector<std::string>>&) override { return false; }

 private:
  void send(std::string_view sql) {
    if (mysql_real_query(session_.handle(), sql.data(), sql.size()) != 0)
      throw last_error(session_.handle(), sql);
  }

  /// A CALL brings further results; they are read away, and their errors are this statement's errors.
  void finish(std::string_view sql) {
    MYSQL* handle = session_.handle();
    while (mysql_more_results(handle)) {
      if (mysql_next_result(handle) > 0) throw last_error(handle, sql);
      stored_result(handle, sql);
    }
  }

  std::uint64_t run(std::string_view sql) {
    MYSQL* handle = session_.handle();
    send(sql);
    const bool has_rows = mysql_field_count(handle) != 0;
    stored_result(handle, sql);
    const std::uint64_t changed = has_rows ? 0 : mysql_affected_rows(handle);
    finish(sql);
    return changed;
  }

  void stream(std::string_view sql, const std::function<void(const sql::Row&)>& visit) {
    MYSQL* handle = session_.handle();
    const Result result(mysql_use_result(handle));
    if (!result) {
      if (mysql_errno(handle) != 0) throw last_error(handle, sql);
      return;
    }
    const std::vector<Reading> how = readings(result.get());
    sql::Row row;
    while (MYSQL_ROW fields = mysql_fetch_row(result.get())) {
      read_row(fields, mysql_fetch_lengths(result.get()), how, row);
      visit(row);
    }
    if (mysql_errno(handle) != 0) throw last_error(handle, sql);
  }

  using Visit = std::function<void(std::size_t, ResultSet)>;

  /// Sends as many of the queries as fit into one packet, from number `first` on, and gives their results
  /// away; their number.
  std::size_t run_packet(std::span<const std::string> queries, std::size_t first, const Visit& visit) {
    std::string packet;
    std::size_t count = 0;
    while (first + count < queries.size() && count < largest_packet_queries) {
      const std::string_view next = without_end(queries[first + count]);
      if (count != 0 && packet.size() + next.size() > largest_packet_bytes) break;
      // The line end closes a comment at the end of the statement before.
      if (count != 0) packet += "\n;";
      packet += next;
      ++count;
    }
    session_.watched([&] { read_packet(packet, queries.subspan(first, count), first, visit); });
    return count;
  }

  void read_packet(const std::string& packet, std::span<const std::string> queries, std::size_t first,
                   const Visit& visit) {
    MYSQL* handle = session_.handle();
    if (mysql_real_query(handle, packet.data(), packet.size()) != 0)
      throw last_error(handle, queries.front());
    for (std::size_t i = 0; i < queries.size(); ++i) {
      if (i != 0) {
        const int next = mysql_next_result(handle);
        if (next > 0) throw last_error(handle, queries[i]);
        if (next < 0) throw miscounted(queries[i]);
      }
      try {
        visit(first + i, stored_result(handle, queries[i]));
      } catch (...) {
        discard_results(handle);
        throw;
      }
    }
    if (!mysql_more_results(handle)) return;
    discard_results(handle);
    throw miscounted(queries.back());
  }

  static DatabaseError miscounted(const std::string& sql) {
    return {DatabaseErrorKind::Other, "mariadb", CR_COMMANDS_OUT_OF_SYNC,
            "a query in a batch must be one statement with one result", sql};
  }

  /// A note of CREATE … IF NOT EXISTS, which asked for nothing else.
  static constexpr std::string_view table_exists = "1050";

  std::vector<std::string> read_warnings() {
    std::vector<std::string> lines;
    const ResultSet result = query("SHOW WARNINGS");
    for (const auto& row : result.rows) {
      if (as_text(row.at(1)) == table_exists) continue;
      lines.push_back(fmt::format("{} {}: {}", as_text(row.at(0)), as_text(row.at(1)), as_text(row.at(2))));
    }
    return lines;
  }

  Session session_;
  std::string display_name_;
  std::string database_;
  std::vector<std::string> warnings_;
};

}  // namespace

std::unique_ptr<Connection> open(const Target& target, OpenMode mode) {
  Handle handle = connect(target);
  pin_session(handle.get(), target, mode);
  return std::make_unique<MariaDbConnection>(std::move(handle), target);
}

}  // namespace plumb::db::mariadb
