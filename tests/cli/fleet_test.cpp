// Many databases by one list, on real engines: faults in some of them, the rest done, the faulty ones named and done later.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/plumb_program.hpp"
#include "db/target.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr const char* version_1 = "schema app version 1.0.0\nuser table people {\n  id    serial\n  name  varchar(100)?\n  mail  varchar(100)?\n}\n";
constexpr const char* version_2 =
    "schema app version 2.0.0\nuser table people {\n  id     serial\n  name   varchar(100)\n  email  varchar(100)? was mail\n\n  unique (email)\n}\n"
    "user table notes {\n  id    serial\n  text  varchar(200)\n}\n";
constexpr const char* two_people = "INSERT INTO people (id, name, mail) VALUES (1, 'Ada', 'ada@example.org'), (2, 'Grace', NULL);";
constexpr const char* nobody = "INSERT INTO people (id, name) VALUES (3, NULL);";

/// PLUMB_FLEET_FILES and PLUMB_FLEET_DATABASES make it longer.
std::size_t size_by(const char* variable, std::size_t usual) {
  const char* text = std::getenv(variable);
  return text == nullptr ? usual : std::stoul(text);
}

class Fleet : public testing::Test {
 protected:
  void SetUp() override {
    place_.write("v1.plumb", version_1);
    place_.write("v2.plumb", version_2);
  }

  RunResult plumb(std::vector<std::string> arguments, std::map<std::string, std::string> environment = {}) {
    RunOptions options;
    options.environment = std::move(environment);
    options.timeout = std::chrono::seconds(1800);
    return place_.plumb(std::move(arguments), options);
  }
  /// `apply` to version 2, everywhere.
  RunResult roll_out(std::vector<std::string> further = {}, std::map<std::string, std::string> environment = {}) {
    std::vector<std::string> words{"apply", "--targets", "targets", "--to", "v2.plumb", "--yes"};
    words.insert(words.end(), further.begin(), further.end());
    return plumb(std::move(words), std::move(environment));
  }
  static Json report_of(const RunResult& result) {
    Json report = Json::parse(result.out, nullptr, false);
    EXPECT_TRUE(report.is_object()) << result.out << result.err;
    return report;
  }
  /// What became of the database of that name: "failed 3".
  static std::string fate(const Json& report, const std::string& name) {
    for (const auto& one : report.at("databases")) {
      if (one.at("name") == name) return one.at("outcome").get<std::string>() + " " + std::to_string(one.at("exit_code").get<int>());
    }
    return "not there";
  }
  static std::string message(const Json& report, const std::string& name) {
    for (const auto& one : report.at("databases")) {
      if (one.at("name") == name && one.at("message").is_string()) return one.at("message").get<std::string>();
    }
    return {};
  }
  static std::size_t count(const Json& report, const std::string& outcome) { return report.at("counts").value(outcome, std::size_t{0}); }

  Workplace place_{"sqlite"};
};

class FleetOfFiles : public Fleet {
 protected:
  static std::string name(std::size_t number) {
    std::string text = std::to_string(number);
    return "t" + std::string(4 - text.size(), '0') + text;
  }
  std::string file(std::size_t number) const { return place_.path("tenants/" + name(number) + ".db"); }
  db::Target target(std::size_t number) const { return db::parse_target("sqlite:" + file(number)); }
  void sql(std::size_t number, const std::string& script) const { run_script(target(number), script); }
  std::string shown(std::size_t number) const { return "sqlite:tenants/" + name(number) + ".db"; }

  /// So many files in version 1, each with two rows.
  void make(std::size_t files) {
    fs::create_directories(place_.path("tenants"));
    ASSERT_TRUE(ended_with(0, plumb({"apply", "--db", "sqlite:tenants/t0000.db", "--to", "v1.plumb", "--yes"})));
    sql(0, two_people);
    for (std::size_t i = 1; i < files; ++i) fs::copy_file(file(0), file(i));
    place_.write("targets", "# every tenant has a file\n\nsqlite:tenants/*.db\n");
  }
  std::string version(std::size_t number) const { return db::as_text(db::open(target(number), db::OpenMode::ReadOnly)->query("SELECT version FROM plumb_history WHERE outcome = 'done' ORDER BY number DESC LIMIT 1").rows.at(0).at(0)); }
};

