// Master data on live engines: exported, compared, synced, guarded.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>

#include "apply/apply.hpp"
#include "data/master_data.hpp"
#include "db/target.hpp"
#include "language/load.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/mariadb_server.hpp"
#include "support/scratch_folder.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

/// An empty database of one engine.
struct Database {
  std::optional<FreshDatabase> fresh;
  std::unique_ptr<db::Connection> connection;
  const Dialect* dialect = nullptr;
};

Database empty_database(const std::string& engine) {
  Database database;
  database.dialect = &dialect_for(engine);
  if (engine == "sqlite") {
    database.connection = db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing);
  } else {
    database.fresh.emplace(MariaDbServer::shared().fresh_database("sync"));
    database.connection = database.fresh->connect();
  }
  return database;
}

Description loaded(const std::string& text) {
  std::vector<SourceText> sources;
  sources.emplace_back("test.plumb", text);
  language::Loaded result = language::load(std::move(sources));
  EXPECT_TRUE(result.description) << render(result.diagnostics, result.sources, false);
  return result.description.value_or(Description{});
}

Description example(const std::string& name) {
  language::Loaded result = language::load(std::vector<std::string>{std::string(PLUMB_SOURCE_DIR) + "/schema/" + name});
  EXPECT_TRUE(result.description) << render(result.diagnostics, result.sources, false);
  return result.description.value_or(Description{});
}

void bring_to(Database& database, const Description& description) {
  const plan::Draft draft = make_plan(*database.connection, *database.dialect, description, {});
  const apply::Result result = apply::apply(*database.connection, *database.dialect, draft.plan, {});
  ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
}

std::map<std::string, std::string> files_of(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& path : files_below(folder, ".json")) if (!path.ends_with("/metadata.json")) files[path.substr(folder.size() + 1)] = read_file(path);
  return files;
}

void write_files(const std::string& folder, const std::map<std::string, std::string>& files) {
  make_folders(folder);
  for (const auto& [name, text] : files) write_file(folder + "/" + name, text);
}

class Sync : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "mariadb" && !mariadb_is_wanted()) GTEST_SKIP() << "PLUMB_TEST_ENGINES leaves MariaDB out";
  }
};

const char* const family = R"(
schema family version 1.0.0
master table kinds {
  id      serial
  code    varchar(20)
  parent  ref(kinds)?
  best    ref(things)?
  natural key (code)
}
master table things {
  id     serial
  kind   ref(kinds)
  name   varchar(100)
  price  decimal(8,2)?
  ok     bool = true
  since  datetime(3)?
  seen   datetime = now on update now
  bytes  blob?
  ratio  double?
  natural key (kind, name)
}
user table owned {
  id        serial
  thing_id  ref(things) on delete cascade
  note      varchar(100)
}
)";

std::map<std::string, std::string> family_package() {
  return {{"metadata.json", R"({"format": 1, "schema": "family", "version": "1.0.0"})"},
          {"kinds.json", R"([
            {"code": "leaf", "parent": {"code": "root"}, "best": null},
            {"code": "root", "parent": null, "best": {"kind": {"code": "leaf"}, "name": "Bär 'x' \\ \"q\" 😀"}}])"},
          {"things.json", R"([
            {"kind": {"code": "leaf"}, "name": "Bär 'x' \\ \"q\" 😀", "price": "12.5", "ok": false, "since": "2026-01-31T12:00:00", "bytes": {"base64": "AP8="}, "ratio": 0.1},
            {"kind": {"code": "root"}, "name": "plain", "price": null, "ok": true, "since": null, "bytes": null, "ratio": null}])"}};
}

TEST_P(Sync, BringsAnEmptyDatabaseToThePackageAndGivesItBack) {
  Database database = empty_database(GetParam());
  const Description description = example("bamort");
  bring_to(database, description);
  const std::string folder = std::string(PLUMB_SOURCE_DIR) + "/schema/bamort/master";
  const data::Comparison done = data::sync(*database.connection, *database.dialect, description, folder);
  EXPECT_TRUE(done.problems.empty());
  EXPECT_GT(done.changes(), 600U);
  EXPECT_EQ(data::compare(*database.connection, *database.dialect, description, folder).changes(), 0U);
  const ScratchFolder scratch;
  data::export_rows(*database.connection, *database.dialect, description, scratch / "out");
  EXPECT_EQ(files_of(scratch / "out"), files_of(folder));
}

