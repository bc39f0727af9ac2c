// The portable form: every row of every table with its ids, restored on the same engine and on the other one.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "cli/plumb_program.hpp"
#include "support/file.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;

/// The texts of the tables' rows, one behind the other as they stand in the file.
std::string rows_in(const Workplace& place, const std::string& file) {
  const auto listed = run({"sh", "-c", "tar -xOf '" + place.path(file) + "' rows | zstd -dc"});
  EXPECT_TRUE(ended_with(0, listed));
  return listed.out;
}

std::string save(const Workplace& place, const std::string& url, const std::string& name) {
  const auto saved = place.plumb({"backup", "create", "--format", "json", "-o", name, "--db", url});
  EXPECT_TRUE(ended_with(0, saved));
  return saved.err;
}

/// The lines with rows alone: the texts of objects are spelled anew.
std::string values_in(const std::string& content) {
  std::string values;
  std::istringstream lines(content);
  for (std::string line; std::getline(lines, line);) {
    if (line.find('=') != std::string::npos && line.find('(') > line.find('=')) values += line + "\n";
  }
  return values;
}

/// Restores the file into a new database of that engine, and forgets it at the end.
class Restored {
 public:
  Restored(const Workplace& place, const std::string& file, const std::string& engine) : target_(db::parse_target("sqlite:" + place.path("restored-" + file + ".db"))) {
    if (engine == "mariadb") {
      database_.emplace(MariaDbServer::shared().fresh_database());
      target_ = database_->target();
      db::open(target_, db::OpenMode::ReadWrite)->execute("ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
    }
    result_ = place.plumb({"restore", file, "--yes", "--db", url()});
  }
  std::string url() const { return target_.display_name(); }
  const RunResult& result() const { return result_; }
  std::unique_ptr<db::Connection> connect() const { return db::open(target_, db::OpenMode::ReadWrite); }

 private:
  std::optional<FreshDatabase> database_;
  db::Target target_;
  RunResult result_;
};

/// An application's database that an ORM has made, with what nobody declared.
std::string old_bamort(const std::string& engine) { return read_file(std::string(PLUMB_SOURCE_DIR) + "/schema/bamort/history/old_" + engine + ".sql"); }

class Portable : public OnBothEngines {};
PLUMB_ON_BOTH_ENGINES(Portable);

constexpr const char* sqlite_of_its_own = R"(
CREATE TABLE people (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL, photo blob, height real, single float, price decimal(10,2), born datetime, whole int, anything);
CREATE TABLE log (line text);
CREATE TABLE pairs (b text, a text, n int AS (length(b)) STORED, PRIMARY KEY (b, a)) WITHOUT ROWID;
CREATE TRIGGER people_log AFTER INSERT ON people BEGIN INSERT INTO log VALUES (new.name); END;
CREATE VIEW names AS SELECT name FROM people;
INSERT INTO people (id, name, photo, height, single, price, born, whole, anything) VALUES
  (5, 'Ada 😀 "\', x'00ff27', 1.1, 0.123456789, 12.5, '2026-01-31T12:00:00Z', 9223372036854775807, NULL),
  (6, '', 'a text', 9e999, -1e-310, 'dear', 1700000000, 'a word', x''),
  (7, x'c3', zeroblob(0), -0.0, 3, 1.005, '31 January', -1.5, 'any'),
  (8, CAST(x'ff41' AS text), NULL, NULL, NULL, 7, NULL, NULL, 1e300), (99, 'gone', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
DELETE FROM people WHERE id = 99;
INSERT INTO pairs (b, a) VALUES ('b', 'a'), ('B', 'a'), ('ä', ''), ('b', 'A');
)";

constexpr const char* mariadb_of_its_own = R"(
ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE people (id int PRIMARY KEY AUTO_INCREMENT, name varchar(100) NOT NULL DEFAULT 'x', photo blob, fixed binary(4), height float, weight double,
  twice double AS (height * 2) STORED, price decimal(30,10), mood enum('good', 'bad'), likes set('a', 'b'), seen timestamp(3) NULL, born date, at time, y year, bits bit(5), place point,
  doc json, who uuid, big bigint unsigned, hidden int INVISIBLE DEFAULT 4);
CREATE TABLE log (id int PRIMARY KEY, line varchar(100) CHARACTER SET latin1);
INSERT INTO people (id, name, photo, fixed, height, weight, price, mood, likes, seen, born, at, y, bits, place, doc, who, big, hidden) VALUES
  (5, 'Ada 😀 ''\\" \n', x'00ff27', x'01', 16777216, 1.7976931348623157e308, '12345678901234567890.0123456789', 'bad', 'a,b', '2020-01-01 00:00:00.125', '0000-00-00', '-838:59:59', 1999,
    b'10101', point(1, 2), '{"b": [1, 2.50]}', 'c0ffee00-0000-4000-8000-000000000001', 18446744073709551615, 9),
  (9, 'Grace', '', NULL, 0.1, 2.2250738585072014e-308, NULL, NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO people (id) VALUES (77);
DELETE FROM people WHERE id = 77;
INSERT INTO log VALUES (0, 'äöü');
CREATE VIEW names AS SELECT name, height FROM people;
DELIMITER //
CREATE TRIGGER people_log AFTER INSERT ON people FOR EACH ROW BEGIN INSERT INTO log VALUES (new.id, 'ö'); END//
DELIMITER ;
)";

TEST_P(Portable, GivesBackEveryValueAndObjectOfItsOwnEngine) {
  place().sql(sqlite_of_its_own, mariadb_of_its_own);
  save(place(), place().url(), "one.backup.tar");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"backup", "verify", "one.backup.tar"})));
  const Restored restored(place(), "one.backup.tar", place().engine());
  ASSERT_TRUE(ended_with(0, restored.result()));
  save(place(), restored.url(), "two.backup.tar");
  EXPECT_EQ(rows_in(place(), "two.backup.tar"), rows_in(place(), "one.backup.tar"));
  EXPECT_TRUE(ended_with(0, place().plumb({"diff", place().url(), restored.url()})));
  const auto connection = restored.connect();
  EXPECT_EQ(values_in(content_of(*connection)), values_in(place().content()));
  if (place().is_sqlite()) {
    connection->execute("INSERT INTO people (name) VALUES ('next')");
    EXPECT_EQ(db::single_integer(*connection, "SELECT max(id) FROM people"), 100);
    EXPECT_EQ(db::single_integer(*connection, "SELECT count(*) FROM log"), 6) << "the trigger of the restored table fires again, and did not before";
  } else {
    connection->execute("INSERT INTO people (name) VALUES ('next')");
    EXPECT_EQ(db::single_integer(*connection, "SELECT max(id) FROM people"), 78);
    EXPECT_EQ(db::single_integer(*connection, "SELECT count(*) FROM log"), 2);
  }
}

