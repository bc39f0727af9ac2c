#include <algorithm>
#include <optional>

#include "lint/checks.hpp"
#include "support/text.hpp"

namespace plumb::lint {
namespace {

/// An index or the primary key of a table, as far as they are alike.
struct Key {
  const Index* index = nullptr;  ///< nothing: the primary key
  const std::vector<IndexPart>* parts = nullptr;
  bool unique = false;
  std::string name() const { return index == nullptr ? "the primary key" : (index->kind == IndexKind::Unique ? "unique index `" : "index `") + index->name.text + "`"; }
};

/// Those that keep rows in order: no full-text or spatial index.
std::vector<Key> keys_of(const Table& table) {
  std::vector<Key> keys;
  if (table.primary_key) keys.push_back({nullptr, &table.primary_key->parts, true});
  for (const Index& index : table.indexes) {
    if (index.kind == IndexKind::Plain || index.kind == IndexKind::Unique) keys.push_back({&index, &index.parts, index.kind == IndexKind::Unique});
  }
  return keys;
}

std::optional<sql::EngineSql> condition_of(const Key& key) { return key.index == nullptr ? std::nullopt : key.index->where; }

bool begins_with(const std::vector<IndexPart>& whole, const std::vector<IndexPart>& beginning) {
  return beginning.size() <= whole.size() && std::equal(beginning.begin(), beginning.end(), whole.begin());
}

Subject subject_of(const Table& table, const Index& index) { return {SubjectKind::Index, table.name, index.name.text}; }

/// The key that has the same parts and stays: the primary key, a unique one, or the first.
const Key* twin_of(const std::vector<Key>& keys, const Key& key) {
  for (const Key& other : keys) {
    if (&other == &key || *other.parts != *key.parts || condition_of(other) != condition_of(key)) continue;
    const bool stays = other.unique != key.unique ? other.unique : &other < &key;
    if (stays) return &other;
  }
  return nullptr;
}

const Key* longer_than(const std::vector<Key>& keys, const Key& key) {
  for (const Key& other : keys) {
    if (other.parts->size() > key.parts->size() && begins_with(*other.parts, *key.parts) && condition_of(other) == condition_of(key)) return &other;
  }
  return nullptr;
}

bool has_nullable_part(const Table& table, const std::vector<IndexPart>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](const IndexPart& part) {
    const Column* column = table.find_column(part.column);
    return column != nullptr && column->nullable;
  });
}

bool holds_all_columns(const std::vector<IndexPart>& parts, const std::vector<IndexPart>& of) {
  return std::all_of(of.begin(), of.end(), [&](const IndexPart& wanted) {
    return !wanted.expression && !wanted.length &&
           std::any_of(parts.begin(), parts.end(), [&](const IndexPart& part) { return !part.expression && part.column == wanted.column; });
  });
}

/// A smaller key that makes this unique index unique already.
const Key* smaller_key(const Table& table, const std::vector<Key>& keys, const Key& key) {
  for (const Key& other : keys) {
    const bool decides = other.unique && !condition_of(other) && other.parts->size() < key.parts->size() && !has_nullable_part(table, *other.parts);
    if (decides && holds_all_columns(*key.parts, *other.parts)) return &other;
  }
  return nullptr;
}

bool is_referred_to(const Description& description, const Table& table, const std::vector<IndexPart>& parts) {
  for (const auto& [name, other] : description.schema.tables) {
    for (const ForeignKey& key : other.foreign_keys) {
      if (key.table != table.name || key.referenced.size() != parts.size()) continue;
      if (std::equal(parts.begin(), parts.end(), key.referenced.begin(), [](const IndexPart& part, const std::string& column) { return part.column == column; })) return true;
    }
  }
  return false;
}

bool is_natural_key(const TableIntent& intent, const std::vector<IndexPart>& parts) {
  return intent.natural_key.size() == parts.size() &&
         std::all_of(parts.begin(), parts.end(), [&](const IndexPart& part) { return std::find(intent.natural_key.begin(), intent.natural_key.end(), part.column) != intent.natural_key.end(); });
}

void check_index(const Input& input, const Table& table, const std::vector<Key>& keys, const Key& key, Concerns& found) {
  const Subject subject = subject_of(table, *key.index);
  if (const Key* twin = twin_of(keys, key)) {
    found.push_back({"duplicate-index", subject, key.name() + " of table `" + table.name + "` has the same parts as " + twin->name() + "; remove it"});
    return;
  }
  if (!key.unique) {
    if (const Key* longer = longer_than(keys, key)) {
      found.push_back({"redundant-index", subject, key.name() + " of table `" + table.name + "` is the beginning of " + longer->name() + ", which serves the same queries; remove it"});
    }
    return;
  }
  const bool is_natural = is_natural_key(input.intent_of(table.name), *key.parts);
  const Key* smaller = is_natural || key.index->where ? nullptr : smaller_key(table, keys, key);
  if (smaller != nullptr && !is_referred_to(input.description, table, *key.parts)) {
    found.push_back({"redundant-unique", subject, key.name() + " of table `" + table.name + "` holds all of " + smaller->name() + ", so it is unique anyway; make it a plain `index`"});
  }
  if (!is_natural && !key.index->where && key.parts->size() > 1 && has_nullable_part(table, *key.parts)) {
    found.push_back({"nullable-unique", subject, key.name() + " of table `" + table.name + "` has a part that may be NULL, and lets any number of rows with NULL in"});
  }
}

}  // namespace

void check_keys(const Input& input, Concerns& found) {
  for (const auto& [name, table] : input.description.schema.tables) {
    if (!table.primary_key) {
      found.push_back({"missing-primary-key", {SubjectKind::Table, name, {}}, "table `" + name + "` has no primary key; add `id serial`, or `primary key (…)` over what identifies a row"});
    }
    const std::vector<Key> keys = keys_of(table);
    for (const Key& key : keys) {
      if (key.index != nullptr) check_index(input, table, keys, key, found);
    }
    for (const std::string& part : input.intent_of(name).natural_key) {
      const Column* column = table.find_column(part);
      if (column == nullptr || !column->nullable) continue;
      found.push_back({"nullable-natural-key", {SubjectKind::NaturalKey, name, {}}, "column `" + part + "` of the natural key of table `" + name + "` may be NULL, and NULL equals nothing; take the `?` away"});
    }
  }
}

}  // namespace plumb::lint
