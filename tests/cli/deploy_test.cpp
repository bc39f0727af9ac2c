// Deployment packages on real engines: made, verified, installed, deployed one after the other, failing in every phase.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>

#include "cli/plumb_program.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

/// Version 1.`minor`.0 of a shop.
std::string shop(int minor) {
  std::string text = "schema shop version 1." + std::to_string(minor) + ".0" + (minor > 0 ? " after 1." + std::to_string(minor - 1) + ".0" : "") + "\n";
  text += "master table units {\n  id    serial\n  code  varchar(10)\n  name  varchar(50)\n\n  natural key (code)\n}\n";
  text += "user table customers {\n  id      serial\n  name    varchar(100)\n";
  if (minor == 0) text += "  email   varchar(190)?\n";
  if (minor >= 1) text += "  mail    varchar(190)? was email\n  points  int = 0\n";
  if (minor >= 2) text += "  unit    ref(units)?\n";
  text += "}\nseed customers {\n  { name = env(\"FIRST_ADMIN\") }\n}\n";
  if (minor >= 2) text += "once greet {\n  up   (update customers set points = points + 1)\n  down (update customers set points = points - 1)\n}\n";
  return text;
}

class Deployments : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    ::setenv("FIRST_ADMIN", "Grace-of-the-secret", 1);
    for (int minor = 0; minor < 3; ++minor) {
      const std::string file = "shop" + std::to_string(minor) + ".plumb";
      place().write(file, shop(minor));
      write_units(minor);
      const auto result = place().plumb({"package", "--to", file, "--data", "data"});
      EXPECT_TRUE(ended_with(0, result));
    }
  }

  void write_units(int minor) {
    std::string rows = "[\n  {\"code\": \"kg\", \"name\": \"Kilogramm\"}";
    for (int i = 0; i < minor; ++i) rows += ",\n  {\"code\": \"m" + std::to_string(i) + "\", \"name\": \"Metre " + std::to_string(i) + "\"}";
    fs::create_directories(place().path("data"));
    place().write("data/units.json", rows + "\n]\n");
    place().write("data/metadata.json", Json{{"format", 2}, {"schema", "shop"}, {"version", "1." + std::to_string(minor) + ".0"}, {"data_format", 1}, {"source", "hand"}, {"rows", {{"units", minor + 1}}}}.dump());
  }

  static std::string package(int minor) { return "shop_1." + std::to_string(minor) + ".0.tar.zst"; }

  RunResult deploy(std::vector<std::string> packages, std::vector<std::string> further = {}) {
    packages.insert(packages.begin(), "deploy");
    packages.emplace_back("--yes");
    packages.insert(packages.end(), further.begin(), further.end());
    return place().plumb_on_db(packages);
  }

  void install(int minor) {
    ASSERT_TRUE(ended_with(0, place().plumb_on_db({"install", package(minor), "--yes"})));
    place().sql("INSERT INTO customers (id, name) VALUES (50, 'Ada'), (51, 'Edsger');");
  }

  /// The content without counters of automatic keys: these count on, whatever becomes of the rows.
  std::string content() {
    static const std::regex counters("AUTO_INCREMENT=[0-9]+|name=3'units' seq=[^\n]*");
    return std::regex_replace(place().content(), counters, "");
  }

  std::string version() { return place().text("SELECT version FROM plumb_history WHERE outcome = 'done' ORDER BY number DESC LIMIT 1"); }

  /// With what a hook of this name does, in plumb.toml.
  void hook(const std::string& name, const std::string& command) { place().write("plumb.toml", "[hooks]\n" + name + " = \"" + command + "\"\n"); }
};
PLUMB_ON_BOTH_ENGINES(Deployments);

