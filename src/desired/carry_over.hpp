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

/// How wide a type becomes whose engine holds no value to it (an INTEGER of SQLite has 64 bits).
enum class Widths {
  AsSaid,  ///< as its words are meant elsewhere: for comparing, or where the rows are asked
  AsHeld   ///< wide enough for whatever the engine lets into it: for making it elsewhere
};

/// `schema`, a state of `from`, with portable types, and without what only `from` can say: collations, clauses and
/// options, views and triggers, expressions that are more than names, values and plain operators.
Schema carried_over(const Schema& schema, const Dialect& from, const Dialect& to, Widths widths, LeftOut& left_out);

}  // namespace plumb::desired