TEST_F(FleetOfFiles, AllButTheFaultyOnesAreDoneAndThoseLater) {
  const std::size_t files = size_by("PLUMB_FLEET_FILES", 60);
  ASSERT_GE(files, 30U);
  make(files);
  const std::string good = read_file(file(0));
  write_file(file(3), std::string(5000, 'x'));                                                   // a corrupted file
  sql(0, nobody);                                                                                // rows in the way of the first plan
  sql(files - 2, nobody);                                                                        // and of the last but one
  sql(11, "ALTER TABLE people ADD COLUMN fax text;");                                            // a drifted schema
  fs::resize_file(file(12), 0);                                                                  // a file that was emptied
  const auto holder = db::open(target(20), db::OpenMode::ReadWrite);                             // a locked one
  holder->execute("BEGIN EXCLUSIVE");
  const auto first = roll_out({"--max-failures", "10", "--lock-timeout", "1s", "--json"});
  const Json report = report_of(first);
  EXPECT_EQ(first.exit_code, 1) << first.err;
  EXPECT_EQ(fate(report, shown(3)), "failed 1");
  EXPECT_TRUE(contains(message(report, shown(3)), "no SQLite database"));
  EXPECT_EQ(fate(report, shown(0)), "failed 3");
  EXPECT_TRUE(contains(message(report, shown(0)), "`id=3`"));
  EXPECT_EQ(fate(report, shown(files - 2)), "failed 3");
  EXPECT_EQ(fate(report, shown(11)), "failed 3");
  EXPECT_TRUE(contains(message(report, shown(11)), "not as its last deployment left it"));
  EXPECT_EQ(fate(report, shown(20)), "failed 5");
  EXPECT_EQ(count(report, "done"), files - 5);  // an empty file is an empty database, which gets everything
  EXPECT_EQ(count(report, "failed"), 5U);
  holder->execute("ROLLBACK");
  EXPECT_EQ(version(20), "1.0.0");
  EXPECT_EQ(version(1), "2.0.0");

  write_file(file(3), good);
  sql(0, "DELETE FROM people WHERE id = 3;");
  sql(files - 2, "DELETE FROM people WHERE id = 3;");
  const auto second = roll_out({"--json", "--drifted"});
  const Json later = report_of(second);
  EXPECT_EQ(second.exit_code, 0) << second.err;
  EXPECT_EQ(count(later, "done"), 5U);
  EXPECT_EQ(count(later, "nothing to do"), files - 5);
  const auto status = plumb({"status", "--targets", "targets", "--require", "2.0.0", "--to", "v2.plumb"});
  EXPECT_TRUE(ended_with(0, status));
  EXPECT_TRUE(contains(status.out, "version 2.0.0, 0 steps pending"));
  EXPECT_TRUE(ended_with(0, plumb({"validate", "--targets", "targets", "--to", "v2.plumb"})));
}

TEST_F(FleetOfFiles, NothingBeginsWhenMoreCannotBeBroughtThereThanMayFail) {
  make(5);
  write_file(file(3), std::string(5000, 'x'));
  const auto result = roll_out();
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "--max-failures is 0; nothing was run"));
  EXPECT_TRUE(contains(result.out, "5 databases: 1 failed, 4 not begun"));
  EXPECT_EQ(version(0), "1.0.0");
}

TEST_F(FleetOfFiles, TheCanaryFailsAlone) {
  make(6);
  sql(0, "CREATE TRIGGER no_rebuild BEFORE INSERT ON plumb_history WHEN NEW.version = '2.0.0' BEGIN SELECT RAISE(ABORT, 'not here'); END;");
  const auto result = roll_out({"--max-failures", "5", "--json"});
  const Json report = report_of(result);
  EXPECT_NE(result.exit_code, 0);
  EXPECT_EQ(count(report, "failed"), 1U);
  EXPECT_EQ(count(report, "not begun"), 5U);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(version(i), "1.0.0");
  const auto without = roll_out({"--max-failures", "5", "--canary", "0", "--json"});
  EXPECT_EQ(count(report_of(without), "done"), 5U);
}