TEST_P(Sync, ResolvesSelfReferencesCirclesAndKeysMadeOfReferences) {
  Database database = empty_database(GetParam());
  const Description description = loaded(family);
  bring_to(database, description);
  const ScratchFolder scratch;
  write_files(scratch / "in", family_package());
  EXPECT_EQ(data::sync(*database.connection, *database.dialect, description, scratch / "in").changes(), 4U);
  EXPECT_EQ(data::sync(*database.connection, *database.dialect, description, scratch / "in").changes(), 0U);
  EXPECT_EQ(db::single_integer(*database.connection, "SELECT count(*) FROM kinds AS k JOIN things AS t ON t.id = k.best JOIN kinds AS l ON l.id = t.kind WHERE k.code = 'root' AND l.code = 'leaf'"), 1);
  data::export_rows(*database.connection, *database.dialect, description, scratch / "out");
  const auto files = files_of(scratch / "out");
  EXPECT_NE(files.at("things.json").find("\"12.50\""), std::string::npos) << files.at("things.json");
  EXPECT_NE(files.at("things.json").find("2026-01-31 12:00:00.000"), std::string::npos);
  EXPECT_NE(files.at("things.json").find("Bär 'x' \\\\ \\\"q\\\" 😀"), std::string::npos);
  EXPECT_EQ(files.at("things.json").find("seen"), std::string::npos) << "the engine's own time stamps are no master data";
}

TEST_P(Sync, LeavesIdsAndUserRowsAsTheyAre) {
  Database database = empty_database(GetParam());
  const Description description = loaded(family);
  bring_to(database, description);
  database.connection->execute("INSERT INTO kinds (id, code) VALUES (77, 'root')");
  database.connection->execute("INSERT INTO things (id, kind, name, price) VALUES (99, 77, 'plain', 3)");
  database.connection->execute("INSERT INTO things (id, kind, name) VALUES (100, 77, 'only here')");
  database.connection->execute("INSERT INTO owned (id, thing_id, note) VALUES (5, 99, 'mine'), (6, 100, 'too')");
  const ScratchFolder scratch;
  write_files(scratch / "in", family_package());
  const data::Comparison done = data::sync(*database.connection, *database.dialect, description, scratch / "in");
  ASSERT_TRUE(done.problems.empty());
  EXPECT_EQ(db::single_integer(*database.connection, "SELECT id FROM things WHERE name = 'plain'"), 99);
  EXPECT_EQ(db::single_integer(*database.connection, "SELECT count(*) FROM things WHERE id = 99 AND price IS NULL"), 1);
  EXPECT_EQ(db::single_integer(*database.connection, "SELECT count(*) FROM owned WHERE (id = 5 AND thing_id = 99) OR (id = 6 AND thing_id = 100)"), 2);
  EXPECT_EQ(db::single_integer(*database.connection, "SELECT count(*) FROM things WHERE name = 'only here'"), 1);
}

TEST_P(Sync, WritesNothingWhenAReferenceLeadsNowhere) {
  Database database = empty_database(GetParam());
  const Description description = loaded(family);
  bring_to(database, description);
  const ScratchFolder scratch;
  auto files = family_package();
  files["kinds.json"] = R"([{"code": "leaf", "parent": {"code": "gone"}}])";
  write_files(scratch / "in", files);
  const data::Comparison done = data::sync(*database.connection, *database.dialect, description, scratch / "in");
  ASSERT_FALSE(done.problems.empty());
  EXPECT_NE(done.problems[0].find("kinds.json"), std::string::npos) << done.problems[0];
  EXPECT_NE(done.problems[0].find("{\"code\":\"gone\"}"), std::string::npos) << done.problems[0];
  EXPECT_EQ(db::single_integer(*database.connection, "SELECT count(*) FROM kinds"), 0);
}

