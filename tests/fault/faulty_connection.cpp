#include "faulty_connection.hpp"

namespace plumb::test {
namespace {

class FaultyStatement final : public db::PreparedStatement {
 public:
  FaultyStatement(std::unique_ptr<db::PreparedStatement> real, FaultyConnection& connection) : real_(std::move(real)), connection_(connection) {}
  std::uint64_t execute(std::span<const sql::Value> parameters) override {
    return connection_.at_call([&] { return real_->execute(parameters); });
  }

 private:
  std::unique_ptr<db::PreparedStatement> real_;
  FaultyConnection& connection_;
};

}  // namespace

db::ResultSet FaultyConnection::query(std::string_view sql) {
  return at_call([&] { return real_.query(sql); });
}

void FaultyConnection::for_each_row(std::string_view sql, const std::function<void(const sql::Row&)>& visit) {
  at_call([&] { real_.for_each_row(sql, visit); });
}

std::vector<db::ResultSet> FaultyConnection::query_all(std::span<const std::string> queries) {
  return at_call([&] { return real_.query_all(queries); });
}

void FaultyConnection::for_each_result(std::span<const std::string> queries, const std::function<void(std::size_t, db::ResultSet)>& visit) {
  at_call([&] { real_.for_each_result(queries, visit); });
}

std::uint64_t FaultyConnection::execute(std::string_view sql) {
  return at_call([&] { return real_.execute(sql); });
}

std::unique_ptr<db::PreparedStatement> FaultyConnection::prepare(std::string_view sql) { return std::make_unique<FaultyStatement>(real_.prepare(sql), *this); }

void FaultyConnection::begin() {
  at_call([&] { real_.begin(); });
}

void FaultyConnection::commit() {
  at_call([&] { real_.commit(); });
}

}  // namespace plumb::test