TEST_P(Deployments, AnInstallationHasSchemaRowsAndAVersion) {
  const auto result = place().plumb_on_db({"install", package(1), "--yes", "--log-dir", "logs"});
  ASSERT_TRUE(ended_with(0, result));
  EXPECT_EQ(version(), "1.1.0");
  EXPECT_EQ(place().list("SELECT code FROM units ORDER BY code"), (std::vector<std::string>{"kg", "m0"}));
  EXPECT_EQ(place().list("SELECT name FROM customers"), (std::vector<std::string>{"Grace-of-the-secret"}));
  EXPECT_TRUE(lacks(result.out + result.err, "Grace-of-the-secret")) << "what comes from the environment is in no output";
  for (const auto& file : files_below(place().path("logs"), "")) EXPECT_TRUE(lacks(read_file(file), "Grace-of-the-secret")) << file;
  EXPECT_TRUE(lacks(place().text("SELECT group_concat(plan) FROM plumb_history"), "Grace-of-the-secret"));
  const std::string before = place().content();
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"install", package(1), "--yes"}))) << "it is not empty any more";
  EXPECT_TRUE(ended_with(64, place().plumb_on_db({"deploy", package(2)}))) << "there is nobody to ask";
  EXPECT_EQ(place().content(), before);
}

TEST_P(Deployments, AnInstallationWithoutItsVariableWritesNothingOfTheSeed) {
  ::unsetenv("FIRST_ADMIN");
  const auto result = place().plumb_on_db({"install", package(1), "--yes"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "FIRST_ADMIN"));
}

TEST_P(Deployments, SeveralPackagesGoOneAfterTheOther) {
  install(0);
  const auto result = deploy({package(1), package(2)}, {"--json"});
  ASSERT_TRUE(ended_with(0, result));
  const Json reports = Json::parse(result.out);
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[1].at("version"), (Json{{"from", "1.1.0"}, {"to", "1.2.0"}}));
  EXPECT_TRUE(reports[1].at("succeeded").get<bool>());
  EXPECT_EQ(version(), "1.2.0");
  EXPECT_EQ(place().number("SELECT count(*) FROM units"), 3);
  EXPECT_EQ(place().list("SELECT name FROM customers WHERE id >= 50 ORDER BY id"), (std::vector<std::string>{"Ada", "Edsger"}));
  EXPECT_EQ(place().number("SELECT sum(points) FROM customers WHERE id >= 50"), 2) << "the data step ran once";
  EXPECT_EQ(files_below(place().path("backups"), ".backup.tar").size(), 2U);
  EXPECT_TRUE(ended_with(0, deploy({package(2)}))) << "what stands already is nothing to do";
  EXPECT_EQ(place().number("SELECT sum(points) FROM customers WHERE id >= 50"), 2);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--steps", "2", "--yes"})));
  EXPECT_EQ(version(), "1.0.0");
}

TEST_P(Deployments, PackagesInAnotherOrderAreRefused) {
  install(0);
  const std::string before = place().content();
  EXPECT_TRUE(ended_with(1, deploy({package(2), package(1)})));
  EXPECT_TRUE(ended_with(1, deploy({package(0), package(2)})));
  EXPECT_EQ(place().content(), before);
  ASSERT_TRUE(ended_with(0, deploy({package(1)})));
  const auto older = deploy({package(0)});
  EXPECT_TRUE(ended_with(3, older));
  EXPECT_TRUE(contains(older.err, "the database is newer: 1.1.0 > 1.0.0"));
}

TEST_P(Deployments, AVersionIsSkippedOnlyWhereThePolicyLetsIt) {
  install(0);
  place().write("plumb.toml", "[policy]\nversions.step = \"sequential\"\n");
  const std::string before = place().content();
  EXPECT_TRUE(ended_with(3, deploy({package(2)})));
  EXPECT_EQ(place().content(), before);
  place().write("plumb.toml", "");
  EXPECT_TRUE(ended_with(0, deploy({package(2)})));
  EXPECT_EQ(version(), "1.2.0");
}

