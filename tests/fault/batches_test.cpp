// Rows of a large table are changed in batches; a run that is cut off between two of them, or in one, goes on there or goes back.
#include <gtest/gtest.h>

#include <csignal>

#include "apply/apply.hpp"
#include "faults.hpp"
#include "planned.hpp"
#include "plan/document.hpp"
#include "support/mariadb_server.hpp"

namespace plumb::test {
namespace {

const char* const wanted = R"(
schema batches version 2.0.0
table big {
  id    bigint unsigned primary key
  size  varchar(20) backfill (concat('size ', id))
  rank  int backfill (id % 7)
}
drop column big.note
)";

class InBatches : public MariaDbTest {
 protected:
  const Dialect& dialect() const { return dialect_for("mariadb"); }

  /// Every third row has no size, every fifth no note; keys have gaps.
  static void make_old(db::Connection& connection) {
    connection.execute("CREATE TABLE big (id bigint unsigned NOT NULL PRIMARY KEY, size varchar(20) NULL, note varchar(10) NULL)");
    connection.execute("INSERT INTO big SELECT seq * 5 + seq DIV 1000 * 77, IF(seq % 3 = 0, NULL, 'given'), IF(seq % 5 = 0, NULL, seq) FROM seq_1_to_105000");
  }
};

TEST_F(InBatches, EveryChangeOfRowsOfALargeTableRuns) {
  make_old(connection());
  const plan::Plan plan = planned(connection(), wanted);
  std::size_t fills = 0;
  for (const Step& step : plan.steps) {
    for (const Command& command : step.commands) {
      if (command.kind != CommandKind::Fill) continue;
      ++fills;
      EXPECT_TRUE(command.batches) << command.sql;
    }
  }
  EXPECT_EQ(fills, 3U) << plan::to_text(plan, false) << "two fills, one of them with what it keeps, and the copy of what is lost";
  EXPECT_NE(plan::to_sql(plan).find("-- in batches of 10,000 rows by id"), std::string::npos);
}

TEST_F(InBatches, TheStatementTypedByHandGoesOverAllRows) {
  make_old(connection());
  for (const Step& step : planned(connection(), wanted).steps) {
    for (const Command& command : step.commands) {
      for (const std::string& sql : statements_of(command)) connection().query(sql);
    }
  }
  EXPECT_EQ(db::single_integer(connection(), "SELECT count(*) FROM big WHERE size = concat('size ', id) AND rank = id % 7"), 35000);
}

TEST_F(InBatches, ARunThatIsCutOffGoesOnOrGoesBack) {
  const FreshDatabase whole = server().fresh_database("whole");
  const auto session = whole.connect();
  make_old(*session);
  Ends ends{state_of(*session, dialect()), {}};
  const apply::Result result = apply::apply(*session, dialect(), planned(*session, wanted), {});
  ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
  ends.done = state_of(*session, dialect());
  std::size_t halfway = 0;
  bool reached_the_end = false;
  for (std::size_t call = 30; !reached_the_end; call += stride(37)) {
    SCOPED_TRACE("call " + std::to_string(call));
    const FreshDatabase made = server().fresh_database("cut");
    const auto own = made.connect();
    make_old(*own);
    const plan::Plan plan = planned(*own, wanted);
    reached_the_end = !apply_until_killed(made.target(), dialect(), plan, {call, call % 2 == 0});
    if (!reached_the_end) halfway += static_cast<std::size_t>(db::single_integer(*own, "SELECT count(*) FROM plumb_journal WHERE mark IS NOT NULL AND finished_at IS NULL"));
    expect_made_whole(*own, dialect(), ends, (call / 37) % 2 == 0);
    if (HasFailure()) return;
  }
  EXPECT_GT(halfway, 1U) << "some were cut off between two batches";
}

TEST_F(InBatches, AFillThatFailsHalfwayGoesBack) {
  make_old(connection());
  connection().execute("UPDATE big SET id = id + 100000000000000000 WHERE id > 400000 ORDER BY id DESC");  // 'size 10…' has 23 characters
  const State old = state_of(connection(), dialect());
  const apply::Result result = apply::apply(connection(), dialect(), planned(connection(), wanted), {});
  ASSERT_EQ(result.outcome, apply::Outcome::Refused) << result.message;
  EXPECT_GT(db::single_integer(connection(), "SELECT count(*) FROM big WHERE size LIKE 'size %'"), 3000) << "some batches stand";
  expect_made_whole(connection(), dialect(), {old, {}}, true);
}

}  // namespace
}  // namespace plumb::test
