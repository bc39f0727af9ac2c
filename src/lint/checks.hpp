// lint/checks.hpp: the rules that need no engine's knowledge, for this folder alone. Each adds what it finds.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "dialect/concern.hpp"
#include "dialect/dialect.hpp"
#include "model/description.hpp"

namespace plumb::lint {

struct Input {
  const Description& description;
  const std::vector<const Dialect*>& engines;

  const TableIntent& intent_of(const std::string& table) const {
    static const TableIntent none;
    const auto found = description.tables.find(table);
    return found == description.tables.end() ? none : found->second;
  }
};

using Concerns = std::vector<Concern>;

void check_columns(const Input& input, Concerns& found);
void check_keys(const Input& input, Concerns& found);
void check_names(const Input& input, Concerns& found);
void check_references(const Input& input, Concerns& found);
void check_views(const Input& input, Concerns& found);

}  // namespace plumb::lint
