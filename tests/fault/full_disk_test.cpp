// A disk that fills up at any call to the engine: the run stops and says why, and once there is room again it is made whole.
//
// PLUMB_FAULT_STRIDE=1 looks at every call; an ordinary run looks at every few.
#include <gtest/gtest.h>

#include <unistd.h>

#include <optional>

#include "apply/apply.hpp"
#include "apply/history.hpp"
#include "deployment.hpp"
#include "faults.hpp"
#include "faulty_connection.hpp"
#include "support/error.hpp"
#include "support/mariadb_server.hpp"
#include "support/scratch_folder.hpp"
#include "support/small_disk.hpp"

namespace plumb::test {
namespace {

constexpr std::uint64_t megabyte = 1U << 20U;

testing::AssertionResult says_that_the_disk_is_full(const apply::Result& result) {
  // InnoDB gives up altogether where it cannot make room for what it has promised
  for (const char* words : {"full", "No space left", "Lost connection", "gone away"}) {
    if (result.message.find(words) != std::string::npos) return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << "the disk is full, and the message says: " << result.message;
}

/// Applies with a disk that is full from the call on. False when the call does not come.
bool apply_until_full(db::Connection& session, const Dialect& dialect, std::size_t call, SmallDisk& disk) {
  const plan::Plan plan = plan_for(session, dialect);
  bool filled = false;
  FaultyConnection faulty(session, {call, false}, [&] {
    disk.fill();
    filled = true;
  });
  apply::Result result;
  try {
    result = apply::apply(faulty, dialect, plan, {});
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.kind(), DatabaseErrorKind::Connection) << error.what();
    return filled;
  }
  if (result.outcome == apply::Outcome::Done) return filled;  // nothing more was to be written, or there was room in what stands
  EXPECT_EQ(result.outcome, apply::Outcome::Failed) << result.message;
  EXPECT_TRUE(says_that_the_disk_is_full(result));
  count_strike(std::string("the disk full at a call, ") + (session.engine() == "sqlite" ? "SQLite" : "MariaDB"));
  return filled;
}

bool answers(db::Connection& session) {
  try {
    session.query("SELECT 1");
    return true;
  } catch (const DatabaseError&) {
    return false;
  }
}

TEST(MariaDbFullDisk, AtAnyCallLosesNothing) {
  if (!mariadb_is_wanted()) GTEST_SKIP() << "PLUMB_TEST_ENGINES leaves MariaDB out";
  if (const std::string why = SmallDisk::why_not(); !why.empty()) GTEST_SKIP() << why;
  SmallDisk disk(64 * megabyte);
  const ScratchFolder temporary;  // what the server only reads for an answer has room
  MariaDbServer own({"--tmpdir=" + temporary.path(), "--innodb-autoextend-increment=1"}, disk.path());  // the system tablespace grows by 64 MiB otherwise
  const Dialect& dialect = dialect_for("mariadb");
  const Ends ends = mariadb_ends(own);
  std::size_t stopped = 0;
  bool reached_the_end = false;
  for (std::size_t call = 1; !reached_the_end; call += stride(11)) {
    SCOPED_TRACE("call " + std::to_string(call));
    const FreshDatabase made = own.fresh_database("full");
    auto session = made.connect();
    make_old(*session, mariadb_trigger);
    reached_the_end = !apply_until_full(*session, dialect, call, disk);
    disk.empty();
    if (!answers(*session)) {
      own.kill9();
      own.start();
      session = made.connect();
    }
    stopped += apply::half_done(*session, dialect) ? 1 : 0;
    expect_made_whole(*session, dialect, ends, call % 2 == 0, once_steps);
    session->execute("DROP DATABASE " + dialect.quote(made.name()));
    if (HasFailure()) return;
  }
  EXPECT_GT(stopped, 0U) << "a deployment that a full disk stopped halfway";
  RecordProperty("stopped", static_cast<int>(stopped));
}

class SqliteFullDisk : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = SmallDisk::why_not(); !why.empty()) GTEST_SKIP() << why;
    disk_.emplace(4 * megabyte);
    const auto session = made("whole.db");
    ends_.old = state_of(*session, dialect());
    ASSERT_EQ(apply::apply(*session, dialect(), plan_for(*session, dialect()), {}).outcome, apply::Outcome::Done);
    ends_.done = state_of(*session, dialect());
  }

  const Dialect& dialect() const { return dialect_for("sqlite"); }
  SmallDisk& disk() { return *disk_; }

  db::Target target(const std::string& name) { return db::parse_target("sqlite:" + (*disk_ / name)); }

  std::unique_ptr<db::Connection> made(const std::string& name) {
    auto session = db::open(target(name), db::OpenMode::CreateIfMissing);
    make_old(*session, sqlite_trigger);
    return session;
  }

  /// The file is as it was or as it should be, and a run with room enough ends well.
  void expect_whole(const std::string& name) {
    disk().empty();
    const auto session = db::open(target(name), db::OpenMode::ReadWrite);
    EXPECT_EQ(db::as_text(*db::single_value(*session, "PRAGMA integrity_check")), "ok");
    EXPECT_FALSE(apply::half_done(*session, dialect()));
    if (state_of(*session, dialect()) == ends_.done) return;
    EXPECT_TRUE(state_of(*session, dialect()) == ends_.old);
    EXPECT_EQ(apply::apply(*session, dialect(), plan_for(*session, dialect()), {}).outcome, apply::Outcome::Done);
    EXPECT_TRUE(state_of(*session, dialect()) == ends_.done);
  }

 private:
  std::optional<SmallDisk> disk_;
  Ends ends_;
};

TEST_F(SqliteFullDisk, AtAnyCallLeavesTheOldOrTheNewDatabase) {
  bool reached_the_end = false;
  for (std::size_t call = 1; !reached_the_end; call += stride(3)) {
    SCOPED_TRACE("call " + std::to_string(call));
    const auto session = made("call.db");
    reached_the_end = !apply_until_full(*session, dialect(), call, disk());
    expect_whole("call.db");
    ::unlink((disk() / "call.db").c_str());
    if (HasFailure()) return;
  }
}

TEST_F(SqliteFullDisk, WithAnyRoomLeavesTheOldOrTheNewDatabase) {
  bool was_enough = false;
  std::size_t stopped = 0;
  for (std::uint64_t room = 0; !was_enough; room += 4096 * stride(2)) {
    SCOPED_TRACE(std::to_string(room) + " bytes");
    const auto session = made("room.db");
    session->execute("INSERT INTO children SELECT value, 1, value, 0.5, '1e9', 'small' FROM (WITH RECURSIVE n(value) AS (SELECT 1000 UNION ALL SELECT value + 1 FROM n WHERE value < 3000) SELECT value FROM n)");
    const State old = state_of(*session, dialect());
    const plan::Plan plan = plan_for(*session, dialect());
    disk().fill(room);
    const apply::Result result = apply::apply(*session, dialect(), plan, {});
    was_enough = result.outcome == apply::Outcome::Done;
    if (!was_enough) {
      ++stopped;
      EXPECT_TRUE(says_that_the_disk_is_full(result));
      EXPECT_TRUE(state_of(*session, dialect()) == old);
    }
    disk().empty();
    ::unlink((disk() / "room.db").c_str());
    if (HasFailure()) return;
  }
  EXPECT_GT(stopped, 5U);
}

}  // namespace
}  // namespace plumb::test
