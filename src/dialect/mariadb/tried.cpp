#include "dialect/mariadb/tried.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dialect/add_step.hpp"
#include "dialect/mariadb/batches.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/sizes.hpp"
#include "dialect/mariadb/stored_value.hpp"
#include "dialect/mariadb/types.hpp"
#include "model/period.hpp"
#include "sql/tokens.hpp"
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

constexpr std::string_view copy_name = "`plumb_tried`";

/// What is tried of one table.
class Trial {
 public:
  Trial(const PlanInput& input, const diff::Pair<Table>& pair) : input_(input), pair_(pair) {}

  std::vector<Step> run() {
    for (const auto& change : diff::compare(pair_.before, pair_.after).columns_altered) {
      if (!is_known(change)) convert(change);
    }
    for (const Column& column : pair_.after.columns) {
      if (is_computed_anew(column) && can_be_computed(column, pair_.after.columns.size())) compute(column);
    }
    std::vector<Step> steps;
    if (!said_.empty()) step(steps);
    return steps;
  }

 private:
  void convert(const diff::Pair<Column>& change) {
    bring(change.after.name);
    said_.push_back("`" + change.after.name + "` as `" + change.after.type.native.common + "`");
    const std::string valid = "json_valid(" + quoted(change.after.name) + ")";  // which the type brings along, and ALTER TABLE does not ask
    const auto& checks = change.after.checks;
    if (std::none_of(checks.begin(), checks.end(), [&](const Check& check) { return check.expression.common == valid; })) return;
    guards_.push_back({CommandKind::Guard, "SELECT count(*) FROM " + std::string(copy_name) + " WHERE NOT " + valid, "{n} of table `" + pair_.after.name + "` would violate the check on `" + change.after.name + "`"});
  }

  // --- computed columns

  std::vector<const Column*> sources(const Column& computed) const { return named_in(computed.generated->expression.common); }

  std::vector<const Column*> named_in(const std::string& expression) const {
    std::vector<const Column*> sources;
    for (const sql::Token& token : sql::tokenize(expression, sql::mariadb_lexis)) {
      const Column* column = is_name(token) ? pair_.after.find_column(sql::unquoted(token.text)) : nullptr;
      if (column != nullptr && std::find(sources.begin(), sources.end(), column) == sources.end()) sources.push_back(column);
    }
    return sources;
  }

