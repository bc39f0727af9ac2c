// The database of a whole application as version 0.4.0 left it, on its way to 0.5.0.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>

#include "cli/plumb_program.hpp"
#include "bamort_changes.hpp"
#include "kept_rows.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string schema_folder = std::string(PLUMB_SOURCE_DIR) + "/schema/bamort";

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// One migration of one engine, made once and looked at by many tests.
struct Migration {
  explicit Migration(const std::string& engine) : place(engine) {
    place.sql(file_text(schema_folder + "/history/old_" + engine + ".sql"));
    foreign_keys_of_classes = foreign_keys("gsm_character_classes");
    before = all_rows(*place.connect(db::OpenMode::ReadOnly));
    players = place.list("SELECT figur FROM tischrunde ORDER BY figur_id");
    planned = place.plumb_on_db({"plan", "--to", schema_folder, "-o", "plan.md"});
    applied = place.plumb_on_db({"apply", "plan.md"});
    after = all_rows(*place.connect(db::OpenMode::ReadOnly));
  }

  std::int64_t foreign_keys(const std::string& table) const {
    return place.number(place.is_sqlite()
                            ? "SELECT count(DISTINCT id) FROM pragma_foreign_key_list('" + table + "')"
                            : "SELECT count(*) FROM information_schema.referential_constraints WHERE "
                              "constraint_schema = database() AND table_name = '" +
                                  table + "'");
  }

  std::vector<std::string> indexes(const std::string& table) const {
    return place.list(place.is_sqlite() ? "SELECT name FROM pragma_index_list('" + table +
                                              "') WHERE origin <> 'pk' ORDER BY name"
                                        : "SELECT DISTINCT index_name FROM information_schema.statistics "
                                          "WHERE table_schema = database() AND table_name = '" +
                                              table + "' AND index_name <> 'PRIMARY' ORDER BY index_name");
  }

  Workplace place;
  std::int64_t foreign_keys_of_classes = 0;
  std::map<std::string, TableRows> before;
  std::map<std::string, TableRows> after;
  std::vector<std::string> players;
  RunResult planned;
  RunResult applied;
};

class BamortHistory : public testing::TestWithParam<const char*> {
 protected:
  static void TearDownTestSuite() { migrations().clear(); }

  void SetUp() override {
    const std::string engine = GetParam();
    if (engine == "mariadb" && !mariadb_is_wanted()) GTEST_SKIP() << "PLUMB_TEST_ENGINES leaves MariaDB out";
    auto& migration = migrations()[engine];
    if (!migration) migration = std::make_unique<Migration>(engine);
    migration_ = migration.get();
    ASSERT_TRUE(ended_with(0, migration_->planned));
    ASSERT_TRUE(ended_with(0, migration_->applied));
  }

  Migration& migration() { return *migration_; }
  Workplace& place() { return migration_->place; }

 private:
  static std::map<std::string, std::unique_ptr<Migration>>& migrations() {
    static std::map<std::string, std::unique_ptr<Migration>> all;
    return all;
  }

  Migration* migration_ = nullptr;
};
PLUMB_ON_BOTH_ENGINES(BamortHistory);

TEST_P(BamortHistory, IsBroughtToTheDescriptionByOneReviewedPlan) {
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", schema_folder})));
}

TEST_P(BamortHistory, IsDoneAfterOnePlan) {
  const auto again = place().plumb_on_db({"plan", "--to", schema_folder, "--exit-code"});
  EXPECT_TRUE(ended_with(0, again));
  EXPECT_TRUE(contains(again.out, "othing to do")) << again.out;
}

TEST_P(BamortHistory, KeepsEveryRowOfEveryTableValueByValue) {
  EXPECT_THAT(lost_values(migration().before, migration().after, changes_of_0_5_0()), IsEmpty());
  EXPECT_GT(migration().before.size(), 40U);
}

TEST_P(BamortHistory, KeepsTheTableThatNobodyDeclaredByteForByte) {
  const TableRows& before = migration().before.at("admin_bookmarks");
  const TableRows& after = migration().after.at("admin_bookmarks");
  EXPECT_EQ(after.columns, before.columns);
  EXPECT_EQ(after.rows, before.rows);
  EXPECT_EQ(before.rows.size(), 2U);
}

TEST_P(BamortHistory, KeepsTheUndeclaredViewWorking) {
  EXPECT_EQ(place().list("SELECT figur FROM tischrunde ORDER BY figur_id"), migration().players);
  EXPECT_FALSE(migration().players.empty());
}

