#include "data/text_forms.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace plumb::data {
namespace {

using Form = std::optional<std::string>;

TEST(DecimalForm, HasExactlyTheDeclaredDigitsBehindThePoint) {
  EXPECT_EQ(decimal_form("12.5", 10, 2), Form("12.50"));
  EXPECT_EQ(decimal_form("12.500", 10, 2), Form("12.50"));
  EXPECT_EQ(decimal_form("+0012", 10, 2), Form("12.00"));
  EXPECT_EQ(decimal_form(".5", 10, 2), Form("0.50"));
  EXPECT_EQ(decimal_form("5.", 10, 0), Form("5"));
  EXPECT_EQ(decimal_form("0.05", 2, 2), Form("0.05"));
  EXPECT_EQ(decimal_form("-0.00", 10, 2), Form("0.00"));
  EXPECT_EQ(decimal_form("0", 1, 0), Form("0"));
  EXPECT_EQ(decimal_form("-0.01", 3, 2), Form("-0.01"));
}

TEST(DecimalForm, WritesExponentsOut) {
  EXPECT_EQ(decimal_form("1e3", 10, 2), Form("1000.00"));
  EXPECT_EQ(decimal_form("1.25E-1", 10, 3), Form("0.125"));
  EXPECT_EQ(decimal_form("1.5e-2", 10, 2), std::nullopt);
  EXPECT_EQ(decimal_form("1e999999999999", 10, 2), std::nullopt);
  EXPECT_EQ(decimal_form("0e300", 3, 2), Form("0.00"));
}

TEST(DecimalForm, RefusesWhatTheTypeCannotHold) {
  EXPECT_EQ(decimal_form("12.345", 10, 2), std::nullopt);
  EXPECT_EQ(decimal_form("1000", 5, 2), std::nullopt);
  EXPECT_EQ(decimal_form("999.99", 5, 2), Form("999.99"));
  for (const char* text :
       {"", "-", ".", "1.2.3", "--5", "1e", "12 ", " 12", "0x10", "nan", "inf", "1,5", "١"}) {
    EXPECT_EQ(decimal_form(text, 10, 2), std::nullopt) << text;
  }
}

TEST(DecimalForm, KeepsAllDigitsOfLongTexts) {
  EXPECT_EQ(decimal_form("12345678901234567890123456789.123456789", 38, 9),
            Form("12345678901234567890123456789.123456789"));
}

TEST(DecimalForm, TakesTheNoiseOfAFloatingPointNumberAwayAndNothingElse) {
  EXPECT_EQ(decimal_form(12.5, 10, 2), Form("12.50"));
  EXPECT_EQ(decimal_form(0.1 + 0.2, 10, 2), Form("0.30"));
  EXPECT_EQ(decimal_form(-1e-17, 10, 2), Form("0.00"));
  EXPECT_EQ(decimal_form(12.345, 10, 2), std::nullopt);
  EXPECT_EQ(decimal_form(1e15, 18, 2), Form("1000000000000000.00"));
  EXPECT_EQ(decimal_form(1e300, 10, 2), std::nullopt);
  EXPECT_EQ(decimal_form(std::numeric_limits<double>::infinity(), 10, 2), std::nullopt);
  EXPECT_EQ(decimal_form(std::numeric_limits<double>::quiet_NaN(), 10, 2), std::nullopt);
}

/// What is told at a look is what the thorough way says of the same digits.
TEST(DecimalForm, OfANumberIsThatOfItsDigits) {
  for (const std::uint32_t scale : {0U, 1U, 2U, 5U, 9U, 12U}) {
    for (std::int64_t number = -3'000; number < 4'000'000'000; number = number < 3'000 ? number + 1 : number * 3 + 7) {
      const std::string text = std::to_string(number) + "e-" + std::to_string(scale);
      const double value = std::stod(text);
      for (const std::uint32_t precision : {scale == 0 ? 1 : scale, 18U}) EXPECT_EQ(decimal_form(value, precision, scale), decimal_form(text, precision, scale)) << text;
      const double beside = value + 3e-7 * std::pow(10.0, -static_cast<double>(scale));
      EXPECT_EQ(decimal_form(beside, 18, scale), decimal_form(text, 18, scale)) << text;
    }
  }
}

TEST(Forms, ThatATextHasAlreadyAreTheOnesThatWouldBeMade) {
  for (const std::string text : {"12.50", "0.00", "-0.00", "012.50", "12.5", ".50", "1x.50", "99999999.99", "999999999.99", ""}) {
    if (is_decimal(text, 10, 2)) {
      EXPECT_EQ(decimal_form(text, 10, 2), Form(text)) << text;
    }
  }
  EXPECT_TRUE(is_decimal("12.50", 10, 2));
  EXPECT_FALSE(is_decimal("999999999.99", 10, 2));
  for (const std::string text : {"2026-01-31 12:00:00", "2026-01-31 12:00:00.5", "2026-02-30 12:00:00", "2026-01-31T12:00:00", "2026-01-31 24:00:00", "0000-00-00 00:00:00", "2026-01-31 1a:00:00"}) {
    for (const std::uint32_t digits : {0U, 1U}) {
      if (is_date_time(text, digits)) {
        EXPECT_EQ(date_time_form(text, digits), Form(text)) << text;
      }
    }
  }
  EXPECT_TRUE(is_date_time("2026-01-31 12:00:00.5", 1));
  EXPECT_TRUE(is_date_time("2026-01-31 12:00:00", 0));
  EXPECT_FALSE(is_date_time("2026-02-30 12:00:00", 0));
  EXPECT_TRUE(is_uuid("123e4567-e89b-12d3-a456-426614174000"));
  for (const std::string text : {"123E4567-e89b-12d3-a456-426614174000", "123e4567e-89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-42661417400"}) EXPECT_FALSE(is_uuid(text)) << text;
}

TEST(DateTimeForm, IsOneForAllSpellings) {
  const Form form("2026-01-31 12:00:00.000");
  for (const char* text :
       {"2026-01-31 12:00:00", "2026-01-31T12:00:00Z", "2026-01-31 12:00", "2026-01-31 12:00:00.0",
        "2026-01-31 12:00:00.000000", "2026-01-31 12:00:00+00:00"}) {
    EXPECT_EQ(date_time_form(text, 3), form) << text;
  }
  EXPECT_EQ(date_time_form("2026-01-31", 0), Form("2026-01-31 00:00:00"));
  EXPECT_EQ(date_time_form("2026-01-31", 3), Form("2026-01-31 00:00:00.000"));
  EXPECT_EQ(date_time_form("2026-01-31 12:00:00.125", 3), Form("2026-01-31 12:00:00.125"));
}

TEST(DateTimeForm, RefusesWhatIsNoTime) {
  for (const char* text : {"", "2026", "2026-02-30", "2026-13-01", "2026-01-31 24:00:00",
                           "2026-01-31 12:60:00", "2026-01-31 12:00:60", "2026-01-31 12:00:00.5",
                           "2026-01-31 12:00:00+01:00", "2026-01-31x", "26-01-31", "2026-1-31", "now"}) {
    EXPECT_EQ(date_time_form(text, 0), std::nullopt) << text;
  }
  EXPECT_EQ(date_form("2025-02-29"), std::nullopt);
  EXPECT_EQ(date_form("2024-02-29"), Form("2024-02-29"));
  EXPECT_EQ(date_form("0000-00-00"), Form("0000-00-00"));
  EXPECT_EQ(date_form("2024-02-29 "), std::nullopt);
}

TEST(TimeForm, HoldsHoursBeyondADayAndBelowZero) {
  EXPECT_EQ(time_form("9:05", 0), Form("09:05:00"));
  EXPECT_EQ(time_form("-838:59:59", 1), Form("-838:59:59.0"));
  EXPECT_EQ(time_form("-00:00:00", 0), Form("00:00:00"));
  for (const char* text : {"", "12", ":30", "12:3", "12:30:5", "1234:00:00", "12:30:00.5", "ab:cd"})
    EXPECT_EQ(time_form(text, 0), std::nullopt) << text;
}

TEST(OtherForms, FollowTheSpellingThatMariaDbGives) {
  EXPECT_EQ(uuid_form("123E4567E89B12D3A456426614174000"), Form("123e4567-e89b-12d3-a456-426614174000"));
  EXPECT_EQ(uuid_form("123e4567"), std::nullopt);
  EXPECT_EQ(inet6_form("2001:0DB8:0:0:0:0:0:1"), Form("2001:db8::1"));
  EXPECT_EQ(inet6_form("::ffff:1.2.3.4"), Form("::ffff:1.2.3.4"));
  EXPECT_EQ(inet6_form("1.2.3.4"), std::nullopt);
  EXPECT_EQ(set_form("c,a", {"a", "b", "c"}), Form("a,c"));
  EXPECT_EQ(set_form("", {"a"}), Form(""));
  for (const char* text : {"d", "a,", ",a", "a,,b", "A"})
    EXPECT_EQ(set_form(text, {"a", "b"}), std::nullopt) << text;
}

TEST(Base64, ComesBackForEveryLengthAndRefusesEverythingElse) {
  std::string bytes;
  for (int i = 0; i < 260; ++i) {
    EXPECT_EQ(from_base64(base64(bytes)), Form(bytes)) << i;
    bytes += static_cast<char>(i);
  }
  EXPECT_EQ(base64("\xFF\xFE"), "//4=");
  for (const char* text :
       {"A", "AA", "AAA", "====", "A===", "AA=A", "AAAA====", "AA A", "A\nAA", "AAA_", "AA==AAAA"})
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
}

TEST(Numbers, AreShownByTheirShortestDigits) {
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(5), "5");
  EXPECT_EQ(single_form(0.10000000149011612), 0.1);
  EXPECT_EQ(single_form(16777216), 16777216);
  EXPECT_EQ(static_cast<float>(single_form(3.4028234663852886e38)), std::numeric_limits<float>::max());
}

}  // namespace
}  // namespace plumb::data
