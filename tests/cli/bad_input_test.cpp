// Files and servers that are not what they should be: a message that names the thing, never a success,
// nothing changed.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "cli/plumb_program.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* version_1 =
    "schema app version 1.0.0\nuser table people {\n  id serial\n  name varchar(100)?\n}\n";
constexpr const char* version_2 =
    "schema app version 2.0.0\nuser table people {\n  id serial\n  name varchar(100)?\n  born int?\n  index "
    "(name)\n}\n";

class BadFile : public testing::Test {
 protected:
  void SetUp() override {
    place_.write("v1.plumb", version_1);
    place_.write("v2.plumb", version_2);
  }
  Workplace& place() { return place_; }

  /// Every verb that opens a database fails, names the file and leaves its bytes alone.
  void expect_refused(const std::string& file, const std::vector<std::vector<std::string>>& verbs) {
    const bool is_file = fs::is_regular_file(place().path(file));
    const std::string before = is_file ? place().read(file) : std::string();
    for (auto arguments : verbs) {
      arguments.insert(arguments.end(), {"--db", "sqlite:" + file});
      const auto result = place().plumb(arguments);
      EXPECT_TRUE(ended_with(1, result)) << arguments.front();
      EXPECT_TRUE(contains(result.err, file)) << arguments.front();
      EXPECT_EQ(result.out, "") << arguments.front();
    }
    if (is_file) {
      EXPECT_EQ(place().read(file), before);
    }
  }

  const std::vector<std::vector<std::string>> every_verb{{"status"},
                                                         {"history"},
                                                         {"inspect"},
                                                         {"validate", "--to", "v1.plumb"},
                                                         {"plan", "--to", "v1.plumb"},
                                                         {"apply", "--to", "v1.plumb", "--yes", "--quiet"}};

 private:
  Workplace place_{"sqlite"};
};

TEST_F(BadFile, ThatIsNoDatabaseIsNamed) {
  place().write("letter.txt", std::string(5000, 'x'));
  expect_refused("letter.txt", every_verb);
}

TEST_F(BadFile, ThatIsAShortTextIsNamed) {
  place().write("letter.txt", "Dear Sir or Madam,\n");
  expect_refused("letter.txt", every_verb);
}

TEST_F(BadFile, ThatIsAFolderIsNamed) {
  fs::create_directory(place().path("folder"));
  expect_refused("folder", every_verb);
}

TEST_F(BadFile, ThatIsMissingIsNotMadeByVerbsThatRead) {
  expect_refused("missing.db", {{"status"}, {"history"}, {"inspect"}, {"validate", "--to", "v1.plumb"}});
  EXPECT_FALSE(fs::exists(place().path("missing.db")));
}

TEST_F(BadFile, InAFolderThatIsMissingIsNamed) {
  expect_refused("nowhere/data.db", {{"status"}, {"apply", "--to", "v1.plumb", "--yes", "--quiet"}});
}

TEST_F(BadFile, ThatIsEmptyIsAnEmptyDatabase) {
  place().write("empty.db", "");
  EXPECT_TRUE(
      ended_with(0, place().plumb({"apply", "--to", "v1.plumb", "--yes", "--db", "sqlite:empty.db"})));
  EXPECT_TRUE(ended_with(0, place().plumb({"validate", "--to", "v1.plumb", "--db", "sqlite:empty.db"})));
}

TEST_F(BadFile, WithADamagedSchemaPageIsNamed) {
  place().bring_to(version_1);
  std::string bytes = place().read("data.db");
  ASSERT_GT(bytes.size(), 4096U);
  std::memset(bytes.data() + 100, 0x5a, 500);
  place().write("damaged.db", bytes);
  expect_refused("damaged.db", every_verb);
}

