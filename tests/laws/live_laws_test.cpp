// The laws that hold for every pair of descriptions, on a live SQLite and a live MariaDB.
//
// PLUMB_LAW_SEEDS=n makes more pairs than the bounded set of an ordinary run; PLUMB_LAW_FIRST=n begins at seed n.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <set>

#include "apply/apply.hpp"
#include "db/target.hpp"
#include "diff/fingerprint.hpp"
#include "dialect/dialect.hpp"
#include "laws/random_description.hpp"
#include "laws/rows.hpp"
#include "plan/document.hpp"
#include "plan/inverse.hpp"
#include "probe/make_plan.hpp"
#include "rehearse/rehearse.hpp"
#include "support/mariadb_server.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::stoull(value);
}

using ScratchMaker = std::function<std::unique_ptr<desired::ScratchDatabase>()>;

/// The values of one column with the row's key, as text.
std::vector<std::string> values_of(db::Connection& connection, const Dialect& dialect, const std::string& table, const std::string& column) {
  const std::string c = dialect.quote(column);
  std::vector<std::string> values;
  for (const auto& row : connection.query("SELECT " + dialect.quote("id") + ", " + c + " IS NULL, " + c + " FROM " + dialect.quote(table) + " ORDER BY 1").rows) {
    values.push_back(db::as_text(row[0]) + ":" + (db::as_text(row[1]) == "1" ? std::string("NULL") : db::as_text(row[2])));
  }
  return values;
}

using Contents = std::map<std::pair<std::string, std::string>, std::vector<std::string>>;

Contents contents_of(db::Connection& connection, const Dialect& dialect, const Schema& schema) {
  Contents contents;
  for (const auto& [name, table] : schema.tables) {
    for (const Column& column : table.columns) contents[{name, column.name}] = values_of(connection, dialect, name, column.name);
  }
  return contents;
}

/// Every value that stood is there still; where a backfill may have filled a NULL, that one may differ.
void expect_kept(db::Connection& connection, const Dialect& dialect, const Contents& before, const Edited& edited) {
  for (const auto& [place, values] : before) {
    const auto table = edited.table_names.find(place.first);
    const auto column = edited.column_names.find(place);
    if (table == edited.table_names.end() || column == edited.column_names.end()) continue;
    const auto now = values_of(connection, dialect, table->second, column->second);
    ASSERT_EQ(values.size(), now.size()) << "rows of " << place.first;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i].ends_with(":NULL")) continue;
      EXPECT_EQ(values[i], now[i]) << place.first << "." << place.second;
    }
  }
}

/// Up leads to what the plan promises, down to where it began.
void expect_rehearses(plan::Plan& plan, const Schema& actual, const Dialect& dialect, const ScratchMaker& scratch, const std::string& what) {
  rehearse::rehearse(plan, actual, dialect, {scratch, !dialect.capabilities().transactional_ddl});
  if (plan.steps.empty()) return;
  EXPECT_EQ(plan.rehearsal.outcome, plan::Rehearsal::Outcome::Passed) << what << ": " << plan.rehearsal.text << "\n" << plan::to_sql(plan);
}

plan::Plan expect_applies(db::Connection& connection, const Dialect& dialect, const Description& description, const ScratchMaker& scratch, const std::string& what) {
  PlanOptions options;
  options.always_fingerprint = true;
  options.keep_aside = true;
  const LiveState live = introspect(connection, dialect);
  plan::Draft draft = make_plan(connection, dialect, live, description, options);
  if (draft.plan.blocked.empty()) expect_rehearses(draft.plan, live.schema.schema(), dialect, scratch, what);
  if (std::getenv("PLUMB_LAW_SHOW") != nullptr) std::cerr << plan::to_sql(draft.plan);
  if (!draft.plan.blocked.empty()) throw Error(what + ": " + draft.plan.blocked.front().text + "\n" + plan::to_sql(draft.plan));
  const auto written = plan::to_markdown(draft.plan);
  const auto read = plan::read_plan(written);
  if (!std::holds_alternative<plan::Plan>(read)) throw Error(what + ": " + std::get<plan::NotAPlan>(read).reason);
  const apply::Result result = apply::apply(connection, dialect, std::get<plan::Plan>(read), {});
  if (result.outcome != apply::Outcome::Done) {
    throw Error(what + ": " + result.message + "\n" + plan::to_sql(draft.plan) + "\n--- promised ---\n" + diff::dump(draft.match.target(), dialect.match_rules().lexis) + "\n--- found ---\n" +
                diff::dump(dialect.canonicalise(dialect.read(connection)).schema(), dialect.match_rules().lexis));
  }
  const plan::Draft again = make_plan(connection, dialect, description, {});
  EXPECT_TRUE(again.plan.steps.empty()) << what << ": planning again gives\n" << plan::to_sql(again.plan) << "\nafter\n" << plan::to_sql(draft.plan);
  return std::get<plan::Plan>(read);
}

