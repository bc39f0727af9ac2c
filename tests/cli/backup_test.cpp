// Backups on real engines: made, damaged, verified, restored, pruned.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/plumb_program.hpp"
#include "support/file.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;

constexpr const char* sqlite_content = R"(
CREATE TABLE people (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL, photo blob, height real);
INSERT INTO people (id, name, photo, height) VALUES (5, 'Ada 😀', x'00ff27', 1.1), (9, 'Grace', NULL, 3.4028234663852886e38);
DELETE FROM people WHERE id = 9;
CREATE TABLE log (line text);
INSERT INTO log VALUES ('begin');
CREATE TRIGGER people_log AFTER INSERT ON people BEGIN INSERT INTO log VALUES (new.name); END;
CREATE VIEW names AS SELECT name FROM people;
)";

constexpr const char* mariadb_content = R"(
ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE people (id int PRIMARY KEY AUTO_INCREMENT, name varchar(100) CHARACTER SET utf8mb4 NOT NULL DEFAULT '😀', photo blob,
  height float, weight double, twice double AS (height * 2) STORED, mood enum('good', 'bad'), seen timestamp NULL, bits bit(5), place point,
  hidden int INVISIBLE DEFAULT 4) CHARACTER SET utf8mb4;
INSERT INTO people (id, name, photo, height, weight, mood, seen, bits, place, hidden) VALUES
  (5, 'Ada 😀 ''\\" \n', x'00ff27', 16777216, 1.7976931348623157e308, 'bad', '2020-01-01 00:00:00', b'10101', point(1, 2), 9),
  (9, 'Grace', NULL, 123456.7890625, 2.2250738585072014e-308, NULL, NULL, NULL, NULL, NULL);
INSERT INTO people (id) VALUES (77);
DELETE FROM people WHERE id = 77;
CREATE TABLE log (id int PRIMARY KEY, line varchar(100) CHARACTER SET latin1);
INSERT INTO log VALUES (0, 'äöü');
UPDATE log SET id = 0;
CREATE TABLE old (a int, f float) ENGINE=MyISAM;
INSERT INTO old VALUES (1, 0.1), (1, 0.1), (NULL, NULL);
CREATE TABLE kept (id int PRIMARY KEY, f float) WITH SYSTEM VERSIONING;
INSERT INTO kept VALUES (1, 12345678);
UPDATE kept SET f = 2;
CREATE TABLE child (id int PRIMARY KEY, person int, FOREIGN KEY (person) REFERENCES people (id));
INSERT INTO child VALUES (1, 5);
CREATE SEQUENCE numbers START WITH 5;
SELECT NEXT VALUE FOR numbers;
CREATE VIEW names AS SELECT name, height FROM people;
CREATE FUNCTION half(x int) RETURNS int DETERMINISTIC RETURN x / 2;
DELIMITER //
CREATE TRIGGER people_log AFTER INSERT ON people FOR EACH ROW BEGIN INSERT INTO log VALUES (new.id, '😀'); END//
DELIMITER ;
)";

class Backups : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().sql(sqlite_content, mariadb_content);
  }

  std::string backup(std::vector<std::string> further = {}) {
    std::vector<std::string> words{"backup", "create", "--json"};
    words.insert(words.end(), further.begin(), further.end());
    const auto result = place().plumb_on_db(words);
    EXPECT_TRUE(ended_with(0, result));
    return result.exit_code == 0 ? Json::parse(result.out).at("file").get<std::string>() : std::string();
  }

  std::vector<Json> shelf() {
    const auto result = place().plumb({"backup", "list", "--json"});
    EXPECT_TRUE(ended_with(0, result));
    return Json::parse(result.out).get<std::vector<Json>>();
  }

  /// Flips one bit of what is in the first part, behind its header: the file still looks whole.
  void damage(const std::string& path) {
    std::fstream file(place().path(path), std::ios::binary | std::ios::in | std::ios::out);
    constexpr std::streamoff behind_the_header = 512 + 20;
    file.seekg(behind_the_header);
    const char byte = static_cast<char>(file.get() ^ 4);
    file.seekp(behind_the_header);
    file.put(byte);
  }

  /// Checksums where the engine has them, because its client prints FLOAT with six digits.
  std::string exact_content() {
    std::string content = place().content();
    if (place().is_sqlite()) return content;
    for (const char* table : {"people", "log", "old", "kept", "child"}) {
      content += db::as_text(place().connect()->query(std::string("CHECKSUM TABLE ") + table).rows.at(0).at(1)) + "\n";
    }
    return content + place().text("SELECT HEX(DEFAULT(name)) FROM people LIMIT 1") + place().text("SELECT half(8)");
  }
};
PLUMB_ON_BOTH_ENGINES(Backups);

