#include "diff/target_table.hpp"

#include <algorithm>

namespace plumb::diff {

bool is_dropped(const Match& match, const std::string& table) {
  const auto& dropped = match.changes.tables_dropped;
  return std::any_of(dropped.begin(), dropped.end(), [&](const Table& t) { return t.name == table; });
}

const Table* target_table(const Match& match, const std::string& name) {
  for (const auto& pair : match.changes.tables_altered) {
    if (pair.after.name == name) return &pair.after;
  }
  const auto standing = match.from().tables.find(name);
  return standing == match.from().tables.end() || is_dropped(match, name) ? nullptr : &standing->second;
}

}  // namespace plumb::diff
