// support/graph.hpp: an order in which everything comes after what it needs.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace plumb {

/// Nodes are 0..count-1; an edge {a, b} says that a must come before b.
struct Order {
  std::vector<std::size_t> nodes;                            ///< every node once
  std::vector<std::pair<std::size_t, std::size_t>> broken;   ///< edges that a cycle made impossible
};

/// A stable topological order: among the nodes that are free the lowest number comes first. Where a cycle leaves
/// no free node, the lowest remaining one is taken and its unmet edges are listed in `broken`.
Order ordered(std::size_t count, const std::vector<std::pair<std::size_t, std::size_t>>& edges);

}  // namespace plumb
