// `plumb serve` leaves the database as it is, and needs no right but to read.
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "serve/running_server.hpp"
#include "support/file.hpp"

namespace plumb::test {
namespace {

namespace fs = std::filesystem;

/// With what another spelling of the server is to be seen in: a check, an expression, a view.
const std::string deployed = R"(schema shop version 0.5.0

table customers {
  id     serial
  name   varchar(50)
  price  decimal(8, 2) = 0 check (price >= 0 and name <> 'x')
}

view cheap (select id, name from customers where price < 10)
)";

TEST(OnlyReads, AndNeedsNoRightButToRead) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  Workplace place("mariadb");
  place.bring_to(deployed);
  place.write("app.plumb", deployed);
  const std::string user = "r" + place.target().database;
  const auto root = place.connect();
  root->execute("CREATE USER " + user + "@localhost IDENTIFIED BY 'hidden-word'");
  root->execute("GRANT SELECT, SHOW VIEW, TRIGGER ON `" + place.target().database + "`.* TO " + user + "@localhost");
  db::Target reader = place.target();
  reader.user = user;
  const std::string before = place.content();
  {
    place.write("password", "hidden-word\n");
    RunningServer server(place.folder(), {"--db", reader.display_name() + "&password-file=password", "--to", "app.plumb", "--cache", "0s"});
    EXPECT_EQ(server.status_becoming("ok"), "ok") << server.get("/api/system/health").body;
    for (const char* path : {"/", "/metrics", "/api/system/version", "/api/system/health"}) EXPECT_TRUE(lacks(server.get(path).body, "hidden-word")) << path;
    // a change is planned without asking the server to make anything
    place.sql("ALTER TABLE customers MODIFY name varchar(70) NOT NULL");
    EXPECT_NE(server.status_becoming("warning"), "ok");
    EXPECT_TRUE(contains(server.get("/").body, "customers"));
  }
  EXPECT_NE(place.content(), before);  // our own change alone
  EXPECT_EQ(place.number("SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'plumb\\_scratch\\_%" + place.target().database + "%'"), 0);
  root->execute("DROP USER " + user + "@localhost");
}

class OnlyReadsFiles : public testing::TestWithParam<const char*> {};

TEST_P(OnlyReadsFiles, NotAByteOrATimeChanges) {
  Workplace place("sqlite");
  place.sql(std::string("PRAGMA journal_mode = ") + GetParam() + ";");
  place.bring_to("schema shop version 0.5.0\n\ntable t {\n  id  serial\n}\n");
  place.write("app.plumb", "schema shop version 0.6.0\n\ntable t {\n  id  serial\n  a   int?\n}\n");
  const std::string path = place.target().path;
  const std::string bytes = read_file(path);
  const auto time = fs::last_write_time(path);
  {
    RunningServer server(place.folder(), {"--db", place.url(), "--to", "app.plumb", "--cache", "0s"});
    EXPECT_EQ(server.status_becoming("warning"), "warning");
    server.get("/");
    EXPECT_EQ(server.stop(), 0);
  }
  EXPECT_EQ(read_file(path), bytes);
  EXPECT_EQ(fs::last_write_time(path), time);
}

TEST_P(OnlyReadsFiles, InAFolderThatCannotBeWritten) {
  Workplace place("sqlite");
  place.sql(std::string("PRAGMA journal_mode = ") + GetParam() + ";");
  place.bring_to("schema shop version 0.5.0\n\ntable t {\n  id  serial\n}\n");
  place.write("app.plumb", "schema shop version 0.5.0\n\ntable t {\n  id  serial\n}\n");
  fs::permissions(place.folder(), fs::perms(0555));
  fs::permissions(place.target().path, fs::perms(0444));
  const std::vector<std::string> as_nobody{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
  {
    RunningServer server(place.folder(), {"--db", place.url(), "--to", "app.plumb", "--cache", "0s"}, ::geteuid() == 0 ? as_nobody : std::vector<std::string>());
    EXPECT_EQ(server.status_becoming("ok"), "ok") << server.get("/api/system/health").body;
  }
  fs::permissions(place.folder(), fs::perms(0755));
}

INSTANTIATE_TEST_SUITE_P(, OnlyReadsFiles, testing::Values("delete", "wal"), [](const auto& mode) { return std::string(mode.param); });

}  // namespace
}  // namespace plumb::test
