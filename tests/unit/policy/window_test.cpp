// Hours of the week: how they are read, when they are open, when the next one begins.
#include "policy/window.hpp"

#include <gtest/gtest.h>

#include "support/error.hpp"

namespace plumb::policy {
namespace {

constexpr std::uint32_t at(std::uint32_t day, std::uint32_t hour, std::uint32_t minute = 0) { return (day * 24 + hour) * 60 + minute; }

TEST(Window, IsReadWithDaysAndHours) {
  EXPECT_EQ(read_window("sat 02:00-06:00"), (std::vector<Window>{{at(5, 2), at(5, 6)}}));
  EXPECT_EQ(read_window("  Mon,WED   12:00-13:30 "), (std::vector<Window>{{at(0, 12), at(0, 13, 30)}, {at(2, 12), at(2, 13, 30)}}));
  EXPECT_EQ(read_window("mon-fri 22:00-23:30").size(), 5U);
  EXPECT_EQ(read_window("daily 00:00-24:00").size(), 7U);
  EXPECT_EQ(read_window("sat-mon 01:00-02:00").size(), 3U);
}

TEST(Window, ThatEndsBeforeItBeginsGoesOnTheNextDay) {
  const auto windows = read_window("sun 22:00-04:00");
  EXPECT_TRUE(is_open(windows, at(6, 22)));
  EXPECT_TRUE(is_open(windows, at(6, 23, 59)));
  EXPECT_TRUE(is_open(windows, at(0, 3, 59))) << "Monday morning still belongs to it";
  EXPECT_FALSE(is_open(windows, at(0, 4)));
  EXPECT_FALSE(is_open(windows, at(6, 21, 59)));
}

TEST(Window, OfAWholeDayEndsAtMidnight) {
  const auto windows = read_window("tue 00:00-24:00");
  EXPECT_FALSE(is_open(windows, at(0, 23, 59)));
  EXPECT_TRUE(is_open(windows, at(1, 0)));
  EXPECT_TRUE(is_open(windows, at(1, 23, 59)));
  EXPECT_FALSE(is_open(windows, at(2, 0)));
  EXPECT_TRUE(is_open(read_window("tue 05:00-05:00"), at(2, 4, 59))) << "the same hour again is the one of the next day";
}

TEST(Window, TellsHowLongItIsUntilTheNextOne) {
  const auto windows = read_window("sat 02:00-06:00");
  EXPECT_EQ(wait_for_open(windows, at(5, 3)), 0U);
  EXPECT_EQ(wait_for_open(windows, at(4, 13, 10)), 12U * 60 + 50);
  EXPECT_EQ(wait_for_open(windows, at(5, 6)), minutes_a_week - 4 * 60) << "it has just closed";
  EXPECT_EQ(wait_for_open({}, 0), std::nullopt);
}

TEST(Window, IsToldInWords) {
  EXPECT_EQ(minute_in_words(at(5, 2)), "Sat 02:00");
  EXPECT_EQ(minute_in_words(minutes_a_week + 5), "Mon 00:05");
  EXPECT_EQ(duration_in_words(12 * 60 + 50), "12 hours 50 minutes");
  EXPECT_EQ(duration_in_words(24 * 60), "1 day");
  EXPECT_EQ(duration_in_words(0), "0 minutes");
}

TEST(Window, ThatMakesNoSenseIsRefused) {
  for (const char* text : {"", "sat", "02:00-06:00", "someday 02:00-06:00", "sat 2:00-6:00", "sat 02:00", "sat 25:00-26:00", "sat 24:00-24:00", "sat 02:60-03:00", "sat- 02:00-03:00", "sat, 02:00-03:00",
                           "sat 02:00-06:00x", "sat -2:00-03:00", "sat 02:00-24:01"}) {
    EXPECT_THROW(read_window(text), UsageError) << text;
  }
}

}  // namespace
}  // namespace plumb::policy
