#include "diff/merge_checks.hpp"

#include <algorithm>

#include "diff/same_structure.hpp"

namespace plumb::diff {

std::vector<Check> merge_checks(const std::vector<Check>& desired, std::vector<Check>& actual, const MatchRules& rules) {
  std::vector<Check> merged;
  for (const Check& wanted : desired) {
    const auto usable = [&](const Check& have) {
      return same_sql(have.expression, wanted.expression, rules) &&
             (wanted.name.generated || wanted.name.empty() || have.name == wanted.name);
    };
    auto found = std::find_if(actual.begin(), actual.end(),
                              [&](const Check& have) { return have.name == wanted.name && usable(have); });
    if (found == actual.end()) found = std::find_if(actual.begin(), actual.end(), usable);
    if (found == actual.end()) {
      merged.push_back(wanted);
    } else {
      merged.push_back(*found);
      actual.erase(found);
    }
  }
  return merged;
}

void move_checks_to_where_they_are(Table& desired, const Table& actual, const MatchRules& rules) {
  const auto stands_in = [&](const std::vector<Check>& checks, const Check& wanted) {
    return std::any_of(checks.begin(), checks.end(), [&](const Check& have) {
      return same_sql(have.expression, wanted.expression, rules);
    });
  };
  const auto replaceable = [](const Check& check) { return check.name.generated || check.name.empty(); };
  for (Column& column : desired.columns) {
    const Column* have = actual.find_column(column.name);
    for (auto check = column.checks.begin(); check != column.checks.end();) {
      const bool here = have != nullptr && stands_in(have->checks, *check);
      if (!here && replaceable(*check) && stands_in(actual.checks, *check)) {
        desired.checks.push_back(*check);
        check = column.checks.erase(check);
      } else {
        ++check;
      }
    }
  }
  for (auto check = desired.checks.begin(); check != desired.checks.end();) {
    const bool here = stands_in(actual.checks, *check);
    const Column* owner = nullptr;
    for (const Column& have : actual.columns) {
      if (!here && replaceable(*check) && stands_in(have.checks, *check)) owner = &have;
    }
    Column* target = owner != nullptr ? desired.find_column(owner->name) : nullptr;
    if (target != nullptr && !stands_in(target->checks, *check)) {
      target->checks.push_back(*check);
      check = desired.checks.erase(check);
    } else {
      ++check;
    }
  }
}

}  // namespace plumb::diff