/// A description of what both engines have.
constexpr const char* on_both = R"(schema shop version 1.2.0

table authors {
  id         serial
  name       varchar(80)
  best_book  ref(books)?
  mentor     ref(authors)?
}

table books {
  id         serial
  author_id  ref(authors)
  title      varchar(80)
  price      decimal(12,2)?
  printed    date?
  sold_at    datetime?
  in_print   bool = true
  cover      blob?
  weight     double?
  sheet      float?
  about      json?
  pages      bigint?
  summary    longtext?

  unique (title)
}

table words {
  word  varchar(40)
  more  text?

  primary key (word)
}
)";

constexpr const char* rows_on_both = R"(
INSERT INTO authors (id, name) VALUES (3, 'Ada'), (5, 'Größe 😀');
INSERT INTO books (id, author_id, title, price, printed, sold_at, in_print, cover, weight, sheet, about, pages, summary) VALUES
  (10, 3, 'Notes', 1234567890.10, '1843-09-01', '2026-01-31 12:00:00', 1, x'00ff27', 0.1, 0.5, '{"a": [1, 2.50]}', -9223372036854775808, 'long'),
  (12, 5, 'no tes', NULL, NULL, NULL, 0, x'', 1e-310, 16777216, NULL, 9223372036854775807, NULL),
  (40, 5, 'gone', NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL);
