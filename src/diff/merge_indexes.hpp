// diff/merge_indexes.hpp: declared indexes and those that stand. Pure.
#pragma once

#include <string>
#include <vector>

#include "diff/match.hpp"
#include "diff/reading.hpp"

namespace plumb::diff {

struct MergedIndexes {
  std::vector<Index> indexes;    ///< the declared ones, each with the actual one's spelling where both mean the same; those that stand come first
  std::vector<Index> left_over;  ///< actual ones that no declared one took
};

/// `unsaid`: words of an index that say what the table's storage engine does without them.
MergedIndexes merge_indexes(const std::vector<Index>& actual, std::vector<Index> desired, const TableIntent& intent, const MatchRules& rules, const Reading& reading,
                            std::vector<std::string> unsaid);

}  // namespace plumb::diff
