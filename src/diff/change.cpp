#include "diff/change.hpp"

#include <algorithm>

#include "support/text.hpp"

namespace plumb::diff {
namespace {

/// Splits two lists of things without identity into what only one of them has; equal ones pair up one to one.
template <class T>
void subtract(const std::vector<T>& before, const std::vector<T>& after, std::vector<T>& added, std::vector<T>& dropped) {
  std::vector<bool> used(before.size(), false);
  for (const T& wanted : after) {
    bool found = false;
    for (std::size_t i = 0; i < before.size() && !found; ++i) {
      if (!used[i] && before[i] == wanted) used[i] = found = true;
    }
    if (!found) added.push_back(wanted);
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!used[i]) dropped.push_back(before[i]);
  }
}

bool equal_but_for_name(Index a, const Index& b) {
  a.name = b.name;
  return a == b;
}

void compare_columns(const Table& before, const Table& after, TableDelta& delta) {
  std::vector<std::string> order_before;
  std::vector<std::string> order_after;
  for (const Column& column : after.columns) {
    const Column* old = before.find_column(column.name);
    if (old == nullptr) {
      delta.columns_added.push_back(column);
      continue;
    }
    order_after.push_back(column.name);
    if (!(*old == column)) delta.columns_altered.push_back({*old, column});
  }
  for (const Column& column : before.columns) {
    if (after.find_column(column.name) == nullptr) {
      delta.columns_dropped.push_back(column);
    } else {
      order_before.push_back(column.name);
    }
  }
  delta.order_changed = !std::equal(order_before.begin(), order_before.end(), order_after.begin(), order_after.end(),
                                    [](const std::string& a, const std::string& b) { return equal_ignoring_case(a, b); });
}

void pair_renamed_indexes(TableDelta& delta) {
  for (auto created = delta.indexes_created.begin(); created != delta.indexes_created.end();) {
    const auto old = std::find_if(delta.indexes_dropped.begin(), delta.indexes_dropped.end(),
                                  [&](const Index& index) { return equal_but_for_name(index, *created); });
    if (old == delta.indexes_dropped.end() || old->name.empty() || created->name.empty()) {
      ++created;
      continue;
    }
    delta.indexes_renamed.push_back({*old, *created});
    delta.indexes_dropped.erase(old);
    created = delta.indexes_created.erase(created);
  }
}

template <class T>
void diff_maps(const ByName<T>& before, const ByName<T>& after, std::vector<T>& created, std::vector<T>& dropped,
               std::vector<Pair<T>>& altered) {
  auto b = before.begin();
  auto a = after.begin();
  while (b != before.end() || a != after.end()) {
    if (b == before.end() || (a != after.end() && a->first < b->first)) {
      created.push_back(a->second);
      ++a;
    } else if (a == after.end() || b->first < a->first) {
      dropped.push_back(b->second);
      ++b;
    } else {
      if (!(b->second == a->second)) altered.push_back({b->second, a->second});
      ++a;
      ++b;
    }
  }
}

template <class T>
void patch_map(ByName<T>& objects, const std::vector<T>& created, const std::vector<T>& dropped,
               const std::vector<Pair<T>>& altered) {
  for (const T& object : dropped) objects.erase(object.name);
  for (const T& object : created) objects.insert_or_assign(object.name, object);
  for (const auto& pair : altered) objects.insert_or_assign(pair.after.name, pair.after);
}

}  // namespace

bool TableDelta::empty() const {
  return columns_added.empty() && columns_dropped.empty() && columns_altered.empty() && !primary_key_changed &&
         indexes_created.empty() && indexes_dropped.empty() && indexes_renamed.empty() && foreign_keys_added.empty() &&
         foreign_keys_dropped.empty() && checks_added.empty() && checks_dropped.empty() && !options_changed &&
         !comment_changed && !extra_changed && !order_changed;
}

TableDelta compare(const Table& before, const Table& after) {
  TableDelta delta;
  compare_columns(before, after, delta);
  delta.primary_key_changed = !(before.primary_key == after.primary_key);
  subtract(before.indexes, after.indexes, delta.indexes_created, delta.indexes_dropped);
  pair_renamed_indexes(delta);
  subtract(before.foreign_keys, after.foreign_keys, delta.foreign_keys_added, delta.foreign_keys_dropped);
  subtract(before.checks, after.checks, delta.checks_added, delta.checks_dropped);
  delta.options_changed = before.options != after.options;
  delta.comment_changed = before.comment != after.comment;
  delta.extra_changed = before.extra != after.extra;
  return delta;
}

bool Changes::empty() const {
  return tables_created.empty() && tables_dropped.empty() && tables_altered.empty() && views_created.empty() &&
         views_dropped.empty() && views_altered.empty() && triggers_created.empty() && triggers_dropped.empty() &&
         triggers_altered.empty() && opaque_created.empty() && opaque_dropped.empty() && opaque_altered.empty();
}

Changes diff(const Schema& before, const Schema& after) {
  Changes changes;
  diff_maps(before.tables, after.tables, changes.tables_created, changes.tables_dropped, changes.tables_altered);
  diff_maps(before.views, after.views, changes.views_created, changes.views_dropped, changes.views_altered);
  diff_maps(before.triggers, after.triggers, changes.triggers_created, changes.triggers_dropped,
            changes.triggers_altered);
  return changes;
}

Schema patch(Schema schema, const Changes& changes) {
  patch_map(schema.tables, changes.tables_created, changes.tables_dropped, changes.tables_altered);
  patch_map(schema.views, changes.views_created, changes.views_dropped, changes.views_altered);
  patch_map(schema.triggers, changes.triggers_created, changes.triggers_dropped, changes.triggers_altered);
  for (const auto& [name, opaque] : changes.opaque_dropped) schema.opaque.erase(name);
  for (const auto& [name, opaque] : changes.opaque_created) schema.opaque.insert_or_assign(name, opaque);
  for (const auto& [name, pair] : changes.opaque_altered) schema.opaque.insert_or_assign(name, pair.after);
  return schema;
}

}  // namespace plumb::diff