TEST_F(FleetOfFiles, StopsAfterTooManyFailures) {
  make(12);
  for (std::size_t i = 4; i < 10; ++i) sql(i, nobody);
  const auto result = roll_out({"--max-failures", "2", "--parallel", "1", "--json"});
  const Json report = report_of(result);
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(count(report, "failed"), 3U);
  EXPECT_EQ(count(report, "done"), 4U);
  EXPECT_EQ(count(report, "not begun"), 5U);
}

TEST_F(FleetOfFiles, ADatabaseWhoseRowsAskForAnotherPlanGetsOne) {
  make(4);
  place_.write("v2.plumb", "schema app version 2.0.0\nuser table people {\n  id    serial\n  name  varchar(100)?\n}\ndrop column people.mail\n");
  sql(0, "UPDATE people SET mail = NULL;");
  const auto result = roll_out({"--json"});
  const Json report = report_of(result);
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_EQ(count(report, "done"), 4U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(version(i), "2.0.0");
  ASSERT_TRUE(ended_with(0, plumb({"rollback", "--db", shown(1), "--yes"})));
  EXPECT_EQ(db::as_text(db::open(target(1), db::OpenMode::ReadOnly)->query("SELECT mail FROM people WHERE id = 1").rows.at(0).at(0)), "ada@example.org");
}

TEST_F(FleetOfFiles, ReviewedPlansRunOnTheirStatesAlone) {
  make(8);
  for (const std::size_t i : {2U, 5U}) sql(i, "CREATE TABLE extra (a int);");
  const auto planned = plumb({"plan", "--targets", "targets", "--to", "v2.plumb", "-o", "plans", "--exit-code"});
  EXPECT_TRUE(ended_with(2, planned));
  EXPECT_TRUE(contains(planned.out, "8 databases: 8 differs"));
  EXPECT_TRUE(contains(planned.out, "2 databases in the state"));
  EXPECT_EQ(files_below(place_.path("plans"), ".md").size(), 2U);
  sql(6, "CREATE INDEX idx_name ON people (name);");
  const auto result = plumb({"apply", "plans", "--targets", "targets", "--max-failures", "1", "--json"});
  const Json report = report_of(result);
  EXPECT_EQ(result.exit_code, 4);
  EXPECT_EQ(count(report, "done"), 7U);
  EXPECT_EQ(fate(report, shown(6)), "failed 4");
  const auto again = plumb({"apply", "plans", "--targets", "targets", "--max-failures", "1", "--json"});
  EXPECT_EQ(count(report_of(again), "nothing to do"), 7U);
}

TEST_F(FleetOfFiles, CtrlCEndsItBetweenDatabases) {
  make(40);
  // in the foreground it sends one signal; else one to the program and one to its group, which is Ctrl-C pressed twice
  std::vector<std::string> command{"timeout", "--foreground", "--preserve-status", "-s", "INT", "0.8", plumb_program(), "apply", "--targets", "targets", "--to", "v2.plumb", "--yes", "--parallel", "1", "--json"};
  RunOptions options;
  options.folder = place_.folder();
  const auto cut = run(command, options);
  const Json report = report_of(cut);
  std::size_t done = 0;
  for (std::size_t i = 0; i < 40; ++i) done += version(i) == "2.0.0" ? 1 : 0;
  EXPECT_EQ(count(report, "failed"), 0U) << cut.out;
  if (report.at("interrupted").get<bool>()) {
    EXPECT_EQ(cut.exit_code, 1);
    EXPECT_EQ(count(report, "done"), done);
    EXPECT_EQ(count(report, "not begun"), 40 - done);
  }
  const auto later = roll_out({"--json"});
  EXPECT_TRUE(ended_with(0, later));
  EXPECT_EQ(count(report_of(later), "nothing to do"), done);
}

TEST_F(FleetOfFiles, PackagesAreDeployedToAll) {
  make(6);
  ASSERT_TRUE(ended_with(0, plumb({"package", "--to", "v2.plumb"})));
  sql(4, nobody);
  const auto result = plumb({"deploy", "app_2.0.0.tar.zst", "--targets", "targets", "--yes", "--max-failures", "1", "--log-dir", "logs", "--json"});
  const Json report = report_of(result);
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(count(report, "done"), 5U);
  EXPECT_EQ(fate(report, shown(4)), "failed 3");
  EXPECT_TRUE(fs::exists(place_.path("backups/sqlite_tenants_t0001.db")));
  EXPECT_TRUE(fs::exists(place_.path("logs/sqlite_tenants_t0001.db")));
  sql(4, "DELETE FROM people WHERE id = 3;");
  const auto later = plumb({"deploy", "app_2.0.0.tar.zst", "--targets", "targets", "--yes", "--json"});
  EXPECT_TRUE(ended_with(0, later));
  EXPECT_EQ(count(report_of(later), "nothing to do"), 5U);
  EXPECT_EQ(version(4), "2.0.0");
}

TEST_F(FleetOfFiles, AListThatIsWrongIsRefused) {
  make(2);
  const auto refused = [&](const std::string& list, const std::string& why) {
    place_.write("targets", list);
    const auto result = roll_out();
    EXPECT_TRUE(ended_with(64, result));
    EXPECT_TRUE(contains(result.err, why));
  };
  refused("# nobody\n", "names no database");
  refused("sqlite:tenants/t0000.db\ntenants/t0001.db\n", "targets:2: a line is the URL of a database");
  refused("sqlite:tenants/t0000.db\nagain sqlite:tenants/t0000.db\n", "comes twice");
  refused("sqlite:elsewhere/*.db\n", "there is no file like");
  refused("all sqlite:tenants/*.db\n", "one name for 2 databases");
  place_.write("targets", "acme sqlite:tenants/t0000.db\ngone sqlite:tenants/gone.db\n");
  const auto result = roll_out({"--json"});
  EXPECT_EQ(fate(report_of(result), "gone"), "failed 1");
  EXPECT_FALSE(fs::exists(place_.path("tenants/gone.db")));
}

TEST(FleetOfDatabases, AllButTheFaultyOnesAreDoneAndThoseLater) {
  if (!mariadb_is_wanted()) GTEST_SKIP() << "PLUMB_TEST_ENGINES leaves MariaDB out";
  const std::size_t size = size_by("PLUMB_FLEET_DATABASES", 8);
  ASSERT_GE(size, 7U);
  MariaDbServer& server = MariaDbServer::shared();
  const Workplace place("sqlite");
  place.write("v1.plumb", version_1);
  place.write("v2.plumb", version_2);
  std::vector<std::unique_ptr<FreshDatabase>> databases;
  const auto root = db::open(server.root_target(), db::OpenMode::ReadWrite);
  root->execute("CREATE OR REPLACE USER fleet_user@localhost IDENTIFIED BY 'secret-of-the-fleet'");
  root->execute("GRANT ALL ON `plumb\\_scratch\\_%`.* TO fleet_user@localhost");
  std::string list;
  for (std::size_t i = 0; i < size; ++i) {
    databases.push_back(std::make_unique<FreshDatabase>(server.fresh_database("fleet")));
    root->execute("GRANT ALL ON `" + databases.back()->name() + "`.* TO fleet_user@localhost");
    list += "tenant" + std::to_string(i) + " mariadb://fleet_user@localhost/" + databases.back()->name() + "?socket=" + server.socket() + "\n";
  }
  place.write("targets", list);
  RunOptions options;
  options.environment = {{"PLUMB_PASSWORD", "secret-of-the-fleet"}};
  options.timeout = std::chrono::seconds(1800);
  ASSERT_TRUE(ended_with(0, place.plumb({"apply", "--targets", "targets", "--to", "v1.plumb", "--yes"}, options)));
  for (const auto& database : databases) run_script(database->target(), two_people);

  run_script(databases[1]->target(), nobody);                                                                                      // rows in the way
  run_script(databases[2]->target(), "ALTER TABLE people ADD COLUMN fax text;");                                                   // a drifted schema
  root->execute("REVOKE ALL ON `" + databases[3]->name() + "`.* FROM fleet_user@localhost");                                       // a missing privilege
  root->execute("GRANT SELECT, SHOW VIEW, TRIGGER, INSERT, UPDATE, DELETE ON `" + databases[3]->name() + "`.* TO fleet_user@localhost");
  const auto holder = databases[4]->connect();                                                                                     // a locked one
  holder->execute("BEGIN");
  holder->execute("UPDATE people SET name = 'held' WHERE id = 1");
  const auto first = place.plumb({"apply", "--targets", "targets", "--to", "v2.plumb", "--yes", "--max-failures", "10", "--lock-timeout", "1s", "--json"}, options);
  const Json report = Json::parse(first.out, nullptr, false);
  ASSERT_TRUE(report.is_object()) << first.out << first.err;
  EXPECT_TRUE(lacks(first.out + first.err, "secret-of-the-fleet"));
  std::map<std::string, std::string> fates;
  for (const auto& one : report.at("databases")) fates[one.at("name").get<std::string>()] = one.at("outcome").get<std::string>() + " " + std::to_string(one.at("exit_code").get<int>());
  EXPECT_EQ(fates["tenant1"], "failed 3");
  EXPECT_EQ(fates["tenant2"], "failed 3");
  EXPECT_EQ(fates["tenant3"], "failed 1") << first.out;
  EXPECT_EQ(fates["tenant4"], "failed 5");
  EXPECT_EQ(report.at("counts").at("done").get<std::size_t>(), size - 4) << first.out;
  EXPECT_EQ(first.exit_code, 1);

  holder->execute("ROLLBACK");
  run_script(databases[1]->target(), "DELETE FROM people WHERE name IS NULL;");
  root->execute("GRANT ALL ON `" + databases[3]->name() + "`.* TO fleet_user@localhost");
  const auto second = place.plumb({"apply", "--targets", "targets", "--to", "v2.plumb", "--yes", "--drifted", "--json"}, options);
  EXPECT_TRUE(ended_with(0, second));
  const Json later = Json::parse(second.out, nullptr, false);
  ASSERT_TRUE(later.is_object()) << second.out << second.err;
  EXPECT_EQ(later.at("counts").value("done", 0U), 4U);
  EXPECT_EQ(later.at("counts").value("nothing to do", std::size_t{0}), size - 4);
  EXPECT_TRUE(ended_with(0, place.plumb({"validate", "--targets", "targets", "--to", "v2.plumb"}, options)));
  root->execute("DROP USER fleet_user@localhost");
}

TEST(FleetOfDatabases, WhatStoppedHalfWayIsResumed) {
  if (!mariadb_is_wanted()) GTEST_SKIP() << "PLUMB_TEST_ENGINES leaves MariaDB out";
  MariaDbServer& server = MariaDbServer::shared();
  const Workplace place("sqlite");
  place.write("v1.plumb", version_1);
  std::vector<std::unique_ptr<FreshDatabase>> databases;
  std::string list;
  for (std::size_t i = 0; i < 3; ++i) {
    databases.push_back(std::make_unique<FreshDatabase>(server.fresh_database("resumed")));
    list += "tenant" + std::to_string(i) + " " + databases.back()->target().display_name() + "\n";
  }
  place.write("targets", list);
  ASSERT_TRUE(ended_with(0, place.plumb({"apply", "--targets", "targets", "--to", "v1.plumb", "--yes"})));
  for (const auto& database : databases) run_script(database->target(), two_people);
  place.write("v2.plumb", std::string(version_2) + "once greet {\n  up (insert into notes (id, text) select id, name from people where id <= 2; insert into notes (id, text) select 2, name from people where id = 9)\n}\n");
  run_script(databases[1]->target(), "INSERT INTO people (id, name) VALUES (9, 'in the way')");
  const auto cut = place.plumb({"apply", "--targets", "targets", "--to", "v2.plumb", "--yes", "--max-failures", "2"});
  EXPECT_NE(cut.exit_code, 0);
  EXPECT_TRUE(contains(cut.out, "3 databases: 1 failed, 2 done"));
  const auto refused = place.plumb({"apply", "--targets", "targets", "--to", "v2.plumb", "--yes"});
  EXPECT_TRUE(ended_with(6, refused));
  EXPECT_TRUE(contains(refused.out, "failed: tenant1 (exit 6)"));
  EXPECT_TRUE(ended_with(6, place.plumb({"status", "--targets", "targets"})));
  run_script(databases[1]->target(), "DELETE FROM people WHERE id = 9");
  const auto resumed = place.plumb({"resume", "--targets", "targets", "--to", "v2.plumb"});
  EXPECT_TRUE(ended_with(0, resumed));
  EXPECT_TRUE(contains(resumed.out, "3 databases: 1 done, 2 nothing to do"));
  EXPECT_TRUE(ended_with(0, place.plumb({"validate", "--targets", "targets", "--to", "v2.plumb"})));
}

}  // namespace
}  // namespace plumb::test