/// The schema is what it was, and so is every value, where a step dropped, changed or filled it, too.
void expect_rolls_back(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, const Contents& before, const Schema& schema) {
  const plan::Plan back = plan::inverse(plan, plan.steps.size());
  const apply::Result result = apply::apply(connection, dialect, back, {});
  ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message << "\n" << plan::to_sql(back) << "\nafter\n" << plan::to_sql(plan);
  EXPECT_EQ(contents_of(connection, dialect, schema), before) << "after\n" << plan::to_sql(plan) << "\nand back\n" << plan::to_sql(back);
  EXPECT_TRUE(connection.query(dialect.attic_query()).rows.empty()) << "something is left in the attic";
}

/// A database of its own, empty.
struct Engine {
  const Dialect& dialect;
  std::function<std::unique_ptr<db::Connection>()> fresh;
  ScratchMaker scratch;
};

/// A check that the description does not name keeps the name that stands (docs/decisions/0003), and a foreign key the
/// index that it has: both may be others than a fresh table has.
void open_names_nobody_wrote(Schema& made, const Schema& described) {
  for (auto& [name, table] : made.tables) {
    const auto wanted = described.tables.find(name);
    if (wanted == described.tables.end()) continue;
    std::vector<Check> checks = wanted->second.checks;
    for (const Column& column : wanted->second.columns) checks.insert(checks.end(), column.checks.begin(), column.checks.end());
    std::erase_if(table.indexes, [&](const Index& index) {
      const bool is_of_key = std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) { return key.name == index.name; });
      return is_of_key && wanted->second.find_index(index.name.text) == nullptr;
    });
    for (Check& check : table.checks) {
      check.name.generated = std::any_of(checks.begin(), checks.end(), [&](const Check& one) { return one.name.generated && one.name.text == check.name.text; });
    }
  }
}

/// What came of the changes is what the description gives in an empty database.
void expect_as_if_fresh(db::Connection& connection, const Engine& engine, const Description& description) {
  const Dialect& dialect = engine.dialect;
  const auto made = engine.fresh();
  db::Connection& empty = *made;
  expect_applies(empty, dialect, description, engine.scratch, "creating the changed one");
  if (testing::Test::HasFatalFailure()) return;
  Description complete;
  complete.version = description.version;
  complete.schema = dialect.read(empty);
  open_names_nobody_wrote(complete.schema, description.schema);
  complete.is_complete = true;
  const plan::Draft draft = make_plan(connection, dialect, complete, {});
  EXPECT_TRUE(draft.plan.steps.empty() && draft.plan.blocked.empty()) << "made afresh it is another:\n" << plan::to_text(draft.plan, false);
}

std::int64_t rows_of(db::Connection& connection, const Dialect& dialect, const std::string& table) {
  return db::single_integer(connection, "SELECT count(*) FROM " + dialect.quote(table));
}

/// Every view answers with the rows of its table, every trigger fires once a row.
void expect_works(db::Connection& connection, const Dialect& dialect, const Schema& schema, Chance& chance) {
  for (const auto& [name, trigger] : schema.triggers) {
    const auto noted = rows_of(connection, dialect, std::string(log_table));
    insert_rows(connection, dialect, schema.tables.at(trigger.table), 1, chance);
    EXPECT_EQ(rows_of(connection, dialect, std::string(log_table)), noted + 1) << "trigger " << name;
  }
  for (const auto& [name, view] : schema.views) EXPECT_GE(rows_of(connection, dialect, name), 0) << "view " << name;
}

/// One pair: create, fill, change, compare.
void try_pair(db::Connection& connection, const Engine& engine, std::uint64_t seed) {
  const Dialect& dialect = engine.dialect;
  SCOPED_TRACE("seed " + std::to_string(seed));
  Chance chance(seed);
  const Description first = random_description(chance);
  expect_applies(connection, dialect, first, engine.scratch, "creating");
  if (testing::Test::HasFatalFailure()) return;
  insert_rows(connection, dialect, first.schema, chance);
  const Contents before = contents_of(connection, dialect, first.schema);
  const Edited edited = random_edit(first, chance);
  const plan::Plan changed = expect_applies(connection, dialect, edited.description, engine.scratch, "changing");
  expect_rolls_back(connection, dialect, changed, before, first.schema);
  if (testing::Test::HasFatalFailure()) return;
  expect_applies(connection, dialect, edited.description, engine.scratch, "changing once more");
  if (testing::Test::HasFatalFailure()) return;
  expect_kept(connection, dialect, before, edited);
  expect_as_if_fresh(connection, engine, edited.description);
  expect_works(connection, dialect, edited.description.schema, chance);
}

std::set<std::string> keys_of(const std::vector<std::string>& values) {
  std::set<std::string> keys;
  for (const auto& value : values) keys.insert(value.substr(0, value.find(':')));
  return keys;
}

/// Rows for the tables that were there before the change, as far as its constraints let them in.
void write_amid(db::Connection& connection, const Dialect& dialect, const Edited& edited, Chance& chance) {
  for (const auto& [old, name] : edited.table_names) {
    const auto table = edited.description.schema.tables.find(name);
    if (table == edited.description.schema.tables.end()) continue;
    for (int row = 0; row < 2; ++row) {
      try {
        insert_rows(connection, dialect, table->second, 1, chance);
      } catch (const DatabaseError& error) {
        if (error.kind() != DatabaseErrorKind::Constraint) throw;
      }
    }
  }
}

