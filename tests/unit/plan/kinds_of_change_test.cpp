// The table of docs/guarantees.md holds every kind of change, and names tests that there are.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

std::string source(const std::string& path) { return read_file(std::string(PLUMB_SOURCE_DIR) + "/" + path); }

struct Row {
  std::string change;
  std::vector<std::string> cells;
  std::vector<std::string> shown_by;
};

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  line = trim(line);
  line.remove_prefix(1);
  line.remove_suffix(1);
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find('|', at), line.size());
    cells.emplace_back(trim(line.substr(at, end - at)));
    at = end + 1;
  }
  return cells;
}

std::vector<Row> table_of_changes() {
  const std::string text = source("docs/guarantees.md");
  const std::size_t begin = text.find("\n## Kinds of change\n");
  const std::string part = text.substr(begin, text.find("\n### ", begin) - begin);
  std::vector<Row> rows;
  for (const auto line : split_lines(part)) {
    if (!line.starts_with("| ") || line.starts_with("| change |")) continue;
    Row row;
    row.cells = cells_of(line);
    row.change = row.cells.front();
    const std::regex word("`([^`]+)`");
    for (std::sregex_iterator at(row.cells.back().begin(), row.cells.back().end(), word), end; at != end; ++at) row.shown_by.push_back((*at)[1]);
    rows.push_back(std::move(row));
  }
  return rows;
}

/// The members of TableDelta and Changes, and the kinds of Rename: what a difference is made of.
std::set<std::string> kinds_of_difference() {
  std::set<std::string> kinds;
  const std::string header = source("src/diff/change.hpp");
  const std::regex member("\n  (?:std::vector<.*>|ByName<.*>|bool) ([a-z_]+)(?: = false)?;");
  for (std::sregex_iterator at(header.begin(), header.end(), member), end; at != end; ++at) kinds.insert((*at)[1]);
  kinds.insert({"Rename::Table", "Rename::Column", "Rename::Index"});
  return kinds;
}

/// Under which rows each of them stands.
const std::map<std::string, std::vector<std::string>>& rows_by_kind() {
  static const std::map<std::string, std::vector<std::string>> rows{
      {"columns_added", {"column added, nullable or with a constant default", "column added NOT NULL with a backfill", "column added NOT NULL without a value"}},
      {"columns_dropped", {"column dropped"}},
      {"columns_altered", {"type or charset changed", "NULL to NOT NULL", "NOT NULL to NULL", "collation changed", "default changed, comment of a column", "plain column to a generated one"}},
      {"primary_key_changed", {"primary key"}},
      {"indexes_created", {"index created", "unique index or constraint created"}},
      {"indexes_dropped", {"index dropped"}},
      {"indexes_renamed", {"index renamed"}},
      {"Rename::Index", {"index renamed"}},
      {"foreign_keys_added", {"foreign key added"}},
      {"foreign_keys_dropped", {"foreign key dropped"}},
      {"checks_added", {"check added"}},
      {"checks_dropped", {"check dropped"}},
      {"options_changed", {"table made strict, or another option of a table"}},
      {"comment_changed", {"comment of a table"}},
      {"extra_changed", {"partitions, system versioning and other clauses"}},
      {"order_changed", {"columns in another order, with `--strict-order`"}},
      {"tables_created", {"table created"}},
      {"tables_dropped", {"table dropped"}},
      {"tables_altered", {"table written anew that has what no description says"}},
      {"views_created", {"view created, changed"}},
      {"views_altered", {"view created, changed"}},
      {"views_dropped", {"view dropped"}},
      {"triggers_created", {"trigger created, changed, dropped"}},
      {"triggers_altered", {"trigger created, changed, dropped"}},
      {"triggers_dropped", {"trigger created, changed, dropped"}},
      {"opaque_created", {"virtual table or sequence created"}},
      {"opaque_dropped", {"virtual table or sequence dropped"}},
      {"opaque_altered", {"sequence changed"}},
      {"Rename::Table", {"table renamed"}},
      {"Rename::Column", {"column renamed"}},
  };
  return rows;
}

TEST(KindsOfChange, EachHasARow) {
  const auto kinds = kinds_of_difference();
  ASSERT_GE(kinds.size(), 27U);
  std::set<std::string> changes;
  for (const Row& row : table_of_changes()) changes.insert(row.change);
  std::set<std::string> known;
  for (const std::string& kind : kinds) {
    ASSERT_TRUE(rows_by_kind().contains(kind)) << "docs/guarantees.md needs a row for `" << kind << "`, and this test must name it";
    for (const std::string& row : rows_by_kind().at(kind)) {
      EXPECT_TRUE(changes.contains(row)) << row;
      known.insert(row);
    }
  }
  for (const std::string& change : changes) EXPECT_TRUE(known.contains(change)) << "no kind of change: " << change;
}

/// All of the tests' sources in one text.
std::string all_tests() {
  std::string all;
  for (const auto& path : files_below(std::string(PLUMB_SOURCE_DIR) + "/tests", ".cpp")) all += read_file(path);
  return all;
}

bool is_a_test(const std::string& name, const std::string& tests) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return tests.find("{\"" + name + "\"") != std::string::npos || tests.find("retyped(\"" + name + "\"") != std::string::npos;
  const std::string end = "(" + name.substr(0, dot) + ", " + name.substr(dot + 1) + ")";
  return tests.find("TEST" + end) != std::string::npos || tests.find("TEST_F" + end) != std::string::npos || tests.find("TEST_P" + end) != std::string::npos;
}

TEST(KindsOfChange, EachIsShownByTestsThatThereAre) {
  const std::string tests = all_tests();
  for (const Row& row : table_of_changes()) {
    SCOPED_TRACE(row.change);
    EXPECT_EQ(row.cells.size(), 6U);
    EXPECT_FALSE(row.shown_by.empty());
    for (const std::string& name : row.shown_by) {
      if (name.ends_with(".case")) EXPECT_TRUE(std::filesystem::exists(std::string(PLUMB_SOURCE_DIR) + "/tests/golden/plan/" + name)) << name;
      else EXPECT_TRUE(is_a_test(name, tests)) << name;
    }
  }
}

}  // namespace
}  // namespace plumb::test
