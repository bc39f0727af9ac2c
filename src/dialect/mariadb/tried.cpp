#include "dialect/mariadb/tried.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>

#include "dialect/add_step.hpp"
#include "dialect/mariadb/alter_clauses.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/stored_value.hpp"
#include "dialect/mariadb/types.hpp"
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

/// ALTER TABLE reads some texts otherwise than the CAST by which they are asked: `2020-01-01` as a time, `1e400` as a number.
bool is_read_otherwise(const diff::Pair<Column>& change) {
  constexpr std::array<std::string_view, 6> words{"date", "datetime", "timestamp", "time", "float", "double"};
  return is_character_type(change.before.type.native.common) && std::find(words.begin(), words.end(), base_type(change.after.type.native.common)) != words.end();
}

bool is_known(const diff::Pair<Column>& change) {
  const bool has_no_values = change.after.generated || (change.before.generated && !change.before.generated->stored);
  if (has_no_values || change.before.type == change.after.type) return true;
  return misfit_of(change.before, change.after).is_known && !is_read_otherwise(change);
}

}  // namespace

std::vector<Step> tried_conversions(const std::vector<diff::Pair<Table>>& altered) {
  std::vector<Step> steps;
  const std::string copy = quoted("plumb_tried");
  for (const auto& pair : altered) {
    std::vector<std::string> columns;
    std::vector<std::string> conversions;
    std::vector<Command> guards;
    for (const auto& change : diff::compare(pair.before, pair.after).columns_altered) {
      if (is_known(change)) continue;
      columns.push_back(quoted(change.before.name));
      conversions.push_back("MODIFY COLUMN " + column_definition(bare(change.after), collation_of(pair.after)));
      const std::string valid = "json_valid(" + quoted(change.after.name) + ")";  // which the type brings along, and ALTER TABLE does not ask
      const auto& checks = change.after.checks;
      if (std::any_of(checks.begin(), checks.end(), [&](const Check& check) { return check.expression.common == valid; })) {
        guards.push_back({CommandKind::Guard, "SELECT count(*) FROM " + copy + " WHERE NOT " + valid, "{n} of table `" + pair.after.name + "` would violate the check on `" + change.after.name + "`"});
      }
    }
    if (columns.empty()) continue;
    Step& step = add_step(steps, StepSymbol::Data, "values of `" + pair.after.name + "` tried in their new types: " + join(columns, ", "), "check", pair.after.name);
    step.commands = {{CommandKind::Session, "CREATE OR REPLACE TEMPORARY TABLE " + copy + " AS SELECT " + join(columns, ", ") + " FROM " + quoted(pair.before.name), {}},
                     {CommandKind::Session, "ALTER TABLE " + copy + " " + join(conversions, ", "), {}}};
    std::move(guards.begin(), guards.end(), std::back_inserter(step.commands));
    step.commands.push_back({CommandKind::Session, "DROP TEMPORARY TABLE " + copy, {}});
  }
  return steps;
}

}  // namespace plumb::mariadb
