// Others read and write while a deployment runs: what they were told is written stands afterwards, in the right place.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "apply/apply.hpp"
#include "plan/inverse.hpp"
#include "planned.hpp"
#include "support/error.hpp"
#include "support/mariadb_server.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::test {
namespace {

constexpr int rows = 4000;
constexpr int writers = 3;

/// Columns change their type, get a name, an index, a default; a column and a table are dropped. `stock.amount` is what the others write, and while
/// it stands the `fax` that is dropped.
const char* const desired = R"(
schema busy version 2.0.0
table stock {
  id      bigint primary key
  amount  bigint
  label   varchar(60)? was word
  rank    int = 0
  index idx_stock_rank (rank)
}
table moved was places {
  id    bigint primary key
  name  varchar(30)
}
drop table old
drop column stock.fax
)";

void make_old(db::Connection& connection) {
  connection.execute("CREATE TABLE stock (id bigint NOT NULL PRIMARY KEY, amount int NOT NULL, word varchar(40) NULL, fax varchar(20) NULL)");
  connection.execute("CREATE TABLE places (id bigint NOT NULL PRIMARY KEY, name varchar(20) NOT NULL)");
  connection.execute("CREATE TABLE old (id bigint NOT NULL PRIMARY KEY, word varchar(20) NOT NULL)");
  db::Transaction transaction(connection);
  const auto insert = connection.prepare("INSERT INTO stock (id, amount, word, fax) VALUES (?, ?, 'as it was', '555')");
  for (std::int64_t i = 1; i <= rows; ++i) insert->execute(std::vector<sql::Value>{i, std::int64_t{0}});
  connection.execute("INSERT INTO places VALUES (1, 'here')");
  connection.execute("INSERT INTO old VALUES (1, 'one')");
  transaction.commit();
}

