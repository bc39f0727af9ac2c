// Every kind of database: what is inspected is the database, makes the same database elsewhere, and stays what it is when
// every table is written anew for a new column.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "cli/plumb_program.hpp"
#include "dialect/sqlite/not_held.hpp"
#include "engine/sqlite_cover/database_cases.hpp"
#include "engine/sqlite_cover/file_facts.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

using testing::HasSubstr;
using testing::IsSupersetOf;

constexpr const char* new_column = "new_one";

class SqliteDatabase : public testing::TestWithParam<DatabaseCase> {
 protected:
  void SetUp() override {
    run_in_file(file(), std::string(GetParam().script));
    described_ = inspected("file.db");
    place_.write("as_it_is.plumb", described_);
  }

  std::string file() const { return place_.path("file.db"); }

  std::string inspected(const std::string& name) const {
    const RunResult result = place_.plumb({"inspect", "--db", "sqlite:" + name, "--quiet"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  }

  /// The description with one column more in every table, whose default SQLite cannot add natively.
  std::string with_new_column() const {
    return std::regex_replace(described_, std::regex("(^|\n)(table [^\n]*\\{\n)"), std::string("$1$2  ") + new_column + "  native(\"int\") = (1 + 1)\n");
  }

  /// Without the first line, what is left alone, the new column, and the spaces that line types up.
  static std::vector<std::string> meaning(const std::string& text) {
    std::vector<std::string> lines;
    for (const auto line : split_lines(text)) {
      const std::string_view bare = trim(line);
      if (bare.empty() || bare.starts_with("schema ") || bare.starts_with("// left alone") || bare.starts_with(new_column)) continue;
      lines.push_back(std::regex_replace(std::string(bare), std::regex(" +"), " "));
    }
    return lines;
  }

  const std::string& described() const { return described_; }
  const Workplace& place() const { return place_; }

 private:
  Workplace place_{"sqlite"};
  std::string described_;
};

TEST_P(SqliteDatabase, IsWhatItsInspectionSays) {
  const RunResult plan = place().plumb({"plan", "--db", "sqlite:file.db", "--to", "as_it_is.plumb", "--exit-code"});
  EXPECT_THAT(plan.out, testing::Not(HasSubstr("1 step"))) << described();
  EXPECT_THAT(plan.out, testing::Not(HasSubstr("steps:"))) << described();
  EXPECT_EQ(plan.err, "");
}

TEST_P(SqliteDatabase, IsMadeAgainElsewhereByItsInspection) {
  const RunResult made = place().plumb({"apply", "--db", "sqlite:other.db", "--to", "as_it_is.plumb", "--yes"});
  ASSERT_EQ(made.exit_code, 0) << made.out << made.err;
  EXPECT_EQ(meaning(inspected("other.db")), meaning(described()));
  const auto names_of_indexes = [](const FileFacts& facts) {
    std::vector<std::string> names;
    for (const auto& [name, text] : facts.texts) {
      if (name.starts_with("index ") && !text.empty()) names.push_back(name);
    }
    return names;
  };
  EXPECT_EQ(names_of_indexes(facts_of_file(place().path("other.db"))), names_of_indexes(facts_of_file(file())));
}

TEST_P(SqliteDatabase, LosesNothingWhenItsTablesAreWrittenAnew) {
  const FileFacts before = facts_of_file(file());
  place().write("with_new.plumb", with_new_column());
  const RunResult applied = place().plumb({"apply", "--db", "sqlite:file.db", "--to", "with_new.plumb", "--yes"});
  ASSERT_EQ(applied.exit_code, 0) << applied.out << applied.err;

  const FileFacts after = facts_of_file(file(), new_column);
  EXPECT_EQ(after.settings, before.settings);
  EXPECT_EQ(after.texts, before.texts);
  EXPECT_EQ(after.rows, before.rows);
  EXPECT_EQ(after.integrity, before.integrity);
  for (const auto& [name, text] : before.tables) {
    ASSERT_TRUE(after.tables.contains(name)) << name;
    EXPECT_THAT(sqlite::comments_of(after.tables.at(name)), IsSupersetOf(sqlite::comments_of(text)));
  }
  EXPECT_EQ(meaning(inspected("file.db")), meaning(described()));
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, SqliteDatabase, testing::ValuesIn(database_cases()), [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace plumb::test
