// dialect/sqlite/questions.cpp: what is asked of the rows, in SQLite's SQL.
#include "dialect/question_sql.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "dialect/sqlite/types.hpp"

namespace plumb::sqlite {

std::string SqliteDialect::spell(const Question& question) const {
  return question_sql(question, [](std::string_view name) { return quoted(name); });
}

std::string SqliteDialect::broken_references_query() const { return "SELECT count(*) FROM pragma_foreign_key_check"; }

bool SqliteDialect::fills_by_itself(const Column&) const { return false; }

std::optional<Question> SqliteDialect::narrowing(const Column& before, const Column& after) const {
  const Affinity from = affinity(before.type.native.common);
  const Affinity to = affinity(after.type.native.common);
  if (from == to) return std::nullopt;  // lengths and precisions are not enforced (sqlite.org/datatype3.html)
  const std::string c = quoted(before.name);
  Question question;
  question.kind = QuestionKind::Violates;
  question.columns = {before.name};
  question.text = "values of `" + before.name + "` that `" + after.type.native.common + "` would store differently";
  question.advice = "clean these values first, or say `--allow narrow`";
  // the comparison applies numeric affinity to the text, as storing it would: true where it would become a number
  const std::string text_becomes_number = "(typeof(" + c + ") = 'text' AND " + c + " = CAST(" + c + " AS NUMERIC) AND CAST(CAST(" + c + " AS NUMERIC) AS TEXT) <> " + c + ")";
  const std::string big_integer = "(typeof(" + c + ") = 'integer' AND (" + c + " > 9007199254740992 OR " + c + " < -9007199254740992))";
  const std::string long_fraction = "(typeof(" + c + ") = 'real' AND CAST(CAST(" + c + " AS TEXT) AS REAL) <> " + c + ")";
  switch (to) {
    case Affinity::Integer: case Affinity::Numeric: question.condition = text_becomes_number; return question;
    case Affinity::Real: question.condition = text_becomes_number + " OR " + big_integer; return question;
    case Affinity::Text: question.condition = long_fraction; return question;
    case Affinity::Blob: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace plumb::sqlite
