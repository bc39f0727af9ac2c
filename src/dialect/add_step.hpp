// dialect/add_step.hpp: how the dialects put their steps together.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "dialect/step.hpp"

namespace plumb {

inline Command statement(std::string sql) { return {CommandKind::Statement, std::move(sql), {}}; }

/// The reference holds until the next step is added.
inline Step& add_step(std::vector<Step>& steps, StepSymbol symbol, std::string what, std::string how, std::string table = {}) {
  Step& step = steps.emplace_back();
  step.symbol = symbol;
  step.what = std::move(what);
  step.how = std::move(how);
  step.table = std::move(table);
  return step;
}

}  // namespace plumb
