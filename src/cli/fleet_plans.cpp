#include "cli/fleet_plans.hpp"

#include <algorithm>
#include <variant>

#include "plan/document.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

bool is_about_rows(const diff::Refusal& refusal) {
  return refusal.code == "data-in-the-way" || refusal.code == "needs-permission" || refusal.code == "slow" || refusal.code.starts_with("master-data");
}

ReviewedPlan read_reviewed(const std::string& file) {
  const auto read = plan::read_plan(read_file(file));
  if (const auto* problem = std::get_if<plan::NotAPlan>(&read)) throw Error("`" + file + "`: " + problem->reason + "; nothing was run");
  const auto& plan = std::get<plan::Plan>(read);
  if (!plan.blocked.empty()) throw Error("`" + file + "`: the plan is blocked: " + plan.blocked.front().text + "; nothing was run");
  return {file, plan};
}

}  // namespace

bool is_blocked_by_rows_alone(const plan::Plan& plan) { return std::all_of(plan.blocked.begin(), plan.blocked.end(), is_about_rows); }

std::vector<ReviewedPlan> reviewed_plans(const std::vector<std::string>& paths) {
  std::vector<ReviewedPlan> plans;
  for (const auto& path : paths) {
    const auto files = is_folder(path) ? files_below(path, ".md") : std::vector<std::string>{path};
    for (const auto& file : files) plans.push_back(read_reviewed(file));
  }
  if (plans.empty()) throw UsageError("there is no plan in `" + join(paths, "`, `") + "`");
  return plans;
}

}  // namespace plumb::cli
