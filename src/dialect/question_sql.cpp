#include "dialect/question_sql.hpp"

#include <algorithm>

#include "support/text.hpp"

namespace plumb {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& one) { return equal_ignoring_case(one, name); });
}

/// The columns that tell one row from every other: the primary key, else a unique key without NULLs.
std::vector<std::string> key_of(const Table& table, const QuestionStyle& style) {
  const auto columns_of = [](const std::vector<IndexPart>& parts) {
    std::vector<std::string> columns;
    for (const IndexPart& part : parts) {
      if (part.expression) return std::vector<std::string>();
      columns.push_back(part.column);
    }
    return columns;
  };
  if (table.primary_key) return columns_of(table.primary_key->parts);
  for (const Index& index : table.indexes) {
    const auto columns = columns_of(index.parts);
    const bool is_key = index.kind == IndexKind::Unique && !index.where && !columns.empty() && std::all_of(columns.begin(), columns.end(), [&](const std::string& name) {
      const Column* column = table.find_column(name);
      return column != nullptr && !column->nullable;
    });
    if (is_key) return columns;
  }
  if (style.row_name.empty() || table.find_column(style.row_name) != nullptr) return {};
  return {style.row_name};
}

class Writer {
 public:
  Writer(const Question& question, const QuestionStyle& style) : question_(question), style_(style) {}

  std::string count() const {
    if (question_.kind == QuestionKind::Duplicates) {
      return "SELECT count(*) FROM (SELECT 1 AS one FROM " + source({}) + where() + " GROUP BY " + join(quoted(question_.columns), ", ") + " HAVING count(*) > 1) AS duplicated";
    }
    if (question_.kind == QuestionKind::Answers) return "SELECT count(*) FROM (SELECT * FROM " + style_.quote(question_.table) + " LIMIT 0) AS asked";
    return "SELECT count(*) FROM " + source({}) + where();
  }

  std::string rows(const Table& table) const {
    if (question_.kind == QuestionKind::Answers) return {};
    if (question_.kind == QuestionKind::Duplicates) return duplicates(table);
    std::vector<std::string> listed = key_of(table, style_);
    const std::vector<std::string> key = listed;
    if (question_.kind != QuestionKind::NullsIn) {
      for (const auto& column : question_.columns) {
        if (!contains(listed, column)) listed.push_back(column);
      }
    }
    if (listed.empty()) return {};
    return "SELECT " + join(quoted(listed), ", ") + " FROM " + source(key) + where() + " ORDER BY " + join(quoted(key.empty() ? listed : key), ", ");
  }

 private:
  std::string duplicates(const Table& table) const {
    std::vector<std::string> listed;
    for (const auto& column : question_.columns) listed.push_back(style_.least(style_.quote(column), table.find_column(column)) + " AS " + style_.quote(column));
    std::vector<std::string> places;
    for (std::size_t i = 1; i <= listed.size(); ++i) places.push_back(std::to_string(i));
    return "SELECT " + join(listed, ", ") + ", count(*) AS " + std::string(rows_with_it) + " FROM " + source({}) + where() + " GROUP BY " + join(grouped_by(), ", ") +
           " HAVING count(*) > 1 ORDER BY " + join(places, ", ");
  }

  /// Behind a table's name, so that the listed text of the same name is not what is meant.
  std::vector<std::string> grouped_by() const {
    std::vector<std::string> names;
    for (const auto& column : question_.columns) names.push_back(alias() + "." + style_.quote(column));
    return names;
  }

  std::vector<std::string> quoted(const std::vector<std::string>& names) const {
    std::vector<std::string> result;
    const std::string qualifier = question_.kind == QuestionKind::OrphansOf ? "child." : "";
    for (const auto& name : names) result.push_back(qualifier + style_.quote(name));
    return result;
  }

  std::string alias() const {
    if (question_.kind == QuestionKind::OrphansOf) return "child";
    return question_.seen_as.empty() ? style_.quote(question_.table) : "seen";
  }

