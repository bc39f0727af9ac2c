// dialect/mariadb/text_steps.hpp: the steps for views and triggers, which the server keeps as texts: they go before anything else
// changes, and come when everything has its new form. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "dialect/dialect.hpp"

namespace plumb::mariadb {

class TextSteps {
 public:
  explicit TextSteps(const PlanInput& input) : input_(input) {}

  /// First of all. A view that only becomes another one is replaced where it stands, unless what it names goes.
  std::vector<Step> taken_off();

  /// Last of all. Requires: taken_off() was called.
  std::vector<Step> made() const;

 private:
  const PlanInput& input_;
  std::set<std::string> views_taken_off_;
};

}  // namespace plumb::mariadb
