// dialect/sqlite/computed_again.cpp: the expressions that a change of a table computes for each of its rows.
#include <algorithm>
#include <functional>
#include <set>

#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

/// True for no row, and fails where one of the expressions does: malformed JSON, a number that is too large. As in the making of a partial
/// index, they are computed for the rows that `where` (empty: all) takes, and it is not computed further than it takes to decide.
std::string computed(const std::vector<std::string>& expressions, const std::string& where) {
  std::vector<std::string> numbers;
  for (const std::string& expression : expressions) numbers.push_back("((" + expression + ") IS NULL)");
  const std::string sum = numbers.empty() ? "0" : join(numbers, " + ");
  return (where.empty() ? sum : "iif(" + where + ", " + sum + ", 0)") + " < 0";
}

/// Words that may stand before a bracket in an expression that has a value for every row (sqlite.org/lang_corefunc.html).
bool never_fails(std::string_view word) {
  static const std::set<std::string, std::less<>> words{
      "and", "between", "cast", "coalesce", "else", "hex", "ifnull", "iif", "in", "instr", "is", "json_valid", "length", "lower", "ltrim",
      "max", "min", "not", "nullif", "or", "round", "rtrim", "substr", "substring", "then", "trim", "typeof", "upper", "when"};
  return words.contains(to_lower(word));
}

/// By a function, or by an operator that is one (`->`); arithmetic gives NULL or another number.
bool may_fail(const std::string& sql) {
  const auto tokens = sql::tokenize(sql, sql::sqlite_lexis);
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const sql::Token& previous = tokens[i - 1];
    if (is_name(previous) && tokens[i].text == "(" && !never_fails(previous.text)) return true;
    if (tokens[i].text.starts_with("->") || (previous.text == "-" && tokens[i].text.starts_with('>'))) return true;
  }
  return false;
}

class ComputedAgain {
 public:
  explicit ComputedAgain(const diff::Pair<Table>& table) : table_(table), writes_anew_(writes_anew(diff::compare(table.before, table.after))) {}

  std::vector<Question> run() {
    for (const Column& column : table_.after.columns) {
      // also a virtual one: no row could be copied or written, and none be read with it
      if (column.generated && is_computed_anew(column) && may_fail(column.generated->expression.common)) ask(computed({quoted(column.name)}, {}), "the expression of `" + table_.after.name + "." + column.name + "`");
    }
    for (const Index& index : diff::compare(table_.before, table_.after).indexes_created) {
      if (index.kind == IndexKind::Plain) ask_for(index);  // the keys of a unique one are compared while planning
    }
    return std::move(questions_);
  }

 private:
  /// No ALTER TABLE does any of this.
  static bool writes_anew(const diff::TableDelta& delta) {
    return !delta.columns_altered.empty() || delta.primary_key_changed || delta.options_changed || delta.extra_changed || !delta.checks_added.empty() || !delta.checks_dropped.empty() || !delta.foreign_keys_dropped.empty();
  }

  /// Also one that stays, where all rows are written anew.
  bool is_computed_anew(const Column& column) const {
    if (writes_anew_) return true;
    const Column* before = table_.before.find_column(column.name);
    return before == nullptr || !(before->generated == column.generated);
  }

  void ask_for(const Index& index) {
    std::vector<std::string> expressions;
    bool any_may_fail = false;
    const auto add = [&](const std::string& value, const std::string& expression) {
      expressions.push_back(value);
      any_may_fail = any_may_fail || may_fail(expression);
    };
    for (const IndexPart& part : index.parts) {
      const Column* column = part.expression ? nullptr : table_.after.find_column(part.column);
      if (part.expression) add(part.expression->common, part.expression->common);
      else if (column != nullptr && column->generated && !is_computed_anew(*column)) add(quoted(column->name), column->generated->expression.common);
    }
    const std::string where = index.where ? index.where->common : std::string();
    if (any_may_fail || may_fail(where)) ask(computed(expressions, where), "what index `" + index.name.text + "` of `" + table_.after.name + "` holds");
  }

  void ask(std::string condition, const std::string& what) {
    Question& question = questions_.emplace_back();
    question.kind = QuestionKind::Violates;
    question.condition = std::move(condition);
    question.text = "rows for which " + what + " cannot be computed";
    question.blocks = true;
    question.advice = "change these rows first";
  }

  const diff::Pair<Table>& table_;
  bool writes_anew_;
  std::vector<Question> questions_;
};

}  // namespace

std::vector<Question> SqliteDialect::about_clauses(const diff::Pair<Table>& table) const { return ComputedAgain(table).run(); }

}  // namespace plumb::sqlite