TEST_P(Deployments, WhateverFailsTheDatabaseIsAtTheStart) {
  install(0);
  for (const std::string name : {"before-backup", "after-backup", "maintenance-on", "before-apply", "after-apply", "before-validate", "after-validate", "health"}) {
    SCOPED_TRACE(name);
    hook(name, "sh -c 'echo it is $PLUMB_HOOK_TEST; exit 3'");
    const std::string before = content();
    const auto result = deploy({package(1)});
    EXPECT_TRUE(ended_with(1, result));
    EXPECT_TRUE(contains(result.err, "the hook `" + name + "` (sh) ended with 3"));
    EXPECT_TRUE(contains(result.out, "not done: the database is as it was at the start: version 1.0.0"));
    EXPECT_EQ(content(), before);
    EXPECT_TRUE(ended_with(0, place().plumb_on_db({"status"})));
  }
  place().write("plumb.toml", "");
  EXPECT_TRUE(ended_with(0, deploy({package(1)})));
}

TEST_P(Deployments, AStepOrAnAssertionThatFailsIsUndone) {
  install(0);
  const std::string before = content();
  for (const std::string more : {"assert \"nobody is called Ada\" (select count(*) = 0 from customers where name = 'Ada')\n", "once breaks {\n  up (insert into customers (id, name) values (50, 'again'))\n  down (select 1)\n}\n"}) {
    SCOPED_TRACE(more);
    place().write("shop1.plumb", shop(1) + more);
    ASSERT_TRUE(ended_with(0, place().plumb({"package", "--to", "shop1.plumb", "-o", "broken.tar.gz"})));
    const auto result = deploy({"broken.tar.gz"});
    EXPECT_NE(result.exit_code, 0);
    EXPECT_TRUE(contains(result.out, "not done: the database is as it was at the start: version 1.0.0"));
    EXPECT_EQ(content(), before);
  }
}

/// The report of a deployment that fails in this phase; what stands is the start.
class EveryPhase : public Deployments {
 protected:
  /// A script for a hook that runs this SQL in the database, as somebody else would at that moment.
  std::string others_do(const std::string& sql) {
    place().write("others.sql", sql);
    const std::string client = place().is_sqlite() ? "sqlite3 '" + place().target().path + "'" : "mariadb --no-defaults --user=root --socket='" + place().target().parameters.at("socket") + "' " + place().target().database;
    place().write("others.sh", client + " < '" + place().path("others.sql") + "'\n");
    return "sh " + place().path("others.sh");
  }

  /// `exit_code` 0: any but this.
  void expect_failure(const std::string& phase, const std::string& file, int exit_code = 0, std::map<std::string, std::string> environment = {}) {
    SCOPED_TRACE(phase);
    const std::string before = content();
    RunOptions options;
    options.environment = std::move(environment);
    const auto result = place().plumb_on_db({"deploy", file, "--yes", "--json", "--lock-timeout", "1s"}, options);
    if (exit_code == 0) EXPECT_NE(result.exit_code, 0);
    else EXPECT_TRUE(ended_with(exit_code, result));
    const Json reports = Json::parse(result.out, nullptr, false);
    ASSERT_TRUE(reports.is_array() && reports.size() == 1) << result.out << result.err;
    std::string failed;
    for (const Json& one : reports[0].at("phases")) {
      if (failed.empty() && one.at("outcome") == "failed") failed = one.at("name").get<std::string>();
    }
    EXPECT_EQ(failed, phase) << result.out;
    EXPECT_FALSE(reports[0].at("succeeded").get<bool>());
    EXPECT_EQ(reports[0].at("stands"), "the database is as it was at the start: version 1.0.0");
    EXPECT_EQ(content(), before);
    EXPECT_EQ(version(), "1.0.0");
    EXPECT_TRUE(ended_with(0, place().plumb_on_db({"status"})));
  }

  std::string package_of(const std::string& description, const std::string& file) {
    place().write("broken.plumb", description);
    EXPECT_TRUE(ended_with(0, place().plumb({"package", "--to", "broken.plumb", "--data", "data", "-o", file})));
    return file;
  }
};
PLUMB_ON_BOTH_ENGINES(EveryPhase);

