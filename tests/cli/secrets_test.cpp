// A password is never printed, logged or written, wherever it comes from and whatever goes wrong.
#include <gtest/gtest.h>

#include "cli/plumb_program.hpp"

namespace plumb::test {
namespace {

constexpr const char* secret = "s3cr3t%2Bw0rd";      // as a URL spells it
constexpr const char* secret_plain = "s3cr3t+w0rd";  // as it is

class Secrets : public testing::Test {
 protected:
  void SetUp() override {
    if (!mariadb_is_wanted()) GTEST_SKIP() << "PLUMB_TEST_ENGINES leaves MariaDB out";
    place_.emplace("mariadb");
    place_->write("app.plumb",
                  "schema app version 1.0.0\nuser table people {\n  id serial\n  name varchar(100)?\n}\n");
    place_->sql("CREATE USER IF NOT EXISTS keeper@localhost IDENTIFIED BY '" + std::string(secret_plain) +
                "'; GRANT ALL ON *.* TO keeper@localhost;");
  }

  Workplace& place() { return *place_; }
  std::string url(const std::string& user, const std::string& further = {}) const {
    return "mariadb://" + user + "@localhost/" + place_->target().database +
           "?socket=" + place_->target().parameters.at("socket") + further;
  }

  void expect_silent(const RunResult& result) {
    EXPECT_TRUE(lacks(result.out + result.err, "s3cr3t"));
    EXPECT_TRUE(lacks(result.out + result.err, "w0rd"));
  }

 private:
  std::optional<Workplace> place_;
};

TEST_F(Secrets, InTheUrlOpenTheDatabaseAndAppearNowhere) {
  const std::string db = url("keeper:" + std::string(secret));
  const auto planned = place().plumb({"plan", "--to", "app.plumb", "-o", "plan.md", "--db", db, "--verbose"});
  ASSERT_TRUE(ended_with(0, planned));
  expect_silent(planned);
  EXPECT_TRUE(lacks(place().read("plan.md"), "s3cr3t"));
  expect_silent(place().plumb({"apply", "plan.md", "--db", db, "--verbose"}));
  for (const char* verb : {"status", "history"}) {
    const auto result = place().plumb({verb, "--db", db});
    EXPECT_TRUE(ended_with(0, result));
    expect_silent(result);
    expect_silent(place().plumb({verb, "--db", db, "--json"}));
  }
  expect_silent(place().plumb({"validate", "--to", "app.plumb", "--db", db, "--json"}));
  EXPECT_EQ(place().number("SELECT count(*) FROM plumb_history WHERE concat_ws(' ', applied_by, statements, "
                           "coalesce(error, '')) LIKE '%s3cr3t%'"),
            0);
}

TEST_F(Secrets, InAFileOpenTheDatabase) {
  place().write("password", std::string(secret_plain) + "\n");
  const auto result =
      place().plumb({"status", "--db", url("keeper", "&password-file=" + place().path("password"))});
  EXPECT_TRUE(ended_with(0, result));
  expect_silent(result);
}

TEST_F(Secrets, InAVariableOpenTheDatabase) {
  RunOptions options;
  options.environment["PLUMB_PASSWORD"] = secret_plain;
  const auto result = place().plumb({"status", "--db", url("keeper")}, options);
  EXPECT_TRUE(ended_with(0, result));
  expect_silent(result);
}

TEST_F(Secrets, InAVariableWithTheUrlAppearNowhere) {
  RunOptions options;
  options.environment["PLUMB_DB"] = url("keeper:" + std::string(secret));
  expect_silent(place().plumb({"status"}, options));
}

TEST_F(Secrets, ThatAreWrongAreNotRepeated) {
  const auto result = place().plumb({"status", "--db", url("keeper:s3cr3t_w0rd_wrong")});
  EXPECT_TRUE(ended_with(1, result));
  expect_silent(result);
  EXPECT_TRUE(contains(result.err, "keeper"));
}

TEST_F(Secrets, InAUrlThatIsWrongAreNotRepeated) {
  for (const std::string& db :
       {std::string("mariadb://keeper:s3cr3t_w0rd@localhost:notaport/x"),
        std::string("mysql://keeper:s3cr3t_w0rd@localhost/x"),
        std::string("mariadb://keeper:s3cr3t_w0rd@localhost/x?unknown=1"),
        std::string("postgres://keeper:s3cr3t_w0rd@localhost/x"),
        std::string("mariadb://keeper:s3cr3t_w0rd@localhost"),
        std::string("mariadb:/keeper:s3cr3t_w0rd@localhost/x"), std::string("keeper:s3cr3t_w0rd@localhost/x"),
        std::string("mariadb://keeper:s3cr3t%ZZw0rd@localhost/x")}) {
    for (const std::string verb : {"status", "validate"}) {
      const auto result = place().plumb({verb, "--db", db, "--to", "app.plumb"});
      EXPECT_NE(result.exit_code, 0) << db;
      expect_silent(result);
    }
  }
  const auto as_description =
      place().plumb({"plan", "--db", "sqlite:x.db", "--to", "mariadb://keeper:s3cr3t_w0rd@localhost/x"});
  EXPECT_NE(as_description.exit_code, 0);
  expect_silent(as_description);
}

TEST_F(Secrets, WithASecondPasswordInTheFileTakeItsFirstLineOnly) {
  place().write("password", std::string(secret_plain) + "\nanother line\n");
  EXPECT_TRUE(ended_with(
      0, place().plumb({"status", "--db", url("keeper", "&password-file=" + place().path("password"))})));
}

TEST_F(Secrets, InAFileThatIsMissingNameTheFile) {
  const auto result = place().plumb({"status", "--db", url("keeper", "&password-file=/nowhere/password")});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "/nowhere/password"));
}

TEST_F(Secrets, AreNotWrittenByInit) {
  const auto result = place().plumb({"init", "fresh", "--db", url("keeper:" + std::string(secret))});
  ASSERT_TRUE(ended_with(0, result));
  expect_silent(result);
  EXPECT_TRUE(lacks(place().read("fresh/plumb.toml"), "s3cr3t"));
}

}  // namespace
}  // namespace plumb::test