TEST_F(BadFile, WithDamagedRowsStopsTheRebuildAndKeepsTheFile) {
  place().bring_to(version_1);
  place().sql(
      "INSERT INTO people (name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
      "3000) SELECT 'person number ' || i FROM n;");
  std::string bytes = place().read("data.db");
  const auto root =
      static_cast<std::size_t>(place().number("SELECT rootpage FROM sqlite_master WHERE name = 'people'"));
  const auto page_size = static_cast<std::size_t>(place().number("SELECT page_size FROM pragma_page_size"));
  std::memset(bytes.data() + (root - 1) * page_size, 0x5a, 200);
  place().write("damaged.db", bytes);
  place().write(
      "v3.plumb",
      "schema app version 3.0.0\nuser table people {\n  id serial\n  name varchar(100)  backfill ('x')\n}\n");
  const auto result = place().plumb({"apply", "--to", "v3.plumb", "--yes", "--db", "sqlite:damaged.db"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "malformed"));
  EXPECT_TRUE(lacks(result.out, "applied"));
  EXPECT_EQ(place().read("damaged.db"), bytes);
}

/// A file system of its own, gone at the end.
class Mount {
 public:
  Mount(std::string path, const char* options) : path_(std::move(path)) {
    fs::create_directory(path_);
    mounted_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, options) == 0;
  }
  ~Mount() {
    if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
  }
  Mount(const Mount&) = delete;
  Mount& operator=(const Mount&) = delete;
  bool works() const { return mounted_; }
  bool make_read_only() const {
    return ::mount("tmpfs", path_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }

 private:
  std::string path_;
  bool mounted_ = false;
};

TEST_F(BadFile, OnAReadOnlyFileSystemCanBePlannedAndValidatedButNotChanged) {
  const Mount disk(place().path("disk"), "size=4m");
  if (!disk.works()) GTEST_SKIP() << "this test needs the right to mount";
  place().bring_to(version_1);
  fs::copy_file(place().path("data.db"), place().path("disk/data.db"));
  ASSERT_TRUE(disk.make_read_only());
  EXPECT_TRUE(ended_with(0, place().plumb({"validate", "--to", "v1.plumb", "--db", "sqlite:disk/data.db"})));
  EXPECT_TRUE(ended_with(
      0, place().plumb({"plan", "--to", "v2.plumb", "--db", "sqlite:disk/data.db", "-o", "plan.md"})));
  const std::string before = place().read("disk/data.db");
  const auto result = place().plumb({"apply", "plan.md", "--db", "sqlite:disk/data.db"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "cannot be written"));
  EXPECT_TRUE(contains(result.err, "disk/data.db"));
  EXPECT_TRUE(lacks(result.out, "applied"));
  EXPECT_EQ(place().read("disk/data.db"), before);
}

TEST_F(BadFile, OnAFullDiskStaysAsItWas) {
  const Mount disk(place().path("disk"), "size=1m");
  if (!disk.works()) GTEST_SKIP() << "this test needs the right to mount";
  place().bring_to(version_1);
  place().sql(
      "INSERT INTO people (name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
      "22000) SELECT 'a person with the number ' || i FROM n;");
  fs::copy_file(place().path("data.db"), place().path("disk/data.db"));
  place().write(
      "v3.plumb",
      "schema app version 3.0.0\nuser table people {\n  id serial\n  name varchar(100)\n  index (name)\n}\n");
  const std::string before = place().content();
  const auto result = place().plumb({"apply", "--to", "v3.plumb", "--yes", "--db", "sqlite:disk/data.db"});
  EXPECT_TRUE(ended_with(3, result));
  EXPECT_TRUE(contains(result.err, "free; make room, then apply again; nothing was run"));
  EXPECT_TRUE(lacks(result.out, "applied"));
  fs::copy_file(place().path("disk/data.db"), place().path("data.db"), fs::copy_options::overwrite_existing);
  EXPECT_EQ(place().content(), before);
}

TEST_F(BadFile, APlanForAFullDiskIsNoSuccess) {
  const Mount disk(place().path("disk"), "size=16k");
  if (!disk.works()) GTEST_SKIP() << "this test needs the right to mount";
  place().write("disk/filler", std::string(12000, 'x'));
  std::string many = "schema app version 1.0.0\n";
  for (int i = 0; i < 60; ++i) many += "table t" + std::to_string(i) + " {\n  id serial\n}\n";
  place().write("many.plumb", many);
  const auto result =
      place().plumb({"plan", "--to", "many.plumb", "--db", "sqlite:data.db", "-o", "disk/plan.md"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "disk/plan.md"));
  EXPECT_FALSE(fs::exists(place().path("disk/plan.md")) &&
               place().read("disk/plan.md").ends_with("</details>\n"));
}