DELETE FROM books WHERE id = 40;
UPDATE authors SET best_book = 10, mentor = 5 WHERE id = 3;
UPDATE authors SET best_book = 12, mentor = 3 WHERE id = 5;
INSERT INTO words VALUES ('b', NULL), ('a', 'x'), ('B', ''), ('ä', 'umlaut');
)";

TEST_P(Portable, GoesToTheOtherEngineAndBackWithTheSameBytes) {
  const std::string other = place().is_sqlite() ? "mariadb" : "sqlite";
  if (!mariadb_is_wanted()) GTEST_SKIP();
  if (!place().is_sqlite()) place().sql("ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
  place().bring_to(on_both);
  place().sql(rows_on_both);
  save(place(), place().url(), "one.backup.tar");
  const std::string rows = rows_in(place(), "one.backup.tar");
  const Restored there(place(), "one.backup.tar", other);
  ASSERT_TRUE(ended_with(0, there.result()));
  EXPECT_TRUE(contains(place().plumb({"status", "--db", there.url()}).out, "1.2.0"));
  save(place(), there.url(), "two.backup.tar");
  EXPECT_EQ(rows_in(place(), "two.backup.tar"), rows);
  EXPECT_TRUE(ended_with(0, place().plumb({"backup", "verify", "two.backup.tar", "--scratch", other == "mariadb" ? there.url() : place().url()})));
  const Restored back(place(), "two.backup.tar", place().engine());
  ASSERT_TRUE(ended_with(0, back.result()));
  save(place(), back.url(), "three.backup.tar");
  EXPECT_EQ(rows_in(place(), "three.backup.tar"), rows);
  const auto connection = back.connect();
  connection->execute("INSERT INTO books (author_id, title) VALUES (3, 'next')");
  EXPECT_EQ(db::single_integer(*connection, "SELECT max(id) FROM books"), 41) << "the mark of the automatic key has travelled";
  EXPECT_TRUE(ended_with(0, place().plumb({"validate", "--db", back.url(), "--to", place().write("shop.plumb", on_both)})));
}

TEST_P(Portable, TakesAWholeApplicationToTheOtherEngineAndBack) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  place().sql(old_bamort(place().engine()));
  save(place(), place().url(), "one.backup.tar");
  const Restored again(place(), "one.backup.tar", place().engine());
  ASSERT_TRUE(ended_with(0, again.result()));
  EXPECT_TRUE(ended_with(0, place().plumb({"diff", place().url(), again.url()}))) << "names of indexes included";
  const Restored there(place(), "one.backup.tar", place().is_sqlite() ? "mariadb" : "sqlite");
  ASSERT_TRUE(ended_with(0, there.result()));
  save(place(), there.url(), "two.backup.tar");
  const Restored back(place(), "two.backup.tar", place().engine());
  ASSERT_TRUE(ended_with(0, back.result()));
  save(place(), back.url(), "three.backup.tar");
  EXPECT_EQ(rows_in(place(), "three.backup.tar"), rows_in(place(), "two.backup.tar"));
}