TEST_P(EveryPhase, ThatFailsLeavesTheStartAndSaysSo) {
  install(0);
  write_units(1);
  expect_failure("preflight", package_of("schema shop version 0.9.0\nuser table customers {\n  id    serial\n  name  varchar(100)\n}\nmaster table units {\n  id    serial\n  code  varchar(10)\n  name  varchar(50)\n\n  natural key (code)\n}\n", "older.tar.zst"), 3);

  place().write("backups", "where the folder should be");
  expect_failure("backup", package(1), 1);
  fs::remove(place().path("backups"));

  const std::string checked = replace_all(shop(1), "  points  int = 0\n", "  points  int = 0\n\n  check (name <> 'Ada')\n");
  expect_failure("plan", package_of(checked, "checked.tar.zst"), 3);

  const std::string two_customers = "INSERT INTO customers (id, name, email) VALUES (60, 'Grace', 'x'), (61, 'Kurt', 'x');";
  const std::string unique = replace_all(shop(1), "  points  int = 0\n", "  points  int = 0\n\n  unique (mail)\n");
  hook("maintenance-on", others_do(two_customers));
  const std::string file = package_of(unique, "unique.tar.zst");
  const auto by_others = place().plumb_on_db({"deploy", file, "--yes", "--json"});
  EXPECT_TRUE(ended_with(3, by_others));
  EXPECT_TRUE(contains(by_others.out, "the database is as it was at the start"));
  EXPECT_EQ(place().number("SELECT count(*) FROM customers WHERE id IN (60, 61) AND email = 'x'"), 2) << "what others wrote stays";
  place().write("plumb.toml", "");
  place().sql("DELETE FROM customers WHERE id IN (60, 61);");

  expect_failure("apply", package_of(shop(1) + "once breaks {\n  up (insert into customers (id, name) values (50, 'again'))\n  down (select 1)\n}\n", "once.tar.zst"));
  expect_failure("apply", package_of(shop(1) + "assert \"nobody is called Ada\" (select count(*) = 0 from customers where name = 'Ada')\n", "assertion.tar.zst"));

  place().sql("CREATE TABLE of_nobody (id int PRIMARY KEY);");
  expect_failure("validate", package(1), 2, {{"PLUMB_STRICT", "true"}});
  place().sql("DROP TABLE of_nobody;");

  hook("health", "false");
  expect_failure("health", package(1), 1);
  place().write("plumb.toml", "");
  EXPECT_TRUE(ended_with(0, deploy({package(1)})));
  EXPECT_EQ(version(), "1.1.0");
}

TEST_P(EveryPhase, RowsThatCannotBeWrittenUndoTheSchemaToo) {
  install(0);
  write_units(1);
  const std::string refusing = "master table units {\n  id    serial\n  code  varchar(10)\n  name  varchar(50)\n\n  natural key (code)\n\n  check (name <> 'Metre 0')\n}";
  const std::string plain = "master table units {\n  id    serial\n  code  varchar(10)\n  name  varchar(50)\n\n  natural key (code)\n}";
  expect_failure("apply", package_of(replace_all(shop(1), plain, refusing), "rows.tar.zst"));
}

TEST_P(Deployments, WhoSaysStopKeepsWhatStands) {
  install(0);
  hook("health", "false");
  const auto result = deploy({package(1)}, {"--on-failure", "stop"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.out, "not done: the database is at its end, version 1.1.0, although the deployment failed"));
  EXPECT_EQ(version(), "1.1.0");
}

TEST_P(Deployments, AHookThatNeedNotSucceedIsSaidAndThatIsAll) {
  install(0);
  place().write("plumb.toml", "[hooks]\nbefore-apply = { run = \"sh -c 'echo from $PLUMB_VERSION_FROM; exit 1'\", must = false }\nhealth = { run = \"sleep 100\", timeout = \"1s\", must = false }\n");
  const auto result = deploy({package(1)}, {"--json"});
  ASSERT_TRUE(ended_with(0, result));
  const std::string lines = Json::parse(result.out).at(0).at("output_of_hooks").dump();
  EXPECT_TRUE(contains(lines, "from 1.0.0"));
  EXPECT_TRUE(contains(lines, "did not end within 1 second; the deployment goes on"));
  place().write("plumb.toml", "[hooks]\nbefor-apply = \"true\"\n");
  const auto wrong = deploy({package(1)});
  EXPECT_TRUE(ended_with(64, wrong));
  EXPECT_TRUE(contains(wrong.err, "did you mean `before-apply`?"));
}

