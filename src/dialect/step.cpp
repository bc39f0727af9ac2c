#include "dialect/step.hpp"

#include <tuple>

namespace plumb {

// by hand: a defaulted one would need Command's, which needs this one
bool Company::operator==(const Company& other) const {
  return std::tie(before, after, lock, unlock) == std::tie(other.before, other.after, other.lock, other.unlock) && guards == other.guards;
}

std::vector<std::string> statements_of(const Command& command) {
  if (!command.company) return {command.sql};
  const Company& company = *command.company;
  std::vector<std::string> statements = company.before;
  statements.push_back(command.sql);
  statements.insert(statements.end(), company.after.begin(), company.after.end());
  if (company.lock.empty()) return statements;
  statements.insert(statements.begin(), company.lock);
  statements.push_back(company.unlock);
  return statements;
}

}  // namespace plumb
