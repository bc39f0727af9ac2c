#include "dialect/question_sql.hpp"

#include "support/text.hpp"

namespace plumb {

std::string question_sql(const Question& question, const std::function<std::string(std::string_view)>& quote) {
  const std::string table = quote(question.table);
  const auto not_null = [&](const std::string& qualifier) {
    std::vector<std::string> conditions;
    for (const auto& column : question.columns) conditions.push_back(qualifier + quote(column) + " IS NOT NULL");
    return join(conditions, " AND ");
  };
  switch (question.kind) {
    case QuestionKind::RowsIn: return "SELECT count(*) FROM " + table;
    case QuestionKind::NullsIn: return "SELECT count(*) FROM " + table + " WHERE " + quote(question.columns.front()) + " IS NULL";
    case QuestionKind::Violates: return "SELECT count(*) FROM " + table + " WHERE " + question.condition;
    case QuestionKind::Duplicates: {
      std::vector<std::string> columns;
      for (const auto& column : question.columns) columns.push_back(quote(column));
      return "SELECT count(*) FROM (SELECT 1 AS one FROM " + table + " WHERE " + not_null("") + " GROUP BY " + join(columns, ", ") +
             " HAVING count(*) > 1) AS duplicated";
    }
    case QuestionKind::OrphansOf: {
      std::vector<std::string> pairs;
      for (std::size_t i = 0; i < question.columns.size() && i < question.parent_columns.size(); ++i) {
        pairs.push_back("parent." + quote(question.parent_columns[i]) + " = child." + quote(question.columns[i]));
      }
      return "SELECT count(*) FROM " + table + " AS child WHERE " + not_null("child.") + " AND NOT EXISTS (SELECT 1 FROM " + quote(question.parent) +
             " AS parent WHERE " + join(pairs, " AND ") + ")";
    }
    case QuestionKind::Answers: return "SELECT count(*) FROM (SELECT * FROM " + table + " LIMIT 0) AS asked";
  }
  return {};
}

}  // namespace plumb