  std::string derived(const std::vector<SeenAs>& seen, const std::vector<std::string>& further, const std::string& table) const {
    std::vector<std::string> columns;
    std::vector<std::string> names;
    for (const SeenAs& one : seen) {
      columns.push_back(one.expression + " AS " + style_.quote(one.column));
      names.push_back(one.column);
    }
    for (const auto& name : further) {
      if (!contains(names, name)) columns.push_back(style_.quote(name) + " AS " + style_.quote(name));
    }
    return "(SELECT " + join(columns, ", ") + " FROM " + style_.quote(table) + history() + ")";
  }

  std::string history() const { return question_.with_history ? " FOR SYSTEM_TIME ALL" : ""; }

  /// `further` are columns that must be there besides those that the question names.
  std::string source(const std::vector<std::string>& further) const {
    const bool is_plain = question_.seen_as.empty();
    const std::string from = is_plain ? style_.quote(question_.table) + history() : derived(question_.seen_as, further, question_.table);
    return is_plain && question_.kind != QuestionKind::OrphansOf ? from : from + " AS " + alias();
  }

  std::string where() const {
    std::vector<std::string> conditions;
    switch (question_.kind) {
      case QuestionKind::RowsIn: case QuestionKind::Answers: break;
      case QuestionKind::NullsIn: conditions.push_back(style_.quote(question_.columns.front()) + " IS NULL"); break;
      case QuestionKind::Violates: conditions.push_back(question_.condition); break;
      case QuestionKind::Duplicates:
        // first, so that a key that cannot be computed for other rows is not computed for them
        if (!question_.condition.empty()) conditions.push_back("(" + question_.condition + ")");
        for (const auto& name : quoted(question_.columns)) conditions.push_back(name + " IS NOT NULL");
        break;
      case QuestionKind::OrphansOf:
        for (const auto& name : quoted(question_.columns)) conditions.push_back(name + " IS NOT NULL");
        conditions.push_back("NOT EXISTS (SELECT 1 FROM " + parent() + " AS parent WHERE " + join(pairs(), " AND ") + ")");
        break;
    }
    return conditions.empty() ? std::string() : " WHERE " + join(conditions, " AND ");
  }

  std::string parent() const { return question_.parent_seen_as.empty() ? style_.quote(question_.parent) : derived(question_.parent_seen_as, {}, question_.parent); }

  std::vector<std::string> pairs() const {
    std::vector<std::string> equal;
    for (std::size_t i = 0; i < question_.columns.size() && i < question_.parent_columns.size(); ++i) {
      equal.push_back("parent." + style_.quote(question_.parent_columns[i]) + " = " + style_.bare + "child." + style_.quote(question_.columns[i]));
    }
    return equal;
  }

  const Question& question_;
  const QuestionStyle& style_;
};

}  // namespace

std::string question_sql(const Question& question, const QuestionStyle& style) { return Writer(question, style).count(); }

bool can_be_asked_together(const Question& question) {
  return question.seen_as.empty() && !question.with_history && (question.kind == QuestionKind::RowsIn || question.kind == QuestionKind::NullsIn || question.kind == QuestionKind::Violates);
}

std::string questions_sql(const std::vector<Question>& questions, const QuestionStyle& style) {
  std::vector<std::string> answers;
  for (const Question& question : questions) {
    if (question.kind == QuestionKind::RowsIn) answers.emplace_back("count(*)");
    else if (question.kind == QuestionKind::NullsIn) answers.push_back("count(*) - count(" + style.quote(question.columns.front()) + ")");
    else answers.push_back("count(CASE WHEN " + question.condition + " THEN 1 END)");
  }
  return "SELECT " + join(answers, ", ") + " FROM " + style.quote(questions.front().table);
}

std::string question_rows_sql(const Question& question, const Table& table, const QuestionStyle& style) { return Writer(question, style).rows(table); }

}  // namespace plumb