TEST_P(Deployments, HooksOfThePackageRunWithTheFacts) {
  install(0);
  place().write("hooks/maintenance-on", "#!/bin/sh\necho \"on for $PLUMB_VERSION_TO\" >> '" + place().path("hooks.log") + "'\n");
  place().write("hooks/maintenance-off", "#!/bin/sh\necho \"off: $PLUMB_OUTCOME\" >> '" + place().path("hooks.log") + "'\n");
  ASSERT_TRUE(ended_with(0, place().plumb({"package", "--to", "shop1.plumb", "--hooks", "hooks", "-o", "hooked.tar.zst"})));
  EXPECT_TRUE(ended_with(0, deploy({"hooked.tar.zst"}, {"--no-hooks", "--dry-run"})));
  EXPECT_FALSE(file_exists(place().path("hooks.log")));
  ASSERT_TRUE(ended_with(0, deploy({"hooked.tar.zst"})));
  EXPECT_EQ(read_file(place().path("hooks.log")), "on for 1.1.0\noff: ok\n");
  place().write("hooks/whenever", "#!/bin/sh\n");
  EXPECT_TRUE(ended_with(1, place().plumb({"package", "--to", "shop1.plumb", "--hooks", "hooks", "-o", "wrong.tar.zst"})));
  EXPECT_FALSE(file_exists(place().path("wrong.tar.zst")));
}

TEST_P(Deployments, TheReviewedPlanIsWhatRuns) {
  install(0);
  write_units(1);
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", package(1), "-o", "plan.md"})));
  EXPECT_TRUE(lacks(read_file(place().path("plan.md")), "/tmp/")) << "no path of the temporary folder";
  ASSERT_TRUE(ended_with(0, place().plumb({"package", "--to", "shop1.plumb", "--data", "data", "--plan", "plan.md", "-o", "reviewed.tar.zst"})));
  place().sql("CREATE TABLE in_between (id int PRIMARY KEY);");
  const std::string before = place().content();
  const auto stale = deploy({"reviewed.tar.zst"});
  EXPECT_TRUE(ended_with(4, stale));
  EXPECT_EQ(place().content(), before);
  place().sql("DROP TABLE in_between;");
  const auto done = deploy({"reviewed.tar.zst"});
  EXPECT_TRUE(ended_with(0, done));
  EXPECT_EQ(version(), "1.1.0");
}

TEST_P(Deployments, PartsCanBeChosen) {
  install(0);
  write_units(3);
  ASSERT_TRUE(ended_with(0, place().plumb({"package", "--to", "shop0.plumb", "--data", "data", "-o", "more.tar.zst"})));
  ASSERT_TRUE(ended_with(0, deploy({"more.tar.zst"}, {"--data"})));
  EXPECT_EQ(place().number("SELECT count(*) FROM units"), 4);
  EXPECT_FALSE(fs::exists(place().path("backups")));
  ASSERT_TRUE(ended_with(0, deploy({package(1)}, {"--migrate"})));
  EXPECT_EQ(place().number("SELECT count(*) FROM units"), 4) << "the rows of 1.1.0 did not come";
  ASSERT_TRUE(ended_with(0, deploy({package(1)}, {"--backup", "--validate"})));
  EXPECT_EQ(files_below(place().path("backups"), ".backup.tar").size(), 1U);
  place().sql("ALTER TABLE customers ADD COLUMN drifted int;");
  place().sql("DROP TABLE units;");
  EXPECT_TRUE(ended_with(2, deploy({package(1)}, {"--validate"})));
}

TEST_P(Deployments, ADryRunChangesNothing) {
  install(0);
  const std::string before = place().content();
  const auto result = deploy({package(1)}, {"--dry-run"});
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_TRUE(contains(result.out, "column customers.email to mail"));
  EXPECT_EQ(place().content(), before);
  EXPECT_FALSE(fs::exists(place().path("backups")));
}

