// dialect/create_order.hpp: orders in which tables and views can be created one after the other.
#pragma once

#include <string>
#include <vector>

#include "model/schema.hpp"
#include "sql/tokens.hpp"

namespace plumb {

struct TableOrder {
  std::vector<const Table*> tables;
  /// Foreign keys that point to a table later in the order, because of a cycle: (table, key).
  std::vector<std::pair<const Table*, const ForeignKey*>> late;
};

/// Every table after those it refers to; the pointers are into `tables`.
TableOrder in_reference_order(const std::vector<Table>& tables);
TableOrder in_reference_order(const ByName<Table>& tables);

/// Every view after those it names; the pointers are into `views`.
std::vector<const View*> in_view_order(const std::vector<View>& views, const sql::Lexis& lexis);

}  // namespace plumb
