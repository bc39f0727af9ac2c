// desired/carry_over.hpp: a state of one engine in terms that another one has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialect/dialect.hpp"

namespace plumb::desired {

/// What had no counterpart.
struct LeftOut {
  std::vector<std::string> views;      ///< names; their queries are in the engine's own words
  std::vector<std::string> triggers;
  std::vector<std::string> sentences;  ///< everything else, one sentence each

  /// All of it as sentences.
  std::vector<std::string> told() const;
};

/// `schema`, a state of `from`, with portable types, and without what only `from` can say: collations, clauses and
/// options, views and triggers, expressions that are more than names, values and plain operators.
Schema carried_over(const Schema& schema, const Dialect& from, const Dialect& to, LeftOut& left_out);

}  // namespace plumb::desired
