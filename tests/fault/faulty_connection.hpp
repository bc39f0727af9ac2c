// tests/fault/faulty_connection.hpp: a real connection that does something drastic at one of its calls.
#pragma once

#include <functional>

#include "db/connection.hpp"

namespace plumb::test {

/// At which call to the engine, counted from 1, and on which side of it.
struct FaultPoint {
  std::size_t call = 0;
  bool after = false;
};

/// Hands everything on to a session; before or after the call of the fault point it runs `fault` first.
class FaultyConnection final : public db::Connection {
 public:
  FaultyConnection(db::Connection& real, FaultPoint point, std::function<void()> fault) : real_(real), point_(point), fault_(std::move(fault)) {}

  std::string_view engine() const override { return real_.engine(); }
  std::string server_version() override { return real_.server_version(); }
  std::string display_name() const override { return real_.display_name(); }
  std::string database() const override { return real_.database(); }
  db::ResultSet query(std::string_view sql) override;
  void for_each_row(std::string_view sql, const std::function<void(const sql::Row&)>& visit) override;
  std::vector<db::ResultSet> query_all(std::span<const std::string> queries) override;
  void for_each_result(std::span<const std::string> queries, const std::function<void(std::size_t, db::ResultSet)>& visit) override;
  std::uint64_t execute(std::string_view sql) override;
  std::unique_ptr<db::PreparedStatement> prepare(std::string_view sql) override;
  void begin() override;
  void commit() override;
  void rollback() override { real_.rollback(); }
  void begin_snapshot() override { real_.begin_snapshot(); }
  void let_go_of_tables() override { real_.let_go_of_tables(); }
  void limit_time(std::chrono::seconds longest) override { real_.limit_time(longest); }
  std::map<std::string, std::string> exact_defaults(std::string_view table) override { return real_.exact_defaults(table); }
  std::vector<std::string> warnings() override { return real_.warnings(); }
  void on_progress(std::function<bool()> /*callback*/) override {}
  bool allow_writes_only_to(const std::optional<std::vector<std::string>>& writable) override { return real_.allow_writes_only_to(writable); }

  std::size_t calls() const { return calls_; }

  /// Runs one call between its two fault points.
  template <class Call>
  auto at_call(Call&& call) {
    ++calls_;
    if (calls_ == point_.call && !point_.after) fault_();
    if constexpr (std::is_void_v<decltype(call())>) {
      call();
      if (calls_ == point_.call && point_.after) fault_();
    } else {
      auto result = call();
      if (calls_ == point_.call && point_.after) fault_();
      return result;
    }
  }

 private:
  db::Connection& real_;
  FaultPoint point_;
  std::function<void()> fault_;
  std::size_t calls_ = 0;
};

}  // namespace plumb::test