TEST(PortableFromSqlite, TakesWhatASqliteSchemaOfTheWildHoldsToMariaDb) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("sqlite");
  place.sql("CREATE TABLE users (name TEXT PRIMARY KEY, boss TEXT REFERENCES users (name), age INTEGER, note TEXT, score NUMERIC);"
            "CREATE TABLE posts (id INTEGER PRIMARY KEY AUTOINCREMENT, author TEXT REFERENCES users (name), stamp INTEGER);"
            "CREATE VIEW short AS SELECT name FROM users; CREATE TRIGGER t AFTER INSERT ON users BEGIN DELETE FROM posts; END;"
            "INSERT INTO users VALUES ('a', 'b', 3, 'x', 1.5), ('b', 'a', 4000000000, NULL, 7), ('A', 'nobody', 1, hex(zeroblob(60000)), NULL);"
            "INSERT INTO posts VALUES (1, 'a', 1700000000000);");
  save(place, place.url(), "one.backup.tar");
  const Restored there(place, "one.backup.tar", "mariadb");
  ASSERT_TRUE(ended_with(0, there.result()));
  EXPECT_TRUE(contains(there.result().err, "view `short`"));
  EXPECT_TRUE(contains(there.result().err, "trigger `t`"));
  EXPECT_TRUE(contains(there.result().err, "at most 255 characters: `posts.author`, `users.name`, `users.boss`"));
  EXPECT_TRUE(contains(there.result().err, "(boss) has no row in `users`")) << "what was broken is still, and is named";
  const auto connection = there.connect();
  EXPECT_EQ(db::single_integer(*connection, "SELECT stamp FROM posts"), 1700000000000);
  EXPECT_EQ(db::single_integer(*connection, "SELECT length(note) FROM users WHERE name = 'A'"), 120000);
}

TEST(PortableFromSqlite, AValueThatTheTypeCannotHoldIsNamedAndNothingStays) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("sqlite");
  place.sql("CREATE TABLE events (id INTEGER PRIMARY KEY, at datetime); INSERT INTO events VALUES (1, '2026-01-31 12:00:00'), (2, 1700000000);");
  save(place, place.url(), "one.backup.tar");
  const Restored there(place, "one.backup.tar", "mariadb");
  EXPECT_TRUE(ended_with(1, there.result()));
  EXPECT_TRUE(contains(there.result().err, "table `events`, row 2: `at` holds 1700000000, and must be a time like"));
  EXPECT_EQ(db::single_integer(*there.connect(), "SELECT count(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"), 0);
}

TEST_P(Portable, IsABackupLikeAnyOther) {
  place().sql("CREATE TABLE t (id int PRIMARY KEY, x varchar(9)); INSERT INTO t VALUES (1, 'a');");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"backup", "create", "--format", "json"})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"data", "export", "--all", "-o", "backups/mine.backup.tar"})));
  const auto listed = place().plumb({"backup", "list", "--json"});
  ASSERT_TRUE(ended_with(0, listed));
  const auto shelf = Json::parse(listed.out);
  ASSERT_EQ(shelf.size(), 2U);
  EXPECT_EQ(shelf[0].at("form"), "portable");
  EXPECT_EQ(shelf[0].at("rows"), 1);
  const std::string before = values_in(place().content());
  place().sql("UPDATE t SET x = 'b'");
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"restore", "backups/mine.backup.tar", "--yes"}))) << "it is not empty";
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"restore", "backups/mine.backup.tar", "--yes", "--replace", "--no-backup"})));
  EXPECT_EQ(values_in(place().content()), before);
  EXPECT_TRUE(ended_with(0, place().plumb({"backup", "prune", "--keep", "1", "--yes"})));
  EXPECT_EQ(Json::parse(place().plumb({"backup", "list", "--json"}).out).size(), 1U);
}

TEST_P(Portable, ThatIsDamagedIsNotRestored) {
  place().sql("CREATE TABLE t (id int PRIMARY KEY, x varchar(9)); INSERT INTO t VALUES (1, 'a');");
  save(place(), place().url(), "one.backup.tar");
  std::string bytes = place().read("one.backup.tar");
  bytes[512 + 20] = static_cast<char>(bytes[512 + 20] ^ 4);
  place().write("one.backup.tar", bytes);
  const std::string before = place().content();
  EXPECT_TRUE(ended_with(1, place().plumb_on_db({"backup", "verify", "one.backup.tar"})));
  EXPECT_TRUE(ended_with(1, place().plumb_on_db({"restore", "one.backup.tar", "--yes", "--replace", "--no-backup"})));
  EXPECT_EQ(place().content(), before);
}

}  // namespace
}  // namespace plumb::test
