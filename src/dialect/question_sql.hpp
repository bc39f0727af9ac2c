// dialect/question_sql.hpp: the questions in the SQL that both engines share.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dialect/step.hpp"

namespace plumb {

/// What the engines write differently.
struct QuestionStyle {
  std::function<std::string(std::string_view name)> quote;
  /// Of a group of texts that the engine takes for equal, the one that is always the same.
  std::function<std::string(const std::string& name, const Column* column)> least;
  std::string bare{};    ///< before a value that is compared by what the other side is alone
  std::string row_name;  ///< by which a row without a key is known; empty: by nothing
};

/// The name of the column of question_rows_sql() that says how often a value stands there.
inline constexpr std::string_view rows_with_it = "rows_with_it";

/// A query for a single value, the answer.
std::string question_sql(const Question& question, const QuestionStyle& style);

/// True for a question that one scan of its table answers along with others.
bool can_be_asked_together(const Question& question);
std::string questions_sql(const std::vector<Question>& questions, const QuestionStyle& style);

/// Dialect::spell_rows.
std::string question_rows_sql(const Question& question, const Table& table, const QuestionStyle& style);

}  // namespace plumb
