// dialect/mariadb/questions.cpp: what is asked of the rows, in MariaDB's SQL.
#include "dialect/question_sql.hpp"

#include "dialect/mariadb/alter_clauses.hpp"
#include "dialect/mariadb/attic.hpp"
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/partitions.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/stored_value.hpp"
#include "dialect/mariadb/types.hpp"
#include "diff/table_options.hpp"
#include "model/period.hpp"
#include "sql/tokens.hpp"

namespace plumb::mariadb {
namespace {

const QuestionStyle& style() {
  static const QuestionStyle style{
      .quote = [](std::string_view name) { return quoted(name); },
      .least =
          [](const std::string& name, const Column* column) {
            if (column == nullptr || !is_character_type(column->type.native.common)) return "min(" + name + ")";
            return "min(convert(" + name + " using utf8mb4) COLLATE utf8mb4_bin)";
          },
      .row_name = {},
  };
  return style;
}

Question about_values(const Column& before, std::string condition, bool blocks) {
  Question question;
  question.kind = QuestionKind::Violates;
  question.columns = {before.name};
  question.condition = std::move(condition);
  question.blocks = blocks;
  return question;
}

}  // namespace

std::string MariaDbDialect::spell(const Question& question) const { return question_sql(question, style()); }

std::string MariaDbDialect::spell_together(const std::vector<Question>& questions) const { return questions_sql(questions, style()); }

std::string MariaDbDialect::spell_rows(const Question& question, const Table& table) const { return question_rows_sql(question, table, style()); }

std::string MariaDbDialect::broken_references_query() const { return {}; }

std::vector<Question> MariaDbDialect::narrowing(const diff::Pair<Column>& column, const diff::Pair<Table>& /*table*/) const {
  const auto& [before, after] = column;
  if (after.generated) return {};
  if (before.generated && !before.generated->stored) {  // the server takes it off and puts an empty one in its place
    Question question = about_values(before, quoted(before.name) + " IS NOT NULL", false);
    question.text = "values computed in `" + before.name + "`, which becomes a plain column without them";
    question.advice = "say `--allow narrow`, and fill the column afterwards";
    return {question};
  }
  const Misfit misfit = misfit_of(before, after);
  const std::string form = "`" + after.type.native.common + "`" + (before.charset != after.charset && !before.charset.empty() && !after.charset.empty() ? " in `" + after.charset + "`" : "");
  if (!misfit.is_known) {
    Question question = about_values(before, {}, false);
    question.advice = "say `--allow narrow`";
    return {question};
  }
  std::vector<Question> questions;
  if (!misfit.refused.empty()) {
    questions.push_back(about_values(before, misfit.refused, true));  // strict mode stops in the middle
    questions.back().text = "values of `" + before.name + "` that do not fit " + form;
    questions.back().advice = "change these values first";
  }
  if (!misfit.changed.empty()) {
    questions.push_back(about_values(before, misfit.changed, false));
    questions.back().text = "values of `" + before.name + "` that " + form + " would store differently";
    questions.back().advice = "change these values first, or say `--allow narrow`";
  }
  return questions;
}

std::vector<Question> MariaDbDialect::about_clauses(const diff::Pair<Table>& table) const {
  const std::string name = "`" + table.after.name + "`";
  std::vector<Question> questions;
  const auto ask = [&](std::string condition, std::string text, bool blocks, std::string advice) {
    Question& question = questions.emplace_back();
    question.kind = QuestionKind::Violates;
    question.condition = std::move(condition);
    question.text = std::move(text);
    question.blocks = blocks;
    question.advice = std::move(advice);
  };
  const std::string without = rows_without_partition(new_partitions(table));
  if (!without.empty()) ask(without, "rows of " + name + " for which there is no partition", true, "say a partition for them, or remove them first");
  const std::string period = option_of(table.after, "period");
  const auto columns = option_of(table.before, "period").empty() ? diff::columns_of_period(period, sql::mariadb_lexis) : std::vector<std::string>();
  // mariadb.com/kb/en/application-time-periods
  if (columns.size() == 2) ask("NOT (" + quoted(columns[0]) + " < " + quoted(columns[1]) + ")", "rows of " + name + " that violate the period " + period, true, "change these rows first");
  if (keeps_history(table.before) && !keeps_history(table.after)) {
    ask(is_of_the_past(table.before), "rows in the history of " + name, false, {});
    questions.back().with_history = true;
  }
  return questions;
}

bool MariaDbDialect::comes_back(const diff::Pair<Column>& column, const diff::Pair<Table>&) const { return is_given_again(column.before, column.after) && misfit_of(column.after, column.before).is_known; }

std::string MariaDbDialect::converted(const diff::Pair<Column>& column) const { return stored_value(column.before, column.after); }

/// The first characters of a text, the first bytes of other values (mariadb.com/kb/en/create-index).
std::string MariaDbDialect::key_value(const std::string& value, const IndexPart& part) const {
  if (part.expression) return {};
  return part.length ? "left(" + value + ", " + std::to_string(*part.length) + ")" : value;
}

}  // namespace plumb::mariadb
