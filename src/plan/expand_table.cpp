#include "plan/expand_table.hpp"

#include <algorithm>

#include "plan/noticed.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

/// Each property by itself, as far as nobody notices.
Column expanded(const Column& before, const Column& after, const Dialect& dialect) {
  Column column = before;
  const auto take = [&](const auto& change) {
    Column changed = column;
    change(changed);
    if (noticed_in_column({before, changed}, {}, dialect).empty()) column = std::move(changed);
  };
  take([&](Column& c) {
    c.type = after.type;
    c.charset = after.charset;
    c.collation = after.collation;
  });
  take([&](Column& c) { c.nullable = after.nullable; });
  take([&](Column& c) { c.default_value = after.default_value; });
  take([&](Column& c) {
    std::erase_if(c.checks, [&](const Check& check) { return std::find(after.checks.begin(), after.checks.end(), check) == after.checks.end(); });
  });
  take([&](Column& c) { c.auto_increment = after.auto_increment; });
  take([&](Column& c) { c.comment = after.comment; });
  if (!(column == before)) column.written = after.written;
  return column;
}

/// In the order of `after`, each column that goes behind the one that it stands behind.
void place(std::vector<Column>& columns, const std::vector<Column>& before, const Column& going) {
  std::string behind;
  for (const Column& column : before) {
    if (column.name == going.name) break;
    behind = column.name;
  }
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == behind; });
  columns.insert(behind.empty() || found == columns.end() ? columns.begin() : found + 1, going);
}

std::vector<Column> expanded_columns(const Table& before, const Table& after, const Dialect& dialect) {
  std::vector<Column> columns;
  for (const Column& wanted : after.columns) {
    if (const Column* standing = before.find_column(wanted.name)) {
      columns.push_back(expanded(*standing, wanted, dialect));
      continue;
    }
    columns.push_back(wanted);
    if (!noticed_in_new_column(wanted, {}).empty()) columns.back().nullable = true;
  }
  for (const Column& standing : before.columns) {
    if (after.find_column(standing.name) == nullptr) place(columns, before.columns, standing);
  }
  return columns;
}

/// Both have it under this name, in whatever form.
bool has_index(const Table& table, const ObjectName& name) { return !name.empty() && table.find_index(name.text) != nullptr; }

}  // namespace

Table expanded(const Table& before, const Table& after, const Dialect& dialect) {
  Table table = before;
  table.columns = expanded_columns(before, after, dialect);
  table.comment = after.comment;
  const diff::TableDelta delta = diff::compare(before, after);
  const auto is_renamed = [&](const Index& index) { return std::any_of(delta.indexes_renamed.begin(), delta.indexes_renamed.end(), [&](const auto& pair) { return pair.after.name == index.name; }); };
  for (const Index& index : delta.indexes_created) {
    if (has_index(before, index.name) || is_renamed(index)) continue;
    const bool free = index.kind != IndexKind::Unique || noticed_in_new_key(index.parts, {}, before, table).empty();
    if (free) table.indexes.push_back(index);
  }
  for (const Check& check : delta.checks_added) {
    const bool same_name = std::any_of(before.checks.begin(), before.checks.end(), [&](const Check& c) { return !c.name.empty() && c.name == check.name; });
    if (!same_name && noticed_in_new_check(check, before, dialect.match_rules().lexis).empty()) table.checks.push_back(check);
  }
  return table;
}

}  // namespace plumb::plan
