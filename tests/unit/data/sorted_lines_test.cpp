// Lines come in the order of their natural keys, whether they fit into the memory or not.
#include "data/sorted_lines.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace plumb::test {
namespace {

using data::Json;

std::vector<Json> values() {
  std::vector<Json> values{nullptr, false, true, 0, -1, 1, 1.5, -0.5, 1e300, -1e300, INT64_MAX, INT64_MIN, UINT64_MAX, std::uint64_t{1} << 63U, (std::int64_t{1} << 53) + 1, std::int64_t{1} << 53,
                           "", "a", "ab", "b", "A", "\xc3\xa4", std::string("a\0b", 3), std::string("a\0", 2), Json{{"k", 1}}, Json{{"k", "x"}}, Json{{"k", nullptr}}};
  return values;
}

TEST(SortKeys, StandInTheOrderOfTheValues) {
  for (const Json& a : values()) {
    for (const Json& b : values()) {
      std::string left;
      std::string right;
      data::append_sort_key(left, a);
      data::append_sort_key(right, b);
      EXPECT_EQ(left < right, data::comes_before(a, b)) << data::shown(a) << " and " << data::shown(b);
    }
  }
}

TEST(SortedLines, AreTheSameHoweverLittleMemoryThereIs) {
  std::mt19937 random(5);
  std::vector<std::string> lines;
  for (int i = 0; i < 5000; ++i) lines.push_back("k" + std::to_string(random()) + std::string(static_cast<std::size_t>(i % 50), 'x'));
  for (const std::size_t memory : {std::size_t{4000}, std::size_t{100'000}, std::size_t{1} << 30U}) {
    data::SortedLines sorted(memory);
    for (const auto& line : lines) sorted.add(line, "{" + line + "}");
    std::vector<std::string> wanted = lines;
    std::sort(wanted.begin(), wanted.end());
    std::size_t i = 0;
    sorted.for_each([&](std::string_view line) {
      ASSERT_LT(i, wanted.size());
      EXPECT_EQ(line, "{" + wanted[i++] + "}");
    });
    EXPECT_EQ(i, wanted.size());
  }
}

}  // namespace
}  // namespace plumb::test
