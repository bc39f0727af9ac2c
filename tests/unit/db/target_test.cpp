#include "db/target.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::db {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The message of the UsageError that parsing gives.
std::string complaint(const std::string& url) {
  try {
    parse_target(url);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no complaint";
}

class Targets : public testing::Test {
 protected:
  void SetUp() override { unsetenv("PLUMB_PASSWORD"); }
  void TearDown() override { unsetenv("PLUMB_PASSWORD"); }
};

TEST_F(Targets, ASqliteTargetIsAPath) {
  const Target target = parse_target("sqlite:path/to/file.db");
  EXPECT_EQ(target.engine, "sqlite");
  EXPECT_EQ(target.path, "path/to/file.db");
  EXPECT_EQ(target.display_name(), "sqlite:path/to/file.db");
  EXPECT_EQ(parse_target("sqlite:/var/lib/a.db").path, "/var/lib/a.db");
  EXPECT_EQ(parse_target("sqlite:///var/lib/a.db").path, "/var/lib/a.db");
  EXPECT_EQ(parse_target("sqlite::memory:").path, ":memory:");
  EXPECT_EQ(parse_target("SQLite:a.db").path, "a.db");
}

TEST_F(Targets, ASqlitePathMayHoldAnythingWhenEscaped) {
  const Target target = parse_target("sqlite:a%3Fb%25c d\xC3\xBC.db?busy-timeout=20");
  EXPECT_EQ(target.path, "a?b%c d\xC3\xBC.db");
  EXPECT_EQ(target.parameters.at("busy-timeout"), "20");
  EXPECT_EQ(parse_target(target.display_name()).path, target.path);
}

TEST_F(Targets, ASqliteTargetWithAHostIsRefusedWithTheWayToWriteIt) {
  EXPECT_THAT(complaint("sqlite://file.db"), HasSubstr("write `sqlite:file.db`"));
  EXPECT_THAT(complaint("sqlite:"), HasSubstr("names no file"));
}

TEST_F(Targets, AMariaDbTargetIsTakenApart) {
  const Target target = parse_target(
      "mariadb://app%40x:s%3Aecret@db.example.org:3307/my%20shop?socket=/run/m.sock&connect-timeout=5");
  EXPECT_EQ(target.engine, "mariadb");
  EXPECT_EQ(target.user, "app@x");
  EXPECT_EQ(target.password, "s:ecret");
  EXPECT_EQ(target.host, "db.example.org");
  EXPECT_EQ(target.port, 3307);
  EXPECT_EQ(target.database, "my shop");
  EXPECT_EQ(target.parameters.at("socket"), "/run/m.sock");
  EXPECT_EQ(target.parameters.at("connect-timeout"), "5");
}

TEST_F(Targets, UserPortAndHostMayBeLeftOut) {
  const Target target = parse_target("mariadb://localhost/name");
  EXPECT_EQ(target.user, "");
  EXPECT_EQ(target.port, 0);
  EXPECT_EQ(target.display_name(), "mariadb://localhost/name");
  EXPECT_EQ(parse_target("mariadb:///name?defaults-file=/x").host, "");
}

TEST_F(Targets, AnIpv6HostStandsInBrackets) {
  const Target target = parse_target("mariadb://u@[2001:db8::1]:3306/d");
  EXPECT_EQ(target.host, "2001:db8::1");
  EXPECT_EQ(target.port, 3306);
  EXPECT_EQ(target.display_name(), "mariadb://u@[2001:db8::1]:3306/d");
  EXPECT_THAT(complaint("mariadb://u@[::1/d"), HasSubstr("without a `]`"));
}

TEST_F(Targets, TheDisplayNameNeverHoldsAPassword) {
  const Target target = parse_target("mariadb://root:hunter2@h:1/d?ssl-ca=/etc/ca.pem");
  EXPECT_EQ(target.display_name(), "mariadb://root@h:1/d?ssl-ca=/etc/ca.pem");
}

TEST_F(Targets, TheDisplayNameOpensTheSameTargetAgain) {
  const Target target = parse_target("mariadb://a%2Fb@h/d%C3%A4%2Fe?socket=/tmp/a%26b");
  const Target again = parse_target(target.display_name());
  EXPECT_EQ(again.user, "a/b");
  EXPECT_EQ(again.database, "d\xC3\xA4/e");
  EXPECT_EQ(again.parameters.at("socket"), "/tmp/a&b");
}

TEST_F(Targets, NoComplaintRepeatsAPieceOfAPassword) {
  // The `/` ends the authority, so that the rest of the password looks like a port.
  EXPECT_THAT(complaint("mariadb://root:hun/ter2@h/d"), Not(HasSubstr("hun")));
  EXPECT_THAT(complaint("mariadb://root:hun/ter2@h/d"), HasSubstr("%2F"));
  EXPECT_THAT(complaint("mariadb://root:hun%zzter2@h/d"), Not(HasSubstr("ter2")));
  EXPECT_THAT(complaint("mariadb://root:hun%zzter2@h/d"), HasSubstr("the password of the target"));
  EXPECT_THAT(complaint("mariadb://root@h/d?password=hunter2"), Not(HasSubstr("hunter2")));
}

TEST_F(Targets, AnUnknownParameterIsRefusedWithTheNearestKnownOne) {
  EXPECT_THAT(complaint("mariadb://h/d?conect-timeout=3"), HasSubstr("did you mean `connect-timeout`?"));
  EXPECT_THAT(complaint("sqlite:a?zzz=1"), HasSubstr("sqlite targets have: busy-timeout"));
  EXPECT_THAT(complaint("sqlite:a?socket=1"), HasSubstr("unknown parameter `socket`"));
}

TEST_F(Targets, ParametersAreCheckedWhereTheyAreRead) {
  EXPECT_THAT(complaint("mariadb://h/d?connect-timeout=soon"), HasSubstr("`connect-timeout`"));
  EXPECT_THAT(complaint("mariadb://h/d?lock-wait-timeout=-1"), HasSubstr("whole number"));
  EXPECT_THAT(complaint("mariadb://h/d?ssl-verify=yes"), HasSubstr("`true` or `false`"));
  EXPECT_THAT(complaint("mariadb://h/d?socket="), HasSubstr("has no value"));
  EXPECT_THAT(complaint("mariadb://h/d?socket=/a&socket=/b"), HasSubstr("twice"));
}

TEST_F(Targets, WhatIsNoUrlOrNamesNoDatabaseIsRefused) {
  EXPECT_THAT(complaint("postgres://h/d"), HasSubstr("no URL that plumb knows"));
  EXPECT_THAT(complaint("mysql://h/d"), HasSubstr("mariadb://"));
  EXPECT_THAT(complaint("mariadb:h/d"), HasSubstr("mariadb://user@host"));
  EXPECT_THAT(complaint("mariadb://h"), HasSubstr("names no database"));
  EXPECT_THAT(complaint("mariadb://h/"), HasSubstr("names no database"));
  EXPECT_THAT(complaint("mariadb://h/a/b"), HasSubstr("%2F"));
  EXPECT_THAT(complaint("mariadb://h:0/d"), HasSubstr("port"));
  EXPECT_THAT(complaint("mariadb://h:65536/d"), HasSubstr("port"));
}

TEST_F(Targets, ATargetUrlIsToldFromAFile) {
  EXPECT_TRUE(is_target_url("sqlite:x"));
  EXPECT_TRUE(is_target_url("mariadb://h/d"));
  EXPECT_FALSE(is_target_url("schema/shop.plumb"));
  EXPECT_FALSE(is_target_url(""));
}

TEST_F(Targets, ThePasswordFileComesBeforeTheVariableBeforeTheUrl) {
  const test::ScratchFolder folder;
  write_file(folder / "secret", "from file\r\nsecond line\n");
  const std::string url = "mariadb://u:from_url@h/d";
  EXPECT_EQ(parse_target(url).password, "from_url");
  setenv("PLUMB_PASSWORD", "from variable", 1);
  EXPECT_EQ(parse_target(url).password, "from variable");
  EXPECT_EQ(parse_target(url + "?password-file=" + (folder / "secret")).password, "from file");
}

TEST_F(Targets, AMissingPasswordFileIsAnErrorThatNamesIt) {
  EXPECT_THROW(parse_target("mariadb://u@h/d?password-file=/nowhere/at/all"), FileError);
}

}  // namespace
}  // namespace plumb::db
