// Versions: what is one, their order (the example of semver.org, 11), and the ranges that `status --require` takes.
#include <gtest/gtest.h>

#include "support/error.hpp"
#include "support/version.hpp"

namespace plumb {
namespace {

Version version(std::string_view text) {
  const auto parsed = parse_version(text);
  if (!parsed) throw Error("no version: " + std::string(text));
  return *parsed;
}

bool is_in(std::string_view range, std::string_view text) { return VersionRange::parse(range).contains(version(text)); }

TEST(AVersion, IsThreeNumbersAndWhatSemverLetsFollow) {
  for (const char* good : {"0.0.0", "1.2.3", "10.20.30", "1.0.0-rc.1", "1.0.0-0.3.7", "1.0.0-x-y-z.a", "1.0.0+build.01", "1.0.0-rc.1+5", "1.0.0+a-b"}) EXPECT_TRUE(parse_version(good)) << good;
  for (const char* bad : {"", "1", "1.2", "1.2.3.4", "v1.0.0", "1.02.0", "1.2.x", "1.0.0-", "1.0.0-01", "1.0.0-a..b", "1.0.0+", "1.0.0-ä", "99999999999999999999.0.0", " 1.0.0", "1.0.0 "}) EXPECT_FALSE(parse_version(bad)) << bad;
}

TEST(AVersion, ComesInTheOrderOfSemver) {
  const std::vector<const char*> order{"0.9.0", "0.10.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "2.0.0"};
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = 0; j < order.size(); ++j) EXPECT_EQ(version(order[i]) <=> version(order[j]), i <=> j) << order[i] << " " << order[j];
  }
  EXPECT_EQ(version("1.0.0+a"), version("1.0.0+b"));
}

TEST(AVersion, IsOlderOnlyWhereBothAreVersions) {
  EXPECT_TRUE(is_older("0.9.0", "0.10.0"));
  EXPECT_FALSE(is_older("0.10.0", "0.9.0"));
  EXPECT_FALSE(is_older("1.0.0", "1.0.0"));
  EXPECT_FALSE(is_older("", "1.0.0"));
  EXPECT_FALSE(is_older("summer", "winter"));
}

TEST(ARange, TakesExactVersionsAndBounds) {
  EXPECT_TRUE(is_in("0.5.0", "0.5.0"));
  EXPECT_TRUE(is_in("=0.5.0", "0.5.0"));
  EXPECT_FALSE(is_in("0.5.0", "0.5.1"));
  EXPECT_TRUE(is_in(">=0.4,<0.6", "0.4.0"));
  EXPECT_TRUE(is_in(">= 0.4 , < 0.6", "0.5.9"));
  EXPECT_FALSE(is_in(">=0.4,<0.6", "0.6.0"));
  EXPECT_FALSE(is_in(">=0.4,<0.6", "0.3.9"));
  EXPECT_TRUE(is_in(">=0.9", "0.10.0"));
  EXPECT_TRUE(is_in(">0.5.0,<=0.5.2", "0.5.2"));
  EXPECT_FALSE(is_in(">0.5.0,<=0.5.2", "0.5.0"));
}

TEST(ARange, TakesWhatIsCompatible) {
  EXPECT_TRUE(is_in("^0.5", "0.5.7"));
  EXPECT_FALSE(is_in("^0.5", "0.6.0"));
  EXPECT_TRUE(is_in("^1.2.3", "1.9.0"));
  EXPECT_FALSE(is_in("^1.2.3", "1.2.2"));
  EXPECT_FALSE(is_in("^1.2.3", "2.0.0"));
  EXPECT_TRUE(is_in("^0.0.3", "0.0.3"));
  EXPECT_FALSE(is_in("^0.0.3", "0.0.4"));
  EXPECT_TRUE(is_in("^0", "0.9.0"));
  EXPECT_FALSE(is_in("^0", "1.0.0"));
  EXPECT_TRUE(is_in("^2", "2.9.0"));
  EXPECT_TRUE(is_in("~0.5.1", "0.5.9"));
  EXPECT_FALSE(is_in("~0.5.1", "0.6.0"));
  EXPECT_TRUE(is_in("~1", "1.9.0"));
}

TEST(ARange, HoldsAPreReleaseOnlyWhereItNamesOne) {
  EXPECT_FALSE(is_in(">=0.4,<0.6", "0.6.0-rc.1"));
  EXPECT_FALSE(is_in("^1.0", "1.1.0-rc.1"));
  EXPECT_TRUE(is_in(">=0.6.0-rc.1,<0.7", "0.6.0-rc.2"));
  EXPECT_TRUE(is_in("0.6.0-rc.1", "0.6.0-rc.1"));
}

TEST(ARange, IsRefusedWhereItCouldMeanTwoThings) {
  for (const char* bad : {"", "0.5", "=0.5", ">0.5", "<=0.5", "newest", ">=", ">=0.4,", "=>0.4.0", "0.4.0 || 0.5.0", "^1.x", "1.2.3.4"}) EXPECT_THROW(VersionRange::parse(bad), UsageError) << bad;
}

}  // namespace
}  // namespace plumb