TEST_F(BadFile, ResultsThatCannotBePrintedAreNoSuccess) {
  const auto result = run({"/bin/sh", "-c", "exec \"$0\" \"$@\" > /dev/full", plumb_program(), "plan", "--to",
                           place().path("v1.plumb"), "--db", place().url()});
  EXPECT_EQ(result.exit_code, 1);
  for (const char* verb : {"status", "history"}) {
    const auto printed = run(
        {"/bin/sh", "-c", "exec \"$0\" \"$@\" > /dev/full", plumb_program(), verb, "--db", place().url()});
    EXPECT_EQ(printed.exit_code, 1) << verb;
  }
}

// --- servers

class BadServer : public testing::Test {
 protected:
  void SetUp() override {
    if (!mariadb_is_wanted()) GTEST_SKIP() << "PLUMB_TEST_ENGINES leaves MariaDB out";
    place_.emplace("mariadb");
    place_->write("v1.plumb", version_1);
    place_->write("v2.plumb", version_2);
    place_->bring_to(version_1);
    place_->sql("INSERT INTO people (id, name) VALUES (1, 'Ada');");
  }

  Workplace& place() { return *place_; }
  std::string url(const std::string& user, const std::string& database) const {
    return "mariadb://" + user + "@localhost/" + database +
           "?socket=" + place_->target().parameters.at("socket");
  }

  /// A user with these privileges on the test's database and no others.
  std::string user_with(const std::string& name, const std::string& privileges) {
    place().sql("CREATE OR REPLACE USER " + name + "@localhost IDENTIFIED BY 'pw'; GRANT " + privileges +
                " ON " + place().target().database + ".* TO " + name + "@localhost;");
    return url(name + ":pw", place().target().database);
  }

 private:
  std::optional<Workplace> place_;
};

TEST_F(BadServer, ThatDoesNotAnswerIsNamed) {
  const auto result = place().plumb({"status", "--db", "mariadb://root@localhost/x?socket=/nowhere/s"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "/nowhere/s"));
}

TEST_F(BadServer, ThatRefusesThePasswordNamesTheUser) {
  user_with("clerk", "SELECT");
  const auto result = place().plumb({"status", "--db", url("clerk:wrong", place().target().database)});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "clerk"));
}

TEST_F(BadServer, WithoutTheDatabaseNamesIt) {
  const auto result = place().plumb({"plan", "--to", "v1.plumb", "--db", url("root", "no_such_database")});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "no_such_database"));
}

TEST_F(BadServer, ThatForbidsAlterIsNamedAndNothingIsChanged) {
  const std::string db = user_with("clerk",
                                   "SELECT, INSERT, UPDATE, DELETE, CREATE, INDEX, TRIGGER, SHOW VIEW, "
                                   "CREATE TEMPORARY TABLES, LOCK TABLES");
  const std::string before = place().content();
  const auto result = place().plumb({"apply", "--to", "v2.plumb", "--yes", "--db", db});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "ALTER"));
  EXPECT_TRUE(contains(result.err, "clerk"));
  EXPECT_TRUE(lacks(result.out, "applied"));
  EXPECT_EQ(place().content(), before);
}

TEST_F(BadServer, ThatHidesTriggersIsNotTakenForOneWithoutAny) {
  place().sql("CREATE TRIGGER keep BEFORE UPDATE ON people FOR EACH ROW SET new.name = old.name;");
  const std::string db = user_with("clerk",
                                   "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, SHOW VIEW, "
                                   "CREATE TEMPORARY TABLES, LOCK TABLES, REFERENCES");
  const auto result = place().plumb({"plan", "--to", "v1.plumb", "--db", db});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "TRIGGER"));
}

TEST_F(BadServer, ThatHidesViewsIsNotTakenForOneWithoutAny) {
  place().sql("CREATE VIEW names AS SELECT name FROM people;");
  const std::string db = user_with("clerk",
                                   "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, TRIGGER, "
                                   "CREATE TEMPORARY TABLES, LOCK TABLES, REFERENCES");
  const auto result = place().plumb({"plan", "--to", "v1.plumb", "--db", db});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "SHOW VIEW"));
}