TEST_P(BamortHistory, KeepsTheUndeclaredTriggerWorking) {
  const auto entries = place().number("SELECT count(*) FROM audit_log_entries");
  place().sql("UPDATE char_chars SET grad = grad + 1 WHERE id = 1;");
  EXPECT_EQ(place().number("SELECT count(*) FROM audit_log_entries"), entries + 1);
  EXPECT_EQ(place().number("SELECT difference FROM audit_log_entries ORDER BY id DESC LIMIT 1"), 1);
}

TEST_P(BamortHistory, MakesTheAuditLogFinalAsTheNewTriggerSays) {
  EXPECT_ANY_THROW(place().connect()->execute("UPDATE audit_log_entries SET reason = 'x' WHERE id = 1"));
}

TEST_P(BamortHistory, LeavesEachIndexOfARenamedTableOnce) {
  for (const char* table :
       {"gsm_character_classes", "gsm_lit_sources", "char_chars", "char_skills", "users"}) {
    for (const auto& index : migration().indexes(table)) {
      EXPECT_TRUE(lacks(index, "learning_character_classes")) << table;
      EXPECT_TRUE(lacks(index, "learning_sources")) << table;
      EXPECT_TRUE(lacks(index, "skill_skills")) << table;
    }
  }
  EXPECT_THAT(migration().indexes("gsm_character_classes"),
              ElementsAre("idx_gsm_character_classes_game_system", "idx_gsm_character_classes_game_system_id",
                          "idx_gsm_character_classes_quelle", "idx_gsm_character_classes_source_id",
                          "uq_gsm_character_classes_code", "uq_gsm_character_classes_name"));
}

TEST_P(BamortHistory, LeavesEachForeignKeyOfARenamedTableOnce) {
  EXPECT_EQ(migration().foreign_keys_of_classes, 2) << "the same one twice";
  EXPECT_EQ(migration().foreign_keys("gsm_character_classes"), 2)
      << "one to gsm_lit_sources and one to game_systems";
  if (place().is_sqlite()) {
    EXPECT_EQ(place().number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
  }
}

TEST_P(BamortHistory, RecordsTheVersionAndTheRun) {
  const auto status = place().plumb_on_db({"status", "--json"});
  ASSERT_TRUE(ended_with(0, status));
  EXPECT_TRUE(contains(status.out, "\"version\": \"0.5.0\""));
  EXPECT_TRUE(contains(status.out, "\"outcome\": \"done\""));
}

TEST_P(BamortHistory, NamesWhatIsLeftAloneAndWhatIsDroppedInThePlan) {
  const std::string plan = place().read("plan.md");
  EXPECT_TRUE(contains(plan, "Nothing blocked"));
  EXPECT_TRUE(contains(plan, "table `admin_bookmarks`"));
  EXPECT_TRUE(contains(plan, "skill_improvement_cost2"));
}

/// Runs last, on the migrated database: what the players have must still mean the same.
TEST_P(BamortHistory, TakesOverTheMasterDataAndLeavesThePlayersRowsAlone) {
  const std::string master = schema_folder + "/master";
  const auto user_rows = [&] {
    auto rows = all_rows(*place().connect(db::OpenMode::ReadOnly));
    for (auto table = rows.begin(); table != rows.end();) {
      const bool of_the_rules = table->first.starts_with("gsm_") || table->first.starts_with("learning_") ||
                                table->first == "game_systems";
      table = of_the_rules ? rows.erase(table) : std::next(table);
    }
    return rows;
  };
  const auto classes_of_characters = [&] {
    return place().list(
        place().is_sqlite()
            ? "SELECT c.id || ':' || k.code FROM char_chars c JOIN gsm_character_classes k ON k.id = "
              "c.class_id ORDER BY c.id"
            : "SELECT concat(c.id, ':', k.code) FROM char_chars c JOIN gsm_character_classes k ON k.id "
              "= c.class_id ORDER BY c.id");
  };
  const auto before = user_rows();
  const auto classes_before = classes_of_characters();
  ASSERT_FALSE(classes_before.empty());
  ASSERT_TRUE(ended_with(2, place().plumb_on_db({"data", "diff", master, "--to", schema_folder})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"data", "sync", master, "--to", schema_folder, "--yes"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"data", "diff", master, "--to", schema_folder})));
  EXPECT_EQ(classes_of_characters(), classes_before);
  const auto after = user_rows();
  ASSERT_EQ(after.size(), before.size());
  for (const auto& [table, rows] : before) EXPECT_EQ(after.at(table).rows, rows.rows) << table;
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", schema_folder})));
}

}  // namespace
}  // namespace plumb::test