TEST_P(Backups, GiveBackEveryValueAndObject) {
  const std::string before = exact_content();
  const std::string file = backup();
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"backup", "verify", file})));
  place().sql("DELETE FROM people; DROP VIEW names;", "DELETE FROM child; DELETE FROM people; DROP VIEW names; DROP FUNCTION half; ALTER DATABASE CHARACTER SET latin1;");
  ASSERT_NE(place().content(), before);
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"restore", file, "--yes"}))) << "it is not empty";
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"restore", file, "--replace", "--yes"})));
  EXPECT_EQ(exact_content(), before);
  EXPECT_EQ(shelf().size(), 2U) << "what was replaced is saved too";
}

TEST_P(Backups, RestoreIntoANewDatabase) {
  const std::string file = backup();
  db::Target target = place().target();
  if (place().is_sqlite()) target.path = place().path("new.db");
  else target.database += "_new";
  EXPECT_TRUE(ended_with(0, place().plumb({"restore", file, "--yes", "--db", target.display_name()})));
  const auto restored = db::open(target, db::OpenMode::ReadWrite);
  EXPECT_EQ(content_of(*restored), place().content());
  if (!place().is_sqlite()) restored->execute("DROP DATABASE `" + target.database + "`");
}

TEST(BackupsOfSqlite, GiveBackRowsThatAreAgainstTheirTable) {
  const Workplace place("sqlite");
  place.sql("CREATE TABLE t (id INTEGER PRIMARY KEY, n INT CHECK (n > 0)); PRAGMA ignore_check_constraints = ON; INSERT INTO t VALUES (1, -5); PRAGMA ignore_check_constraints = OFF;");
  const std::string rows = place.rows();
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"backup", "create", "-o", "saved"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"backup", "verify", "saved"})));
  place.sql("DELETE FROM t;");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"restore", "saved", "--replace", "--yes"})));
  EXPECT_EQ(place.rows(), rows);
}

TEST(BackupsOfMariaDb, GiveBackRowsThatAStrictServerRefuses) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  for (const std::string format : {"native", "json"}) {
    const Workplace place("mariadb");
    place.sql("SET sql_mode = 'ALLOW_INVALID_DATES', check_constraint_checks = 0; CREATE TABLE t (id int PRIMARY KEY, n int CHECK (n > 0), d date, j json); INSERT INTO t VALUES (1, -5, '2020-02-31', 'no json');");
    const std::string rows = place.rows();
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"backup", "create", "--format", format, "-o", "saved"})));
    place.sql("DELETE FROM t;");
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"restore", "saved", "--replace", "--yes"}))) << format;
    EXPECT_EQ(place.rows(), rows) << format;
  }
}

TEST_P(Backups, ThatAreDamagedAreFound) {
  const std::string file = backup();
  const std::string before = place().content();
  damage(file);
  const auto verified = place().plumb_on_db({"backup", "verify", file});
  EXPECT_TRUE(ended_with(1, verified));
  EXPECT_TRUE(contains(verified.err, file));
  EXPECT_TRUE(ended_with(1, place().plumb_on_db({"restore", file, "--replace", "--yes"})));
  EXPECT_EQ(place().content(), before);
}

TEST_P(Backups, ThatAreCutOffAreNone) {
  const std::string file = backup();
  std::filesystem::resize_file(place().path(file), std::filesystem::file_size(place().path(file)) - 600);
  EXPECT_TRUE(ended_with(1, place().plumb_on_db({"backup", "verify", file})));
  ASSERT_EQ(shelf().size(), 1U);
  EXPECT_FALSE(shelf().front().at("problem").is_null());
}

TEST_P(Backups, NeverTakeThePlaceOfAnotherFile) {
  place().write("there.backup.tar", "mine");
  EXPECT_TRUE(ended_with(1, place().plumb_on_db({"backup", "create", "-o", "there.backup.tar"})));
  EXPECT_EQ(place().read("there.backup.tar"), "mine");
}