  static bool is_indexed(const Column& column, const Table& table) {
    return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
      return std::any_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) { return equal_ignoring_case(part.column, column.name); });
    });
  }

  /// The server computes it for each row that stands, and stops where the value does not fit.
  bool is_computed_anew(const Column& column) const {
    if (!column.generated || (!column.generated->stored && !is_indexed(column, pair_.after))) return false;
    const Column* before = pair_.before.find_column(column.name);
    if (before == nullptr || (!column.generated->stored && !is_indexed(column, pair_.before)) || !before->generated || !(before->generated == column.generated) || !(before->type == column.type)) return true;
    const auto from = sources(column);
    return std::any_of(from.begin(), from.end(), [&](const Column* source) {
      const Column* old = pair_.before.find_column(source->name);
      return old == nullptr || !(old->generated == source->generated) || becomes_another_value({*old, *source});
    });
  }

  static bool becomes_another_value(const diff::Pair<Column>& change) {
    if (change.before.type == change.after.type || change.after.generated) return false;
    const Misfit misfit = misfit_of(change.before, change.after);
    return !misfit.is_known || !misfit.refused.empty() || !misfit.changed.empty();
  }

  std::string backfill_of(const std::string& column) const {
    const auto intent = input_.description.tables.find(pair_.after.name);
    if (intent == input_.description.tables.end()) return {};
    const auto hints = intent->second.columns.find(column);
    if (hints == intent->second.columns.end() || !hints->second.backfill) return {};
    const Column* before = pair_.before.find_column(column);
    const bool fills = before == nullptr || (before->nullable && !pair_.after.find_column(column)->nullable);
    return fills ? std::string(trim(hints->second.backfill->text_for("mariadb"))) : std::string();
  }

  /// From the row itself, under the names that stand.
  bool can_be_filled(const std::string& backfill) const {
    const auto named = named_in(backfill);
    return input_.match.renames.empty() && looks_at_its_own_row(backfill) && std::all_of(named.begin(), named.end(), [&](const Column* column) { return pair_.before.find_column(column->name) != nullptr; });
  }

  /// From values that stand, or that a default gives. `depth` ends what would be computed from itself.
  bool can_be_computed(const Column& column, std::size_t depth) const {
    const auto from = sources(column);
    return depth > 0 && std::all_of(from.begin(), from.end(), [&](const Column* source) {
      if (source->generated) return can_be_computed(*source, depth - 1);
      if (source->auto_increment) return false;
      if (const std::string backfill = backfill_of(source->name); !backfill.empty()) return can_be_filled(backfill);
      const bool is_new = pair_.before.find_column(source->name) == nullptr;
      return !is_new || !source->default_value || named_in(source->default_value->sql.common).empty();
    });
  }

  void compute(const Column& column) {
    said_.push_back("`" + column.name + "` computed");
    add_computed(column);
  }

  /// Once, and what it is computed from first.
  void add_computed(const Column& column) {
    if (std::find(added_.begin(), added_.end(), column.name) != added_.end()) return;
    added_.push_back(column.name);
    for (const Column* source : sources(column)) source->generated ? add_computed(*source) : bring(source->name);
    Column computed = bare(column);
    computed.generated = column.generated;
    changes_.push_back("ADD COLUMN " + column_definition(computed, {}));
    if (!column.generated->stored && is_indexed(column, pair_.after)) changes_.push_back("ADD KEY (" + quoted(column.name) + beginning(column) + ")");
  }

  /// As much of a text as every key takes: its value is computed as a whole.
  static std::string beginning(const Column& column) {
    if (is_blob(column)) return "(20)";
    return key_bytes(column, std::nullopt) > 700 ? "(100)" : "";
  }

  // --- the copy

  /// Once: the column under the name and with the type that it is to have.
  void bring(const std::string& name) {
    if (std::find(brought_.begin(), brought_.end(), name) != brought_.end()) return;
    brought_.push_back(name);
    const Column& after = *pair_.after.find_column(name);
    const Column* before = pair_.before.find_column(name);
    Column wanted = bare(after);
    if (const std::string backfill = backfill_of(name); !backfill.empty() && can_be_filled(backfill)) {
      copied_.push_back((before == nullptr ? "(" + backfill + ")" : "coalesce(" + quoted(name) + ", (" + backfill + "))") + " AS " + quoted(name));
      changes_.insert(changes_.begin(), "MODIFY COLUMN " + column_definition(wanted, {}));
      return;
    }
    if (before == nullptr) {
      wanted.default_value = after.default_value;
      changes_.insert(changes_.begin(), "ADD COLUMN " + column_definition(wanted, {}));
      return;
    }
    const std::string live = diff::live_column(input_.match.renames, pair_.after.name, before->name);
    copied_.push_back(quoted(live) + (live == name ? std::string() : " AS " + quoted(name)));
    if (!(bare(*before) == wanted)) changes_.insert(changes_.begin(), "MODIFY COLUMN " + column_definition(wanted, {}));
  }

  void step(std::vector<Step>& steps) const {
    const std::string copy(copy_name);
    const std::string live = quoted(diff::live_table(input_.match.renames, pair_.after.name));
    const std::string rows = live + (keeps_history(pair_.before) ? " FOR SYSTEM_TIME ALL" : "");
    Step& step = add_step(steps, StepSymbol::Data, "values of `" + pair_.after.name + "` tried beforehand: " + join(said_, ", "), "check", pair_.after.name);
    const std::string columns = copied_.empty() ? "1 AS one" : join(copied_, ", ");
    step.commands = {{CommandKind::Session, "CREATE OR REPLACE TEMPORARY TABLE " + copy + " AS SELECT " + columns + " FROM " + rows, {}},
                     {CommandKind::Session, "ALTER TABLE " + copy + " " + join(changes_, ", "), {}}};
    step.commands.insert(step.commands.end(), guards_.begin(), guards_.end());
    step.commands.push_back({CommandKind::Session, "DROP TEMPORARY TABLE " + copy, {}});
  }

  const PlanInput& input_;
  const diff::Pair<Table>& pair_;
  std::vector<std::string> said_;
  std::vector<std::string> brought_;
  std::vector<std::string> added_;
  std::vector<std::string> copied_;
  std::vector<std::string> changes_;
  std::vector<Command> guards_;
};

}  // namespace

std::vector<Step> tried_values(const PlanInput& input) {
  std::vector<Step> steps;
  for (const auto& pair : input.changes.tables_altered) {
    for (Step& step : Trial(input, pair).run()) steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace plumb::mariadb
