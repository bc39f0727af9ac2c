#include "planned.hpp"

#include "language/load.hpp"
#include "plan/document.hpp"
#include "plan/inverse.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"

namespace plumb::test {

Description description_of(const std::string& text) {
  std::vector<SourceText> sources;
  sources.emplace_back("wanted.plumb", text);
  auto loaded = language::load(std::move(sources));
  if (!loaded.description) throw Error(render(loaded.diagnostics, loaded.sources, false));
  return std::move(*loaded.description);
}

plan::Draft draft_for(db::Connection& connection, const Description& description, plan::Allowed allowed) {
  PlanOptions options;
  options.allowed = std::move(allowed);
  options.keep_aside = true;
  return make_plan(connection, dialect_for(connection.engine()), description, options);
}

plan::Plan read_again(const plan::Draft& draft) {
  if (!draft.plan.blocked.empty()) throw Error(draft.plan.blocked.front().text);
  return std::get<plan::Plan>(plan::read_plan(plan::to_json(draft.plan)));
}

plan::Plan planned(db::Connection& connection, const std::string& text, plan::Allowed allowed) {
  return read_again(draft_for(connection, description_of(text), std::move(allowed)));
}

apply::Result roll_back(db::Connection& connection, const plan::Plan& plan) {
  apply::Options undoing;
  undoing.undoes = 1;
  return apply::apply(connection, dialect_for(connection.engine()), plan::inverse(plan, plan.steps.size()), undoing);
}

}  // namespace plumb::test