TEST_P(Backups, AreMadeBeforeAnApply) {
  place().write("next.plumb", "schema app version 2.0.0\nuser table later {\n  id serial\n}\n");
  const std::string before = place().content();
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "next.plumb", "--yes", "--backup"})));
  ASSERT_EQ(shelf().size(), 1U);
  ASSERT_NE(place().content(), before);
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"restore", shelf().front().at("file"), "--replace", "--no-backup", "--yes"})));
  EXPECT_EQ(place().content(), before);
}

TEST_P(Backups, ArePrunedButForTheLastGoodOne) {
  const std::string first = backup();
  const std::string second = backup();
  const std::string third = backup();
  EXPECT_TRUE(ended_with(0, place().plumb({"backup", "prune", "--yes"})));
  EXPECT_EQ(shelf().size(), 3U) << "younger than 30 days";
  EXPECT_TRUE(ended_with(0, place().plumb({"backup", "prune", "--keep", "2", "--dry-run"})));
  EXPECT_EQ(shelf().size(), 3U);
  damage(third);
  EXPECT_TRUE(ended_with(0, place().plumb({"backup", "prune", "--keep", "0", "--yes"})));
  ASSERT_EQ(shelf().size(), 1U);
  EXPECT_EQ(shelf().front().at("file"), second) << "the newest one is damaged";
}

TEST_P(Backups, ThatAreKilledLeaveNothingThatIsListed) {
  place().sql("INSERT INTO log WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT hex(randomblob(100)) FROM n;",
              "SET max_recursive_iterations = 1000000; INSERT INTO log WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT i + 1000, SHA2(i, 256) FROM n;");
  std::size_t killed = 0;
  for (int wait_ms = 5; wait_ms < 400; wait_ms *= 2) {
    const pid_t child = ::fork();
    if (child == 0) {
      if (::chdir(place().folder().c_str()) != 0) ::_exit(1);
      const std::string url = place().url();
      const std::string program = plumb_program();
      ::execl(program.c_str(), "plumb", "backup", "create", "--quiet", "--db", url.c_str(), nullptr);
      ::_exit(1);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    killed += WIFSIGNALED(status) ? 1U : 0U;
    for (const auto& one : shelf()) EXPECT_TRUE(one.at("problem").is_null()) << one;
  }
  EXPECT_GT(killed, 2U);
  EXPECT_TRUE(ended_with(0, place().plumb({"backup", "prune", "--yes"})));
  if (!is_folder(place().path("backups"))) return;
  for (const auto& entry : std::filesystem::directory_iterator(place().path("backups"))) EXPECT_TRUE(entry.path().string().ends_with(".backup.tar")) << entry.path();
}

TEST_P(Backups, AreOpenedByTarAndZstd) {
  const std::string file = backup();
  const std::string part = place().is_sqlite() ? "database.sqlite" : "database.sql";
  const auto listed = run({"tar", "tf", place().path(file)});
  EXPECT_TRUE(ended_with(0, listed));
  EXPECT_TRUE(contains(listed.out, part + "/000001.zst"));
  EXPECT_TRUE(contains(listed.out, "manifest.json"));
  ASSERT_TRUE(ended_with(0, run({"sh", "-c", "tar -xOf '" + place().path(file) + "' " + part + " | zstd -dc > '" + place().path("taken-apart") + "'"})));
  if (place().is_sqlite()) EXPECT_EQ(place().read("taken-apart"), read_file(place().target().path)) << "byte for byte";
  else EXPECT_TRUE(contains(place().read("taken-apart"), "-- Dump completed"));
}

TEST_P(Backups, HoldWhatStandsInTheLogOfAnotherClient) {
  if (!place().is_sqlite()) GTEST_SKIP() << "a file of SQLite";
  const auto other = place().connect();
  other->query("PRAGMA journal_mode = WAL");
  other->execute("INSERT INTO log VALUES ('in the log')");
  const db::Transaction open(*other);
  other->execute("INSERT INTO log VALUES ('not committed')");
  ASSERT_GT(std::filesystem::file_size(place().target().path + "-wal"), 0U);
  const std::string file = backup();
  db::Target target = place().target();
  target.path = place().path("new.db");
  ASSERT_TRUE(ended_with(0, place().plumb({"restore", file, "--yes", "--db", target.display_name()})));
  EXPECT_EQ(db::single_integer(*db::open(target, db::OpenMode::ReadWrite), "SELECT count(*) FROM log"), 2);
}

/// Outside of WAL mode the file itself is read; what others write meanwhile waits, and is not in it.
TEST_P(Backups, AreOfOneMomentWhileOthersWrite) {
  place().sql("CREATE TABLE pairs (a int, b int); INSERT INTO pairs VALUES (0, 0);", "CREATE TABLE pairs (a int, b int); INSERT INTO pairs VALUES (0, 0);");
  place().sql("INSERT INTO log WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT hex(randomblob(100)) FROM n;",
              "SET max_recursive_iterations = 1000000; INSERT INTO log WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) SELECT i + 1000, SHA2(i, 256) FROM n;");
  std::atomic<bool> done = false;
  std::thread writer([&] {
    const auto connection = place().connect();
    while (!done) {
      db::Transaction transaction(*connection);
      connection->execute("UPDATE pairs SET a = a + 1");
      connection->execute("UPDATE pairs SET b = b + 1");
      transaction.commit();
    }
  });
  const std::string file = backup();
  done = true;
  writer.join();
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"backup", "verify", file})));
  db::Target target = place().target();
  if (place().is_sqlite()) target.path = place().path("new.db");
  else target.database += "_new";
  ASSERT_TRUE(ended_with(0, place().plumb({"restore", file, "--yes", "--db", target.display_name()})));
  const auto restored = db::open(target, db::OpenMode::ReadWrite);
  EXPECT_EQ(db::single_integer(*restored, "SELECT count(*) FROM pairs WHERE a = b"), 1);
  if (!place().is_sqlite()) restored->execute("DROP DATABASE `" + target.database + "`");
}

