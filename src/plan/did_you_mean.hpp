// plan/did_you_mean.hpp: a table or column that vanishes while one like it appears has perhaps been renamed, and nobody
// has said so. It is asked about, with what speaks for it; never guessed. Pure.
#pragma once

#include <string>
#include <vector>

#include "dialect/dialect.hpp"

namespace plumb::plan {

struct Suggestion {
  std::string hint;                   ///< what could be written: "column `t.email` … `was mail`"
  std::vector<std::string> evidence;  ///< "both are `varchar(190)`", "the names are alike"
  /// The first counts what stands under the old name; the second, if any, how much of it the new form would not take.
  std::vector<Question> questions;
  std::string unit;        ///< of the first: "row", "value"
  bool would_be_lost = false;  ///< it is dropped by --allow, undeclared
  std::string way_out;     ///< how to say that it is no rename
  Origin origin;
};

/// Each thing that appears is suggested for one that vanishes at most, the likeliest.
std::vector<Suggestion> did_you_mean(const PlanInput& input, const Dialect& dialect);

/// The suggestion as a sentence behind "did you mean", with the answers as far as there are any.
std::string in_words(const Suggestion& suggestion);

}  // namespace plumb::plan
