#include <algorithm>

#include "lint/checks.hpp"
#include "support/text.hpp"

namespace plumb::lint {
namespace {

/// Letters of any alphabet, digits, `_` and `$`, no digit in front: what every engine takes without quotes.
bool is_plain(std::string_view name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80U;
  });
}

void check_name(const Input& input, const Subject& subject, const std::string& what, const std::string& name, Concerns& found) {
  std::vector<std::string> engines;
  for (const Dialect* engine : input.engines) {
    if (engine->is_reserved(name)) engines.emplace_back(engine->name());
  }
  if (!engines.empty()) {
    found.push_back({"reserved-name", subject, "`" + name + "`, the name of " + what + ", is a reserved word of " + join(engines, " and ") + "; every query by hand must quote it"});
  }
  if (!is_plain(name)) {
    found.push_back({"quoted-name", subject, "`" + name + "`, the name of " + what + ", needs quotes wherever it is written; use letters, digits and `_`"});
  }
}

void check_case(const Subject& subject, const std::string& what, const std::string& name, Concerns& found) {
  if (to_lower(name) == name) return;
  found.push_back({"upper-case-name", subject, "`" + name + "`, the name of " + what + ", has capital letters, which some servers tell apart and others do not; write `" + to_lower(name) + "`"});
}

}  // namespace

void check_names(const Input& input, Concerns& found) {
  for (const auto& [name, table] : input.description.schema.tables) {
    const Subject subject{SubjectKind::Table, name, {}};
    check_name(input, subject, "a table", name, found);
    check_case(subject, "a table", name, found);
    for (const Column& column : table.columns) {
      check_name(input, {SubjectKind::Column, name, column.name}, "a column of table `" + name + "`", column.name, found);
    }
  }
  for (const auto& [name, view] : input.description.schema.views) {
    const Subject subject{SubjectKind::View, {}, name};
    check_name(input, subject, "a view", name, found);
    check_case(subject, "a view", name, found);
  }
}

}  // namespace plumb::lint
