// Who changed a row since the last sync: development, production, both; with rows of users and without.
#include <algorithm>
#include <functional>

#include "data_test.hpp"

namespace plumb::test {
namespace {

const std::string things = R"(
schema things version 1.0.0
master table things {
  id    serial
  code  varchar(20)
  n     int
  natural key (code)
  sync mirror
}
/// Packages leave `more` out.
master table parts {
  id    serial
  code  varchar(20)
  n     int
  more  int = 7
  natural key (code)
  sync mirror
}
user table owned {
  id      serial
  things  ref(things)?
  parts   ref(parts)?
}
)";

enum class Change { Unchanged, Changed, Deleted, Inserted };

class Merge : public DataTest {
 protected:
  void SetUp() override {
    DataTest::SetUp();
    if (IsSkipped()) return;
    description_ = described(things);
    database().create(description_);
  }

  /// A row `x` on both sides, synced once, then changed as asked; `keep` stays as it is.
  data::Comparison outcome(Change development, Change production, bool users, data::SyncOptions options = {}) {
    for (const char* table : {"owned", "things", "parts"}) database().execute(std::string("delete from ") + table);
    data::SyncOptions first;
    first.overwrite_own = true;
    first.on_conflict = data::OnConflict::Theirs;
    folder_.write(table_, R"([{"code": "keep", "n": 0}])");
    database().sync(description_, folder_.path(), first);
    const bool is_new = development == Change::Inserted || production == Change::Inserted;
    if (!is_new) {
      folder_.write(table_, R"([{"code": "keep", "n": 0}, {"code": "x", "n": 1}])");
      database().sync(description_, folder_.path(), first);
    }
    if (production == Change::Changed) database().execute("update " + table_ + " set n = 3 where code = 'x'");
    if (production == Change::Deleted) database().execute("delete from " + table_ + " where code = 'x'");
    if (production == Change::Inserted) database().execute("insert into " + table_ + " (code, n) values ('x', 3)");
    if (users) database().execute("insert into owned (" + table_ + ") select id from " + table_ + " where code = 'x'");
    const bool in_package = development != Change::Deleted && !(is_new && development == Change::Unchanged);
    const int n = development == Change::Unchanged ? 1 : 2;
    folder_.write(table_, in_package ? R"([{"code": "keep", "n": 0}, {"code": "x", "n": )" + std::to_string(n) + "}]" : R"([{"code": "keep", "n": 0}])");
    options.most_lost = 100;
    return database().sync(description_, folder_.path(), options);
  }

  std::string row() { return database().rows("select n from " + table_ + " where code = 'x'"); }
  const data::TableChanges& changes(const data::Comparison& comparison) const {
    return *std::find_if(comparison.tables.begin(), comparison.tables.end(), [&](const data::TableChanges& table) { return table.table == table_; });
  }
  std::size_t kept(const data::Comparison& comparison) const { return changes(comparison).kept.size(); }
  /// Once with rows that hold every field, once with such that leave one out.
  void with_both(const std::function<void()>& test) {
    for (const std::string table : {"things", "parts"}) {
      SCOPED_TRACE(table);
      table_ = table;
      test();
    }
  }