/// A client that writes without a pause and remembers what the engine has acknowledged.
class Writer {
 public:
  Writer(const db::Target& target, int number) : thread_([this, target, number] { work(target, number); }) {}
  ~Writer() { stop(); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void stop() {
    stopped_ = true;
    if (thread_.joinable()) thread_.join();
  }

  /// By key; -1: deleted.
  const std::map<std::int64_t, std::int64_t>& acknowledged() const { return acknowledged_; }
  const std::map<std::int64_t, std::int64_t>& faxes() const { return faxes_; }
  std::size_t count() const { return count_; }

 private:
  void work(const db::Target& target, int number) {
    std::unique_ptr<db::Connection> session;
    for (std::int64_t turn = 1; !stopped_; ++turn) {
      const std::int64_t mine = 1 + (turn * 37 * writers) % (rows - writers * 2) / writers * writers + number;
      const std::int64_t fresh = 1'000'000 + turn * writers + number;
      try {
        if (!session) session = db::open(target, db::OpenMode::ReadWrite);
        update(*session, mine, turn);
        insert(*session, fresh, turn);
        if (turn % 5 == 0) remove(*session, fresh);
        if (mine > rows / 2) update_fax(*session, mine, turn);
        session->query("SELECT count(*), sum(amount) FROM stock WHERE id < 100");
      } catch (const DatabaseError& error) {
        if (error.kind() == DatabaseErrorKind::Connection) session.reset();
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

  void update(db::Connection& session, std::int64_t key, std::int64_t amount) {
    if (session.execute("UPDATE stock SET amount = " + std::to_string(amount) + " WHERE id = " + std::to_string(key)) == 1) note(key, amount);
  }
  void update_fax(db::Connection& session, std::int64_t key, std::int64_t number) {
    try {
      if (session.execute("UPDATE stock SET fax = '" + std::to_string(number) + "' WHERE id = " + std::to_string(key)) == 1) faxes_[key] = number;
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::Connection) throw;  // else it is dropped just now, or held
    }
  }
  void insert(db::Connection& session, std::int64_t key, std::int64_t amount) {
    session.execute("INSERT INTO stock (id, amount) VALUES (" + std::to_string(key) + ", " + std::to_string(amount) + ")");
    note(key, amount);
  }
  void remove(db::Connection& session, std::int64_t key) {
    session.execute("DELETE FROM stock WHERE id = " + std::to_string(key));
    note(key, -1);
  }
  void note(std::int64_t key, std::int64_t amount) {
    acknowledged_[key] = amount;
    ++count_;
  }

  std::atomic<bool> stopped_{false};
  std::map<std::int64_t, std::int64_t> acknowledged_;
  std::map<std::int64_t, std::int64_t> faxes_;
  std::atomic<std::size_t> count_{0};
  std::thread thread_;
};

/// By key; NULLs are left out.
std::map<std::int64_t, std::int64_t> values_of(db::Connection& connection, const std::string& column) {
  std::map<std::int64_t, std::int64_t> found;
  connection.for_each_row("SELECT id, " + column + " FROM stock WHERE " + column + " IS NOT NULL", [&](const sql::Row& row) { found[std::stoll(db::as_text(row[0]))] = std::stoll(db::as_text(row[1])); });
  return found;
}

void expect_nothing_lost(db::Connection& connection, const std::vector<std::unique_ptr<Writer>>& clients) {
  const auto found = values_of(connection, "amount");
  const auto faxes = values_of(connection, "fax");
  for (const auto& client : clients) {
    for (const auto& [key, amount] : client->acknowledged()) {
      const auto row = found.find(key);
      if (amount < 0) EXPECT_EQ(row, found.end()) << "row " << key << " was deleted, and is there";
      else if (row == found.end()) ADD_FAILURE() << "row " << key << " is gone";
      else EXPECT_EQ(row->second, amount) << "row " << key;
      if (testing::Test::HasFailure()) return;
    }
    for (const auto& [key, fax] : client->faxes()) {
      const auto row = faxes.find(key);
      ASSERT_TRUE(row != faxes.end() && row->second == fax) << "fax of row " << key << " is not " << fax << ", which was acknowledged";
    }
  }
}

void expect_a_deployment_amid_work(const db::Target& target, const Dialect& dialect) {
  const auto connection = db::open(target, db::OpenMode::ReadWrite);
  std::vector<std::unique_ptr<Writer>> clients;
  for (int i = 0; i < writers; ++i) clients.push_back(std::make_unique<Writer>(target, i));
  const auto written = [&] {
    std::size_t count = 0;
    for (const auto& client : clients) count += client->count();
    return count;
  };
  const auto wait_for_writes = [&] {
    for (const std::size_t before = written(); written() < before + 20;) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  };
  apply::Options options;
  options.lock_timeout = std::chrono::seconds(30);
  wait_for_writes();
  const plan::Plan plan = planned(*connection, desired);
  const apply::Result done = apply::apply(*connection, dialect, plan, options);
  ASSERT_EQ(done.outcome, apply::Outcome::Done) << done.message;
  wait_for_writes();
  options.undoes = done.number;
  const apply::Result back = apply::apply(*connection, dialect, plan::inverse(plan, plan.steps.size()), options);
  ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
  wait_for_writes();
  for (const auto& client : clients) client->stop();
  expect_nothing_lost(*connection, clients);
  EXPECT_EQ(db::single_integer(*connection, "SELECT count(*) FROM stock WHERE word = 'as it was' AND fax = '555' AND id <= " + std::to_string(rows / 2)), rows / 2);
}

using MariaDbWorkload = MariaDbTest;

TEST_F(MariaDbWorkload, LosesNoWrite) {
  make_old(connection());
  expect_a_deployment_amid_work(database().target(), dialect_for("mariadb"));
}

TEST(SqliteWorkload, LosesNoWriteInWalMode) {
  const ScratchFolder folder;
  const db::Target target = db::parse_target("sqlite:" + (folder / "busy.db") + "?busy-timeout=30000");
  {
    const auto connection = db::open(target, db::OpenMode::CreateIfMissing);
    connection->query("PRAGMA journal_mode = WAL");
    make_old(*connection);
  }
  expect_a_deployment_amid_work(target, dialect_for("sqlite"));
}

}  // namespace
}  // namespace plumb::test
