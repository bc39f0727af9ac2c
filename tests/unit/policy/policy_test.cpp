#include "policy/policy.hpp"

#include <gtest/gtest.h>

#include "support/error.hpp"

namespace plumb::policy {
namespace {

TEST(PolicyWords, AreKnownOrRefusedWithTheNearestOne) {
  EXPECT_EQ(read_kind("drop-table"), "drop-table");
  try {
    read_kind("drop-tabel");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean `drop-table`?"), std::string::npos) << error.what();
  }
}

TEST(LargestRebuild, IsBytesOrRows) {
  Policy policy;
  read_largest_rebuild("500 MB", policy);
  EXPECT_EQ(policy.largest_rebuild_bytes, 500'000'000U);
  read_largest_rebuild("2GiB", policy);
  EXPECT_EQ(policy.largest_rebuild_bytes, 2ULL << 30U);
  read_largest_rebuild("1000000 rows", policy);
  EXPECT_EQ(policy.largest_rebuild_rows, 1'000'000U);
  for (const char* text : {"", "MB", "500", "500 XB", "-1 MB", "1.5 GB", "99999999999999999999 MB", "18446744073709551615 KB"}) EXPECT_THROW(read_largest_rebuild(text, policy), UsageError) << text;
}

TEST(PolicyFingerprint, CountsWhatItAsksAndNotHowItIsCalled) {
  Policy one;
  one.name = "one";
  one.windows = {{0, 60}, {120, 180}};
  Policy other = one;
  other.name = "other";
  other.windows = {{120, 180}, {0, 60}};
  EXPECT_EQ(fingerprint(one), fingerprint(other));
  for (const auto change : {+[](Policy& p) { p.refuse.insert("narrow"); }, +[](Policy& p) { p.require_approval.insert("narrow"); }, +[](Policy& p) { p.approvals = 2; }, +[](Policy& p) { p.windows.pop_back(); },
                            +[](Policy& p) { p.timezone = "Europe/Berlin"; }, +[](Policy& p) { p.largest_rebuild_bytes = 1; }, +[](Policy& p) { p.largest_rebuild_rows = 1; }, +[](Policy& p) { p.review = true; }}) {
    Policy changed = one;
    change(changed);
    EXPECT_NE(fingerprint(one), fingerprint(changed));
  }
}

}  // namespace
}  // namespace plumb::policy