  Description description_;
  std::string table_ = "things";
  DataFolder folder_{"things", "1.0.0"};
};
PLUMB_ON_BOTH_ENGINES(Merge);

TEST_P(Merge, EveryCombinationHasItsOutcome) {
  struct Case {
    Change development;
    Change production;
    const char* row;        ///< afterwards
    std::size_t conflicts;
    std::size_t kept;
  };
  const Case cases[] = {
      {Change::Unchanged, Change::Unchanged, "1\n", 0, 0}, {Change::Unchanged, Change::Changed, "3\n", 0, 1},  {Change::Unchanged, Change::Deleted, "", 0, 1},
      {Change::Unchanged, Change::Inserted, "3\n", 0, 1},  {Change::Changed, Change::Unchanged, "2\n", 0, 0},  {Change::Changed, Change::Changed, "3\n", 1, 0},
      {Change::Changed, Change::Deleted, "", 1, 0},        {Change::Inserted, Change::Unchanged, "2\n", 0, 0}, {Change::Inserted, Change::Inserted, "3\n", 1, 0},
      {Change::Deleted, Change::Unchanged, "", 0, 0},      {Change::Deleted, Change::Changed, "3\n", 1, 0},    {Change::Deleted, Change::Deleted, "", 0, 0},
  };
  with_both([&] {
    for (const Case& one : cases) {
      for (const bool users : {false, true}) {
        SCOPED_TRACE(std::to_string(static_cast<int>(one.development)) + " " + std::to_string(static_cast<int>(one.production)) + (users ? " users" : ""));
        const data::Comparison done = outcome(one.development, one.production, users);
        ASSERT_EQ(problems(done), "");
        const bool stays_for_users = users && one.development == Change::Deleted && one.production == Change::Unchanged;
        EXPECT_EQ(done.conflicts(), one.conflicts);
        EXPECT_EQ(kept(done), stays_for_users ? 1 : one.kept);
        EXPECT_EQ(row(), stays_for_users ? "1\n" : one.row);
      }
    }
  });
}

TEST_P(Merge, ConflictsGoAsAsked) {
  with_both([&] {
    data::SyncOptions theirs;
    theirs.on_conflict = data::OnConflict::Theirs;
    data::SyncOptions ours;
    ours.on_conflict = data::OnConflict::Ours;
    outcome(Change::Changed, Change::Changed, false, theirs);
    EXPECT_EQ(row(), "2\n");
    outcome(Change::Changed, Change::Changed, false, ours);
    EXPECT_EQ(row(), "3\n");
    EXPECT_EQ(database().sync(description_, folder_.path()).conflicts(), 0U) << "it is decided";
    outcome(Change::Changed, Change::Deleted, false, theirs);
    EXPECT_EQ(row(), "2\n");
    outcome(Change::Deleted, Change::Changed, false, theirs);
    EXPECT_EQ(row(), "");
    outcome(Change::Deleted, Change::Changed, true, theirs);
    EXPECT_EQ(row(), "3\n") << "rows of users refer to it";
  });
}

TEST_P(Merge, OwnChangesAreOverwrittenWhereThatIsAsked) {
  with_both([&] {
    data::SyncOptions options;
    options.overwrite_own = true;
    outcome(Change::Unchanged, Change::Changed, false, options);
    EXPECT_EQ(row(), "1\n");
    outcome(Change::Unchanged, Change::Deleted, false, options);
    EXPECT_EQ(row(), "1\n");
    outcome(Change::Unchanged, Change::Inserted, false, options);
    EXPECT_EQ(row(), "");
  });
}

TEST_P(Merge, AConflictShowsBothValuesAndWritesNothing) {
  with_both([&] {
    const data::Comparison found = outcome(Change::Changed, Change::Changed, false);
    ASSERT_EQ(changes(found).conflicts.size(), 1U);
    EXPECT_EQ(changes(found).conflicts[0].fields[0].before, "3");
    EXPECT_EQ(changes(found).conflicts[0].fields[0].after, "2");
    EXPECT_EQ(database().rows("select code, n from " + table_ + " order by code"), "keep|0\nx|3\n");
  });
}

/// Fields that the package leaves out are this database's own.
TEST_P(Merge, FieldsThatAreLeftOutAreNoConflict) {
  table_ = "parts";
  outcome(Change::Unchanged, Change::Unchanged, false);
  database().execute("update parts set more = 9 where code = 'x'");
  folder_.write("parts", R"([{"code": "keep", "n": 0}, {"code": "x", "n": 2}])");
  EXPECT_EQ(database().sync(description_, folder_.path()).conflicts(), 0U);
  EXPECT_EQ(database().rows("select n, more from parts where code = 'x'"), "2|9\n");
  // another set of fields than before: the whole row tells who has changed it
  folder_.write("parts", R"([{"code": "keep", "n": 0}, {"code": "x", "n": 3, "more": 4}])");
  EXPECT_EQ(database().sync(description_, folder_.path()).conflicts(), 0U);
  EXPECT_EQ(database().rows("select n, more from parts where code = 'x'"), "3|4\n");
  folder_.write("parts", R"([{"code": "keep", "n": 0}, {"code": "x", "more": 5}])");
  EXPECT_EQ(database().sync(description_, folder_.path()).conflicts(), 0U);
  EXPECT_EQ(database().rows("select n, more from parts where code = 'x'"), "3|5\n");
  database().execute("update parts set n = 8, more = 6 where code = 'x'");
  folder_.write("parts", R"([{"code": "keep", "n": 0}, {"code": "x", "n": 4}])");
  EXPECT_EQ(database().sync(description_, folder_.path()).conflicts(), 1U);
  EXPECT_EQ(database().rows("select n, more from parts where code = 'x'"), "8|6\n");
}

/// What the mode lets be counts as unchanged here.
TEST_P(Merge, RowsThatTheModeLeftAreChangedByALaterSync) {
  with_both([&] {
    outcome(Change::Unchanged, Change::Unchanged, false);
    data::SyncOptions append;
    append.mode = SyncMode::Append;
    folder_.write(table_, R"([{"code": "keep", "n": 0}, {"code": "x", "n": 5}])");
    database().sync(description_, folder_.path(), append);
    EXPECT_EQ(row(), "1\n");
    database().sync(description_, folder_.path());
    EXPECT_EQ(row(), "5\n");
  });
}

}  // namespace
}  // namespace plumb::test