// Without a scratch table the check is not known in the spelling of the server: the plan has other bytes.
TEST_F(BadServer, ThatForbidsTemporaryTablesGivesTheSamePlanOrSaysWhatIsMissing) {
  const std::string db = user_with("clerk",
                                   "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, TRIGGER, "
                                   "SHOW VIEW, LOCK TABLES, REFERENCES");
  place().write("v3.plumb",
                "schema app version 3.0.0\nuser table people {\n  id serial\n  name varchar(100)?\n  check "
                "name_is_short (char_length(trim(name)) between 1 and 20)\n}\n");
  const auto result = place().plumb({"plan", "--to", "v3.plumb", "--db", db});
  if (result.exit_code == 0) {
    EXPECT_EQ(result.out, place().plumb_on_db({"plan", "--to", "v3.plumb"}).out);
  } else {
    EXPECT_TRUE(ended_with(1, result));
    EXPECT_TRUE(contains(to_upper(result.err), "TEMPORARY"));
  }
}

TEST_F(BadServer, ThatForbidsWritingStillCanBeValidatedAgainst) {
  const std::string db = user_with("clerk", "SELECT, TRIGGER, SHOW VIEW");
  EXPECT_TRUE(ended_with(0, place().plumb({"validate", "--to", "v1.plumb", "--db", db})));
  EXPECT_TRUE(ended_with(0, place().plumb({"status", "--db", db})));
}

TEST(LostServer, InTheMiddleOfAnApplySaysWhatStands) {
  if (!mariadb_is_wanted()) GTEST_SKIP() << "PLUMB_TEST_ENGINES leaves MariaDB out";
  MariaDbServer server;
  const FreshDatabase database = server.fresh_database();
  run_script(database.target(),
             "CREATE TABLE people (id bigint unsigned not null auto_increment primary key, name "
             "varchar(100)); INSERT INTO people (name) VALUES ('Ada');");
  const ScratchFolder folder;
  // the new table is made, then the fill waits long enough for the server to be killed
  std::ofstream(folder / "app.plumb")
      << "schema app version 1.0.0\nuser table first {\n  id serial\n}\n"
         "user table people {\n  id serial\n  name varchar(100)?\n  slow int  backfill (sleep(20) + 1)\n}\n";
  RunOptions options;
  options.folder = folder.path();
  std::thread killer([&] {
    for (int i = 0; i < 400; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      const auto watched = db::open(server.root_target(), db::OpenMode::ReadOnly);
      if (db::single_integer(
              *watched,
              "SELECT count(*) FROM information_schema.processlist WHERE info LIKE 'UPDATE%sleep%'") > 0)
        break;
    }
    server.kill9();
  });
  const auto result = run_plumb(
      {"apply", "--to", "app.plumb", "--yes", "--no-probe", "--db", database.target().display_name()},
      options);
  killer.join();
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "took effect"));
  EXPECT_TRUE(contains(result.err, "CREATE TABLE `first`"));
  EXPECT_TRUE(lacks(result.out, "verified"));
  server.start();
  EXPECT_EQ(db::single_integer(*database.connect(), "SELECT count(*) FROM people WHERE name = 'Ada'"), 1);
  const auto status = run_plumb({"status", "--db", database.target().display_name()}, options);
  EXPECT_TRUE(contains(status.out, "running")) << "the run that was cut off has no outcome";
  std::ofstream(folder / "app.plumb")
      << "schema app version 1.0.0\nuser table first {\n  id serial\n}\n"
         "user table people {\n  id serial\n  name varchar(100)?\n  slow int  backfill (1)\n}\n";
  EXPECT_TRUE(ended_with(6, status));
  const auto refused = run_plumb({"apply", "--to", "app.plumb", "--yes", "--db", database.target().display_name()}, options);
  EXPECT_TRUE(ended_with(6, refused));
  EXPECT_TRUE(contains(refused.err, "`plumb resume` goes on with it"));
  EXPECT_TRUE(ended_with(0, run_plumb({"resume", "--abandon", "--db", database.target().display_name()}, options)));
  EXPECT_TRUE(ended_with(
      0,
      run_plumb({"apply", "--to", "app.plumb", "--yes", "--db", database.target().display_name()}, options)));
  EXPECT_TRUE(ended_with(
      0, run_plumb({"validate", "--to", "app.plumb", "--db", database.target().display_name()}, options)));
}

}  // namespace
}  // namespace plumb::test