TEST_P(Deployments, ThePackageIsTheSameBytesEachTime) {
  ASSERT_TRUE(ended_with(0, place().plumb({"package", "--to", "shop2.plumb", "--data", "data", "-o", "one.tar.zst"})));
  ASSERT_TRUE(ended_with(0, place().plumb({"package", "--to", "shop2.plumb", "--data", "data", "-o", "two.tar.zst"})));
  EXPECT_EQ(read_file(place().path("one.tar.zst")), read_file(place().path("two.tar.zst")));
  ASSERT_TRUE(ended_with(0, place().plumb({"package", "--to", "shop2.plumb", "--data", "data", "-o", "one.tar.gz"})));
  ASSERT_TRUE(ended_with(0, place().plumb({"package", "--to", "shop2.plumb", "--data", "data", "-o", "two.tar.gz"})));
  EXPECT_EQ(read_file(place().path("one.tar.gz")), read_file(place().path("two.tar.gz")));
  EXPECT_TRUE(ended_with(0, place().plumb({"package", "verify", "one.tar.gz"})));
  const auto shown = place().plumb({"package", "show", "one.tar.gz", "--json"});
  EXPECT_EQ(Json::parse(shown.out).at("rows"), (Json{{"units", 3}}));
}

TEST_P(Deployments, APackageThatIsDamagedIsRefused) {
  std::string bytes = read_file(place().path(package(1)));
  const std::string before = place().content();
  place().write("cut.tar.zst", bytes.substr(0, bytes.size() / 2));
  place().write("other.tar.zst", "this is no archive");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  place().write("flipped.tar.zst", bytes);
  for (const char* file : {"cut.tar.zst", "other.tar.zst", "flipped.tar.zst", "missing.tar.zst"}) {
    SCOPED_TRACE(file);
    const auto result = deploy({file});
    EXPECT_TRUE(ended_with(1, result));
    EXPECT_TRUE(contains(result.err, file));
    EXPECT_TRUE(ended_with(1, place().plumb({"package", "verify", file})));
  }
  EXPECT_EQ(place().content(), before);
}

TEST_P(Deployments, ThePreflightTellsWhatIsInTheWay) {
  install(1);
  const auto good = place().plumb_on_db({"preflight", package(2), "--json"});
  EXPECT_TRUE(ended_with(0, good));
  const Json checks = Json::parse(good.out);
  EXPECT_GE(checks.size(), 7U);
  for (const Json& check : checks) EXPECT_NE(check.at("level"), "error") << check;
  const auto newer = place().plumb_on_db({"preflight", package(0)});
  EXPECT_TRUE(ended_with(1, newer));
  EXPECT_TRUE(contains(newer.out, "the database is newer"));
}

TEST_P(Deployments, VersionsTellWhereTheDatabaseStands) {
  install(1);
  const auto result = place().plumb_on_db({"versions", package(2), package(0), package(1), "--json"});
  ASSERT_TRUE(ended_with(0, result));
  const Json rows = Json::parse(result.out);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].at("stands"), "passed");
  EXPECT_EQ(rows[1].at("stands"), "here");
  EXPECT_EQ(rows[2].at("stands"), "may be next");
}

TEST_P(Deployments, TheScriptsGoTheWholeWay) {
  install(0);
  RunOptions options;
  options.folder = place().folder();
  options.environment = {{"PLUMB", plumb_program()}, {"PLUMB_DB", place().url()}};
  const std::string scripts = std::string(PLUMB_SOURCE_DIR) + "/scripts/";
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", package(1), "-o", "plan.md"})));
  EXPECT_TRUE(ended_with(0, run({scripts + "deploy-production", package(1), "plan.md"}, options)));
  EXPECT_EQ(version(), "1.1.0");
  const std::string staging = place().is_sqlite() ? "sqlite:staging.db" : place().url();
  EXPECT_TRUE(ended_with(0, run({scripts + "deploy-staging", staging, "backups", package(1), package(2)}, options)));
  EXPECT_TRUE(ended_with(0, run({scripts + "deploy-dev", "shop2.plumb", staging}, options)));
  EXPECT_TRUE(ended_with(0, place().plumb({"status", "--db", staging, "--require", "1.2.0"})));
}

}  // namespace
}  // namespace plumb::test
