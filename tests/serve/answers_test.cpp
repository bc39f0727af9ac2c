// What `plumb serve` says of a database, on both engines.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "client/plumb_client.hpp"
#include "serve/running_server.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;

class Answers : public OnBothEngines {
 protected:
  static std::string description(const std::string& version, const std::string& column = {}) { return "schema shop version " + version + "\n\ntable customers {\n  id    serial\n  name  varchar(50)\n" + column + "}\n"; }
  std::vector<std::string> words(std::vector<std::string> further = {}) {
    std::vector<std::string> all{"--db", place().url(), "--to", "app.plumb", "--cache", "0s"};
    all.insert(all.end(), further.begin(), further.end());
    return all;
  }
};
PLUMB_ON_BOTH_ENGINES(Answers);

TEST_P(Answers, SayThatAllIsWell) {
  place().bring_to(description("0.5.0"));
  place().write("app.plumb", description("0.5.0"));
  RunningServer server(place().folder(), words());
  ASSERT_EQ(server.status_becoming("ok"), "ok");
  const Answer answer = server.get("/api/system/health");
  EXPECT_EQ(answer.status, 200);
  const Json health = Json::parse(answer.body);
  EXPECT_EQ(health["required_version"], "0.5.0");
  EXPECT_EQ(health["actual_version"], "0.5.0");
  EXPECT_TRUE(health["compatible"].get<bool>());
  EXPECT_EQ(health["pending_count"], 0);
  EXPECT_EQ(health["last_deployment"]["version"], "0.5.0");
  const Json version = Json::parse(server.get("/api/system/version").body);
  EXPECT_EQ(version["tool"]["name"], "plumb");
  EXPECT_EQ(version["description"]["version"], "0.5.0");
  EXPECT_EQ(version["database"]["version"], "0.5.0");
  EXPECT_EQ(version["database"]["engine"], place().engine());
  EXPECT_EQ(server.metric("plumb_up"), 1);
  EXPECT_EQ(server.metric("plumb_status{status=\"ok\"}"), 1);
  EXPECT_EQ(server.metric("plumb_pending_steps"), 0);
  const Answer page = server.get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(contains(page.body, "the database is what the description says"));
  EXPECT_TRUE(contains(page.head, "Content-Security-Policy: default-src 'none'"));
  for (const char* path : {"/style.css", "/page.js", "/banner.js", "/banner"}) EXPECT_EQ(server.get(path).status, 200) << path;
  EXPECT_EQ(server.get("/nothing").status, 404);
}

TEST_P(Answers, WarnOfAnUpdateThatIsNeeded) {
  place().bring_to(description("0.5.0"));
  place().write("app.plumb", description("0.6.0", "  mail  varchar(50)?\n"));
  RunningServer server(place().folder(), words());
  const Answer answer = server.get("/api/system/health");
  EXPECT_EQ(answer.status, 200);
  const Json health = Json::parse(answer.body);
  EXPECT_EQ(health["status"], "warning");
  EXPECT_FALSE(health["compatible"].get<bool>());
  EXPECT_TRUE(contains(health["reason"], "update needed: the database has version 0.5.0, 0.6.0 is required"));
  EXPECT_EQ(health["pending_count"], 1);
  EXPECT_TRUE(contains(server.get("/").body, "mail"));
  // the update is made while the server runs
  place().bring_to(description("0.6.0", "  mail  varchar(50)?\n"));
  EXPECT_EQ(server.status_becoming("ok"), "ok");
}

TEST_P(Answers, CallANewerDatabaseAnError) {
  place().bring_to(description("0.7.0"));
  place().write("app.plumb", description("0.6.0"));
  RunningServer server(place().folder(), words());
  const Answer answer = server.get("/api/system/health");
  EXPECT_EQ(answer.status, 500);
  const Json health = Json::parse(answer.body);
  EXPECT_EQ(health["status"], "error");
  EXPECT_FALSE(health["compatible"].get<bool>());
  EXPECT_TRUE(contains(health["reason"], "the database is newer: it has version 0.7.0, 0.6.0 is required"));
}

TEST_P(Answers, TakeARangeOfVersions) {
  place().bring_to(description("0.5.3"));
  place().write("app.plumb", description("0.5.3"));
  RunningServer good(place().folder(), words({"--require", "^0.5"}));
  EXPECT_TRUE(good.health()["compatible"].get<bool>());
  RunningServer bad(place().folder(), words({"--require", ">=0.6"}));
  EXPECT_FALSE(bad.health()["compatible"].get<bool>());
}

TEST_P(Answers, TellADriftAndEscapeWhatComesFromTheDatabase) {
  place().bring_to(description("0.5.0"));
  place().write("app.plumb", description("0.5.0"));
  place().sql("ALTER TABLE customers ADD COLUMN \"<script>alert(1)</script>\" int", "ALTER TABLE customers ADD COLUMN `<script>alert(1)</script>` int");
  place().sql("DROP TABLE customers; CREATE TABLE \"<img src=x onerror=alert(2)>\" (a int)", "DROP TABLE customers; CREATE TABLE `<img src=x onerror=alert(2)>` (a int)");
  RunningServer server(place().folder(), words());
  EXPECT_EQ(server.health()["status"], "warning");
  std::string page;
  for (int tries = 0; tries < 50 && page.find("onerror") == std::string::npos; ++tries) {
    page = server.get("/").body;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_TRUE(contains(page, "&lt;img src=x onerror=alert(2)&gt;"));
  EXPECT_TRUE(lacks(page, "<img"));
}

TEST_P(Answers, ShowBackupsWithTheirAge) {
  place().bring_to(description("0.5.0"));
  place().write("app.plumb", description("0.5.0"));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"backup", "create"})));
  RunningServer server(place().folder(), words());
  server.health();
  EXPECT_EQ(server.metric("plumb_backups"), 1);
  EXPECT_TRUE(contains(server.get("/").body, "just now"));
}

