// Settings of the server that change what SQL means or how it is printed: what plumb makes is what it reads on each.
#include <gtest/gtest.h>

#include "described_database.hpp"

namespace plumb::test {
namespace {

struct Mode {
  const char* name;
  std::vector<std::string> options;
  std::string setting = {};  ///< of a variable that is no option
};

std::ostream& operator<<(std::ostream& out, const Mode& mode) { return out << mode.name; }

class ServerMode : public testing::TestWithParam<Mode> {
 protected:
  void SetUp() override {
    if (!mariadb_is_wanted()) GTEST_SKIP();
    server_ = std::make_unique<MariaDbServer>(GetParam().options);
    if (!GetParam().setting.empty()) db::open(server_->root_target(), db::OpenMode::ReadWrite)->execute(GetParam().setting);
  }

  void makes_and_reads(const std::string& description) {
    const Workplace place(*server_);
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--to", description})));
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--to", description})));
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"validate", "--to", description})));
    for (const char* inspected : {"inspected.plumb", "inspected.sql"}) {
      SCOPED_TRACE(inspected);
      EXPECT_TRUE(ended_with(0, place.plumb_on_db({"inspect", "-o", inspected})));
      EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--to", inspected})));
      const Workplace copy(*server_);
      copy.write(inspected, place.read(inspected));
      EXPECT_TRUE(ended_with(0, copy.plumb_on_db({"apply", "--yes", "--to", inspected})));
      EXPECT_TRUE(ended_with(0, copy.plumb({"diff", place.url(), copy.url()})));
    }
  }

  std::unique_ptr<MariaDbServer> server_;
};

TEST_P(ServerMode, MakesAndReadsTheRolePlayingGame) { makes_and_reads(std::string(PLUMB_SOURCE_DIR) + "/schema/bamort"); }
TEST_P(ServerMode, MakesAndReadsTheShop) { makes_and_reads(std::string(PLUMB_SOURCE_DIR) + "/schema/shop/shop.plumb"); }

TEST_P(ServerMode, MakesAndReadsTextsThatModesReadInTheirOwnWay) {
  const Workplace place(*server_);
  place.write("texts.plumb",
              "table texts {\n  id    serial\n  a     varchar(20) = \"it's\" comment \"a 'b' \\\\ c\"\n  b     varchar(20)?\n  c     varchar(40)? = (concat(a, 'x\\\\'))\n  moved timestamp = now on update now\n"
              "  maybe timestamp?\n  state enum(\"on\", \"o'ff\") = \"on\"\n  check (a <> '' or b is not null)\n}\n\nview both_texts (select concat(a, b) as ab, 'it''s' as c from texts)\n\n"
              "trigger texts_in before insert on texts (set new.b = concat(new.a, '-'))\n");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--to", "texts.plumb"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--to", "texts.plumb"})));
  place.sql("INSERT INTO texts (id) VALUES (1)");
  EXPECT_EQ(place.text("SELECT concat_ws('|', a, b, c, maybe is null, state) FROM texts"), "it's|it's-|it'sx\\|1|on");
  makes_and_reads(place.path("texts.plumb"));
}

TEST_P(ServerMode, GoesBack) {
  const Workplace place(*server_);
  place.sql("CREATE TABLE t (id int PRIMARY KEY, ref varchar(30)); INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd'), (5, 'abcdefghijklmnopqrstuvwxyz')");
  const std::string rows = place.rows();
  place.write("after.sql", "CREATE TABLE t (id int PRIMARY KEY, ref varchar(26), more int)");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "narrow", "--to", "after.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"rollback", "--yes"})));
  EXPECT_EQ(place.rows(), rows);
}

INSTANTIATE_TEST_SUITE_P(, ServerMode,
                         testing::Values(Mode{"quotes", {"--sql-mode=ANSI_QUOTES,STRICT_TRANS_TABLES"}}, Mode{"no_backslashes", {"--sql-mode=NO_BACKSLASH_ESCAPES,STRICT_TRANS_TABLES"}},
                                         Mode{"pipes_and_spaces", {"--sql-mode=PIPES_AS_CONCAT,IGNORE_SPACE,HIGH_NOT_PRECEDENCE,REAL_AS_FLOAT"}},
                                         Mode{"few_quotes", {"--sql-mode="}, "SET GLOBAL sql_quote_show_create = 0"}, Mode{"own_timestamps", {"--explicit-defaults-for-timestamp=0"}},
                                         Mode{"limits", {"--max-statement-time=0.5"}, "SET GLOBAL sql_select_limit = 3, completion_type = CHAIN, alter_algorithm = 'INSTANT', max_join_size = 3, tx_isolation = 'READ-COMMITTED'"},
                                         Mode{"small_names", {"--lower-case-table-names=1"}},
                                         Mode{"latin", {"--character-set-server=latin1", "--collation-server=latin1_german2_ci", "--default-storage-engine=Aria"}},
                                         Mode{"strict_dates", {"--sql-mode=TRADITIONAL,NO_ZERO_DATE,NO_ZERO_IN_DATE,ONLY_FULL_GROUP_BY,NO_AUTO_VALUE_ON_ZERO,SIMULTANEOUS_ASSIGNMENT"}},
                                         Mode{"oracle", {"--sql-mode=ORACLE"}}),
                         [](const auto& mode) { return std::string(mode.param.name); });

}  // namespace
}  // namespace plumb::test