class BackupSecrets : public MariaDbTest {};

TEST_F(BackupSecrets, PasswordsAreInNoListOfProcessesAndNoFile) {
  const db::Target user = make_user({"GRANT ALL ON `" + database().name() + "`.*"});
  const std::string secret = "s3cr3t-in-no-list";
  connection().execute("ALTER USER `" + user_name() + "`@localhost IDENTIFIED BY '" + secret + "'");
  connection().execute("CREATE TABLE t (id int PRIMARY KEY, f float)");
  connection().execute("INSERT INTO t VALUES (1, 16777216)");
  const ScratchFolder folder;
  RunOptions options;
  options.folder = folder.path();
  options.environment["PLUMB_PASSWORD"] = secret;
  // a program in the place of mariadb-dump writes down what can be seen of it, then runs the real one
  std::ofstream(folder / "mariadb-dump") << "#!/bin/sh\ntr '\\0' ' ' < /proc/$$/cmdline > seen\ntr '\\0' ' ' < /proc/$$/environ | sed 's/PLUMB_PASSWORD=[^ ]*//' >> seen\nexec /usr/bin/mariadb-dump \"$@\"\n";
  std::filesystem::permissions(folder / "mariadb-dump", std::filesystem::perms::owner_all);
  options.environment["PATH"] = folder.path() + ":" + std::getenv("PATH");
  db::Target spoken = user;
  spoken.password.clear();
  const auto result = run_plumb({"backup", "create", "-o", "one.backup.tar", "--db", spoken.display_name()}, options);
  ASSERT_TRUE(ended_with(0, result));
  const std::string seen = read_file(folder / "seen");
  EXPECT_TRUE(contains(seen, "--single-transaction"));
  EXPECT_TRUE(lacks(seen, secret));
  EXPECT_TRUE(lacks(read_file(folder / "one.backup.tar"), secret));
  EXPECT_TRUE(lacks(result.out + result.err, secret));
}

TEST_F(BackupSecrets, AMissingProgramIsNamedWithItsPackage) {
  const ScratchFolder folder;
  RunOptions options;
  options.folder = folder.path();
  options.environment["PATH"] = "/nowhere";
  const auto result = run_plumb({"backup", "create", "--db", database().target().display_name()}, options);
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "apt-get install mariadb-client"));
}

}  // namespace
}  // namespace plumb::test