TEST_P(Answers, AreFoundOutOnceInAPeriod) {
  place().bring_to(description("0.5.0"));
  place().write("app.plumb", description("0.5.0"));
  RunningServer server(place().folder(), {"--db", place().url(), "--to", "app.plumb", "--cache", "60s", "--rate", "0", "--validate-every", "0"});
  server.health();
  const std::string questions = "SHOW GLOBAL STATUS LIKE 'Com_select'";
  const auto asked = [&] { return place().is_sqlite() ? std::int64_t(0) : std::stoll(db::as_text(place().connect()->query(questions).rows.at(0).at(1))); };
  const auto before = asked();
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      for (int n = 0; n < 50; ++n) EXPECT_EQ(server.get("/api/system/health").status, 200);
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(server.metric("plumb_looks_total"), 1);
  EXPECT_LT(asked() - before, 50);
}

TEST_P(Answers, AskForTheToken) {
  place().bring_to(description("0.5.0"));
  place().write("app.plumb", description("0.5.0"));
  place().write("token", "s3cret-token\n");
  RunningServer server(place().folder(), words({"--token-file", "token"}));
  for (const char* path : {"/", "/api/system/health", "/metrics", "/banner.js"}) {
    EXPECT_EQ(server.get(path).status, 401) << path;
    EXPECT_EQ(server.get(path, {{"Authorization", "Bearer s3cret-tokex"}}).status, 401) << path;
    EXPECT_EQ(server.get(path, {{"Authorization", "Bearer s3cret-token"}}).status, 200) << path;
  }
  EXPECT_EQ(server.get("/", {{"Authorization", "Basic eDpzM2NyZXQtdG9rZW4="}}).status, 200);
  EXPECT_TRUE(lacks(server.get("/", {{"Authorization", "Bearer s3cret-token"}}).body, "s3cret"));
  RunningServer by_variable(place().folder(), words(), {}, {"PLUMB_SERVE_TOKEN=other"});
  EXPECT_EQ(by_variable.get("/").status, 401);
  EXPECT_EQ(by_variable.get("/", {{"Authorization", "Bearer other"}}).status, 200);
}

TEST_P(Answers, EndInOrderOnSigterm) {
  place().bring_to(description("0.5.0"));
  place().write("app.plumb", description("0.5.0"));
  RunningServer server(place().folder(), words());
  server.health();
  const int idle = server.connect();
  EXPECT_EQ(server.stop(), 0);
  ::close(idle);
}

TEST_P(Answers, KeepAnApplicationFromStartingOnAWrongVersion) {
  place().bring_to(description("0.5.0"));
  place().write("app.plumb", description("0.5.0"));
  place().write("next.plumb", description("0.6.0"));
  RunningServer good(place().folder(), words());
  ASSERT_EQ(good.status_becoming("ok"), "ok");
  EXPECT_TRUE(client::ask("127.0.0.1", static_cast<unsigned short>(good.port())).may_start());
  RunningServer bad(place().folder(), {"--db", place().url(), "--to", "next.plumb"});
  const auto health = client::ask("127.0.0.1", static_cast<unsigned short>(bad.port()));
  EXPECT_FALSE(health.may_start());
  EXPECT_EQ(health.required_version, "0.6.0");
  EXPECT_EQ(health.actual_version, "0.5.0");
  EXPECT_TRUE(contains(health.reason, "update needed"));
  const auto script = [](const RunningServer& server) {
    return run({"sh", "-c", "curl -fsS http://127.0.0.1:" + std::to_string(server.port()) + "/api/system/health | grep -q '\"compatible\": true' || exit 1"}).exit_code;
  };
  EXPECT_EQ(script(good), 0);
  EXPECT_EQ(script(bad), 1);
  const auto nobody = client::ask("127.0.0.1", 1);
  EXPECT_FALSE(nobody.may_start());
  EXPECT_FALSE(nobody.answered);
}

TEST(AnswersWithoutADatabase, AreAnErrorAndAPage) {
  const Workplace place("sqlite");
  place.write("app.plumb", "schema shop version 0.5.0\n\ntable t {\n  id  serial\n}\n");
  RunningServer server(place.folder(), {"--db", "sqlite:missing.db", "--to", "app.plumb", "--cache", "0s"});
  const Answer answer = server.get("/api/system/health");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(Json::parse(answer.body)["status"], "error");
  EXPECT_EQ(Json::parse(answer.body)["pending_count"], nullptr);
  const Answer page = server.get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(contains(page.body, "the database cannot be read"));
  EXPECT_EQ(server.metric("plumb_up"), 0);
}

TEST(AnswersOfAStoppedServer, KeepWhatWasKnown) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  MariaDbServer engine;
  Workplace place(engine);
  place.bring_to("schema shop version 0.5.0\n\ntable t {\n  id  serial\n}\n");
  place.write("app.plumb", "schema shop version 0.5.0\n\ntable t {\n  id  serial\n}\n");
  RunningServer server(place.folder(), {"--db", place.url(), "--to", "app.plumb", "--cache", "0s"});
  ASSERT_EQ(server.status_becoming("ok"), "ok");
  engine.kill9();
  EXPECT_EQ(server.status_becoming("error"), "error");
  EXPECT_EQ(server.get("/api/system/health").status, 500);
  EXPECT_TRUE(contains(server.get("/").body, "#1"));
  engine.start();
  EXPECT_EQ(server.status_becoming("ok"), "ok");
}

}  // namespace
}  // namespace plumb::test
