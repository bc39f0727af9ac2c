#include "probe/find_costs.hpp"

#include <algorithm>

#include "support/error.hpp"

namespace plumb {
namespace {

/// A statement that may be run in several ways: it changes a table that stands.
bool may_be_granted(const Step& step, const Schema& actual) {
  const std::string& live = step.table_before.empty() ? step.table : step.table_before;
  return step.how == "alter" || (step.how == "rename" && (step.table.empty() || actual.tables.contains(live)));
}

}  // namespace

void find_costs(db::Connection& connection, const Dialect& dialect, const Schema& actual, const PlanOptions& options, std::vector<Step>& steps) {
  CostSources sources{connection, actual, nullptr, options.open_further_scratch};
  const auto granted = [&](const Step& step) { return may_be_granted(step, actual); };
  std::shared_ptr<db::Connection> scratch;
  const bool is_of_use = dialect.capabilities().grants_algorithms && options.open_scratch && std::any_of(steps.begin(), steps.end(), granted);
  if (is_of_use) {
    try {
      scratch = options.open_scratch();
    } catch (const DatabaseError& error) {
      if (error.kind() != DatabaseErrorKind::AccessDenied) throw;
      for (Step& step : steps) {
        if (granted(step)) step.remarks.emplace_back("How the server runs this is not known: there is no right to make a scratch database, in which it could be tried.");
      }
    }
  }
  sources.scratch = scratch.get();
  dialect.find_costs(sources, steps);
}

}  // namespace plumb
