#include "model/earlier_names.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <vector>

#include "support/text.hpp"

namespace plumb {
namespace {

/// The earlier names of what is declared under a name; nullptr where nothing is.
using EarlierNames = std::function<const std::vector<std::string>*(const std::string& name)>;

bool is_left(const std::string& name, const EarlierNames& earlier, std::set<std::string>& passed) {
  const std::vector<std::string>* names = earlier(name);
  if (names == nullptr) return true;
  if (names->empty() || !passed.insert(to_lower(name)).second) return false;
  return std::all_of(names->begin(), names->end(), [&](const std::string& one) { return is_left(one, earlier, passed); });
}

const std::vector<std::string> none;

}  // namespace

bool is_left_by_table(const Description& description, const std::string& name) {
  std::set<std::string> passed;
  return is_left(name, [&](const std::string& one) -> const std::vector<std::string>* {
    for (const auto& [own, table] : description.schema.tables) {
      if (!equal_ignoring_case(own, one)) continue;
      const auto intent = description.tables.find(own);
      return intent == description.tables.end() ? &none : &intent->second.was;
    }
    for (const auto& [own, view] : description.schema.views) {
      if (!equal_ignoring_case(own, one)) continue;
      const auto was = description.view_was.find(own);
      return was == description.view_was.end() ? &none : &was->second;
    }
    return nullptr;
  }, passed);
}

bool is_left_by_column(const Table& table, const TableIntent& intent, const std::string& name) {
  std::set<std::string> passed;
  return is_left(name, [&](const std::string& one) -> const std::vector<std::string>* {
    const Column* column = table.find_column(one);
    if (column == nullptr) return nullptr;
    const auto hints = intent.columns.find(column->name);
    return hints == intent.columns.end() ? &none : &hints->second.was;
  }, passed);
}

}  // namespace plumb
