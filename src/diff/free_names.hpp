// diff/free_names.hpp: names that nobody wrote and that are taken. Pure.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/name.hpp"
#include "support/text.hpp"

namespace plumb::diff {

/// The name with the least number at its end that none of these has: `CONSTRAINT_2` for `CONSTRAINT_1`, `fk_a_2` for `fk_a`.
std::string free_name(std::string_view name, const std::vector<std::string>& taken);

/// A constraint whose name the engine or plumb has made gets another one where one that stands and stays has it: the numbers that a
/// server gives say in which order constraints were made, and nothing of what they are. `standing` are those of the actual table.
template <class Constraint>
void name_new_ones_apart(std::vector<Constraint>& target, const std::vector<Constraint>& standing) {
  std::vector<std::string> taken;
  for (const Constraint& one : standing) taken.push_back(one.name.text);
  for (const Constraint& one : target) taken.push_back(one.name.text);
  const auto stands = [&](const Constraint& one) { return std::find(standing.begin(), standing.end(), one) != standing.end(); };
  for (Constraint& one : target) {
    if (!one.name.generated || one.name.empty() || stands(one)) continue;
    const bool is_taken = std::any_of(target.begin(), target.end(), [&](const Constraint& other) { return &other != &one && equal_ignoring_case(other.name.text, one.name.text); });
    if (!is_taken) continue;
    one.name.text = free_name(one.name.text, taken);
    taken.push_back(one.name.text);
  }
}

}  // namespace plumb::diff
