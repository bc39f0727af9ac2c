#include "support/graph.hpp"

#include <algorithm>
#include <queue>
#include <set>

namespace plumb {

Order ordered(std::size_t count, const std::vector<std::pair<std::size_t, std::size_t>>& edges) {
  std::vector<std::set<std::size_t>> after(count);
  std::vector<std::size_t> unmet(count, 0);
  for (const auto& [before, node] : edges) {
    if (before != node && after[before].insert(node).second) ++unmet[node];
  }
  std::set<std::size_t> free;
  std::set<std::size_t> waiting;
  for (std::size_t i = 0; i < count; ++i) (unmet[i] == 0 ? free : waiting).insert(i);
  Order order;
  std::vector<bool> done(count, false);
  while (!free.empty() || !waiting.empty()) {
    const bool cyclic = free.empty();
    const std::size_t node = cyclic ? *waiting.begin() : *free.begin();
    (cyclic ? waiting : free).erase(node);
    if (cyclic) {
      for (const auto& edge : edges) {
        if (edge.second == node && edge.first != node && !done[edge.first]) order.broken.push_back(edge);
      }
    }
    done[node] = true;
    order.nodes.push_back(node);
    for (const std::size_t next : after[node]) {
      if (done[next]) continue;
      if (--unmet[next] == 0) {
        waiting.erase(next);
        free.insert(next);
      }
    }
  }
  std::sort(order.broken.begin(), order.broken.end());
  order.broken.erase(std::unique(order.broken.begin(), order.broken.end()), order.broken.end());
  return order;
}

}  // namespace plumb
