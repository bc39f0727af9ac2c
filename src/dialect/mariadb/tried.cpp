#include "dialect/mariadb/tried.hpp"

#include <string>

#include "dialect/add_step.hpp"
#include "dialect/mariadb/alter_clauses.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/stored_value.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

/// The type and its collation, and nothing that another column or a key is needed for.
Column bare(const Column& column) {
  Column bare;
  bare.name = column.name;
  bare.type = column.type;
  bare.charset = column.charset;
  bare.collation = column.collation;
  bare.nullable = true;
  return bare;
}

bool is_known(const diff::Pair<Column>& change) {
  const bool has_no_values = change.after.generated || (change.before.generated && !change.before.generated->stored);
  return has_no_values || change.before.type == change.after.type || misfit_of(change.before, change.after).is_known;
}

}  // namespace

std::vector<Step> tried_conversions(const std::vector<diff::Pair<Table>>& altered) {
  std::vector<Step> steps;
  const std::string copy = quoted("plumb_tried");
  for (const auto& pair : altered) {
    std::vector<std::string> columns;
    std::vector<std::string> conversions;
    for (const auto& change : diff::compare(pair.before, pair.after).columns_altered) {
      if (is_known(change)) continue;
      columns.push_back(quoted(change.before.name));
      conversions.push_back("MODIFY COLUMN " + column_definition(bare(change.after), collation_of(pair.after)));
    }
    if (columns.empty()) continue;
    Step& step = add_step(steps, StepSymbol::Data, "values of `" + pair.after.name + "` tried in their new types: " + join(columns, ", "), "check", pair.after.name);
    step.commands = {{CommandKind::Session, "CREATE OR REPLACE TEMPORARY TABLE " + copy + " AS SELECT " + join(columns, ", ") + " FROM " + quoted(pair.before.name), {}},
                     {CommandKind::Session, "ALTER TABLE " + copy + " " + join(conversions, ", "), {}},
                     {CommandKind::Session, "DROP TEMPORARY TABLE " + copy, {}}};
  }
  return steps;
}

}  // namespace plumb::mariadb
