#include "dialect/create_order.hpp"

#include <map>
#include <set>

#include "support/graph.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

TableOrder order_of(const std::vector<const Table*>& tables) {
  std::map<std::string, std::size_t> number;
  for (std::size_t i = 0; i < tables.size(); ++i) number.emplace(to_lower(tables[i]->name), i);
  std::vector<std::pair<std::size_t, std::size_t>> edges;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    for (const ForeignKey& key : tables[i]->foreign_keys) {
      const auto found = number.find(to_lower(key.table));
      if (found != number.end() && found->second != i) edges.emplace_back(found->second, i);
    }
  }
  const Order order = ordered(tables.size(), edges);
  TableOrder result;
  for (const std::size_t node : order.nodes) result.tables.push_back(tables[node]);
  const std::set<std::pair<std::size_t, std::size_t>> broken(order.broken.begin(), order.broken.end());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    for (const ForeignKey& key : tables[i]->foreign_keys) {
      const auto found = number.find(to_lower(key.table));
      if (found != number.end() && broken.contains({found->second, i})) result.late.emplace_back(tables[i], &key);
    }
  }
  return result;
}

}  // namespace

TableOrder in_reference_order(const std::vector<Table>& tables) {
  std::vector<const Table*> pointers;
  for (const Table& table : tables) pointers.push_back(&table);
  return order_of(pointers);
}

TableOrder in_reference_order(const ByName<Table>& tables) {
  std::vector<const Table*> pointers;
  for (const auto& [name, table] : tables) pointers.push_back(&table);
  return order_of(pointers);
}

std::vector<const View*> in_view_order(const std::vector<View>& views, const sql::Lexis& lexis) {
  std::map<std::string, std::size_t> number;
  for (std::size_t i = 0; i < views.size(); ++i) number.emplace(to_lower(views[i].name), i);
  std::vector<std::pair<std::size_t, std::size_t>> edges;
  for (std::size_t i = 0; i < views.size(); ++i) {
    for (const sql::Token& token : sql::tokenize(views[i].query.common, lexis)) {
      const auto found = number.find(to_lower(sql::unquoted(token.text)));
      if (found != number.end() && found->second != i) edges.emplace_back(found->second, i);
    }
  }
  std::vector<const View*> result;
  for (const std::size_t node : ordered(views.size(), edges).nodes) result.push_back(&views[node]);
  return result;
}

}  // namespace plumb