/// What was written between the change and its rollback stands afterwards, beside everything that stood before. Where such rows
/// have no value for a column that comes back, the rollback is refused as a whole.
void try_writes_in_between(db::Connection& connection, const Engine& engine, std::uint64_t seed) {
  const Dialect& dialect = engine.dialect;
  SCOPED_TRACE("seed " + std::to_string(seed));
  Chance chance(seed);
  const Description first = random_description(chance);
  expect_applies(connection, dialect, first, engine.scratch, "creating");
  insert_rows(connection, dialect, first.schema, chance);
  const Contents before = contents_of(connection, dialect, first.schema);
  const Edited edited = random_edit(first, chance);
  const plan::Plan changed = expect_applies(connection, dialect, edited.description, engine.scratch, "changing");
  if (changed.steps.empty() || testing::Test::HasFatalFailure()) return;
  write_amid(connection, dialect, edited, chance);
  const Contents written = contents_of(connection, dialect, edited.description.schema);

  apply::Options options;
  options.undoes = db::single_integer(connection, "SELECT max(number) FROM plumb_history");
  const apply::Result back = apply::apply(connection, dialect, plan::inverse(changed, changed.steps.size()), options);
  if (back.outcome == apply::Outcome::Refused) {
    EXPECT_TRUE(back.statements_run.empty()) << back.message;
    EXPECT_EQ(contents_of(connection, dialect, edited.description.schema), written);
    return;
  }
  ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message << "\n" << plan::to_sql(changed);
  const Contents after = contents_of(connection, dialect, first.schema);
  for (const auto& [place, values] : before) {
    const auto& now = after.at(place);
    for (const auto& value : values) EXPECT_NE(std::find(now.begin(), now.end(), value), now.end()) << place.first << "." << place.second << " lost " << value << "\n" << plan::to_sql(changed);
    const auto table = edited.table_names.find(place.first);
    const auto column = edited.column_names.find(place);
    if (table == edited.table_names.end() || column == edited.column_names.end()) continue;
    const auto stood = keys_of(values);
    for (const auto& value : written.at({table->second, column->second})) {
      if (stood.contains(value.substr(0, value.find(':')))) continue;
      EXPECT_NE(std::find(now.begin(), now.end(), value), now.end()) << place.first << "." << place.second << " lost " << value << ", written since\n" << plan::to_sql(changed);
    }
  }
}

constexpr std::uint64_t sqlite_pairs = 300;
constexpr std::uint64_t mariadb_pairs = 60;

TEST(LiveLaws, EveryChangeConvergesAndKeepsTheRowsOnSqlite) {
  const std::uint64_t first = setting("PLUMB_LAW_FIRST", 1);
  for (std::uint64_t seed = first; seed < first + setting("PLUMB_LAW_SEEDS", sqlite_pairs); ++seed) {
    const Engine engine{dialect_for("sqlite"), [] { return db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing); }, [] { return desired::ScratchDatabase::in_memory(); }};
    try_pair(*engine.fresh(), engine, seed);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
}

TEST(LiveLaws, WhatIsWrittenInBetweenStaysOnSqlite) {
  const std::uint64_t first = setting("PLUMB_LAW_FIRST", 1);
  for (std::uint64_t seed = first; seed < first + setting("PLUMB_LAW_SEEDS", sqlite_pairs / 2); ++seed) {
    const Engine engine{dialect_for("sqlite"), [] { return db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing); }, [] { return desired::ScratchDatabase::in_memory(); }};
    try_writes_in_between(*engine.fresh(), engine, seed);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
}

using MariaDbLaws = MariaDbTest;

TEST_F(MariaDbLaws, WhatIsWrittenInBetweenStaysOnMariaDb) {
  const std::uint64_t first = setting("PLUMB_LAW_FIRST", 1);
  for (std::uint64_t seed = first; seed < first + setting("PLUMB_LAW_SEEDS", mariadb_pairs / 2); ++seed) {
    const FreshDatabase database = server().fresh_database("amid");
    const auto session = database.connect();
    const auto scratch = [&] { return desired::ScratchDatabase::on_mariadb(database.target(), session.get()); };
    try_writes_in_between(*session, {dialect_for("mariadb"), {}, scratch}, seed);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
}

TEST_F(MariaDbLaws, EveryChangeConvergesAndKeepsTheRowsOnMariaDb) {
  const std::uint64_t first = setting("PLUMB_LAW_FIRST", 1);
  for (std::uint64_t seed = first; seed < first + setting("PLUMB_LAW_SEEDS", mariadb_pairs); ++seed) {
    const FreshDatabase database = server().fresh_database("law");
    const auto session = database.connect();
    const FreshDatabase other = server().fresh_database("law");
    const auto scratch = [&] { return desired::ScratchDatabase::on_mariadb(database.target(), session.get()); };
    try_pair(*session, {dialect_for("mariadb"), [&] { return other.connect(); }, scratch}, seed);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
}

}  // namespace
}  // namespace plumb::test