TEST_P(Sync, NamesEachProblemOfAPackage) {
  Database database = empty_database(GetParam());
  const Description description = loaded(family);
  bring_to(database, description);
  const ScratchFolder scratch;
  auto files = family_package();
  files["things.json"] = R"([
    {"kind": {"code": "leaf"}, "name": 5},
    {"kind": {"code": "leaf"}},
    {"kind": "leaf", "name": "a"},
    {"kind": {"code": "leaf"}, "name": "b", "prize": "1"},
    {"kind": {"code": "leaf"}, "name": "c", "price": "much"},
    {"kind": {"code": "leaf"}, "name": "d"},
    {"kind": {"code": "leaf"}, "name": "d"},
    7])";
  files["stray.json"] = "[]";
  write_files(scratch / "in", files);
  const std::string problems = join(data::compare(*database.connection, *database.dialect, description, scratch / "in").problems, "\n");
  for (const std::string part : {"row 1: `name` must be a text, not 5", "row 2: the field `name` of the natural key is missing", "row 3: `kind` must be a natural key of `kinds`: {\"code\": …}",
                                 "row 4 {\"kind\":{\"code\":\"leaf\"},\"name\":\"b\"}: `prize` is no column of `things`; did you mean `price`?", "`price` must be a decimal number",
                                 "the natural key stands twice in `things`, in row 6 too", "row 8: must be an object, not 7",
                                 "there is no master table `stray`"}) {
    EXPECT_NE(problems.find(part), std::string::npos) << part << " in\n" << problems;
  }
}

TEST_P(Sync, RefusesBrokenFiles) {
  Database database = empty_database(GetParam());
  const Description description = loaded(family);
  bring_to(database, description);
  const std::map<std::string, std::string> broken{
      {"[{\"code\": ", "is no valid JSON: line 1"}, {"{}", "must hold an array"}, {"[\"\xff\"]", "is no valid UTF-8"}, {std::string(100, '['), "nested more than 64 deep"}};
  for (const auto& [text, expected] : broken) {
    const ScratchFolder scratch;
    auto files = family_package();
    files["kinds.json"] = text;
    write_files(scratch / "in", files);
    try {
      data::compare(*database.connection, *database.dialect, description, scratch / "in");
      ADD_FAILURE() << "accepted: " << text;
    } catch (const FileError& error) {
      EXPECT_NE(std::string(error.what()).find(expected), std::string::npos) << error.what();
      EXPECT_NE(std::string(error.what()).find("kinds.json"), std::string::npos) << error.what();
    }
  }
}

TEST_P(Sync, IsStoppedBeforeATriggerWritesUserRows) {
  Database database = empty_database(GetParam());
  const Description description = loaded(family);
  bring_to(database, description);
  database.connection->execute("INSERT INTO kinds (code) VALUES ('root')");
  database.connection->execute("INSERT INTO things (kind, name) SELECT id, 'plain' FROM kinds");
  database.connection->execute("INSERT INTO owned (thing_id, note) SELECT id, 'mine' FROM things");
  database.connection->execute(GetParam() == "sqlite" ? "CREATE TRIGGER spoil AFTER INSERT ON kinds BEGIN UPDATE owned SET note = 'spoilt'; END"
                                                      : "CREATE TRIGGER spoil AFTER INSERT ON kinds FOR EACH ROW UPDATE owned SET note = 'spoilt'");
  const ScratchFolder scratch;
  write_files(scratch / "in", family_package());
  EXPECT_THROW(data::sync(*database.connection, *database.dialect, description, scratch / "in"), Error);
  EXPECT_EQ(db::single_integer(*database.connection, "SELECT count(*) FROM owned WHERE note = 'mine'"), 1);
  EXPECT_EQ(db::single_integer(*database.connection, "SELECT count(*) FROM kinds"), 1) << "rolled back";
}

TEST(SyncBetweenEngines, GivesTheSameBytesOnBoth) {
  if (!mariadb_is_wanted()) GTEST_SKIP() << "PLUMB_TEST_ENGINES leaves MariaDB out";
  const Description description = loaded(family);
  const ScratchFolder scratch;
  write_files(scratch / "in", family_package());
  Database sqlite = empty_database("sqlite");
  bring_to(sqlite, description);
  data::sync(*sqlite.connection, *sqlite.dialect, description, scratch / "in");
  data::export_rows(*sqlite.connection, *sqlite.dialect, description, scratch / "from_sqlite");
  Database mariadb = empty_database("mariadb");
  bring_to(mariadb, description);
  data::sync(*mariadb.connection, *mariadb.dialect, description, scratch / "from_sqlite");
  data::export_rows(*mariadb.connection, *mariadb.dialect, description, scratch / "from_mariadb");
  EXPECT_EQ(files_of(scratch / "from_sqlite"), files_of(scratch / "from_mariadb"));
}

INSTANTIATE_TEST_SUITE_P(Engines, Sync, testing::Values("sqlite", "mariadb"), [](const auto& one) { return one.param; });

}  // namespace
}  // namespace plumb::test
