// dialect/sqlite/questions.cpp: what is asked of the rows, in SQLite's SQL.
#include "dialect/sqlite/questions.hpp"

#include "dialect/sqlite/rebuild.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "dialect/sqlite/types.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

bool has_option(const Table& table, std::string_view option) {
  const auto options = table.options.find("sqlite");
  return options != table.options.end() && options->second.contains(option);
}

/// INTEGER PRIMARY KEY is another name of the rowid and takes integers only (sqlite.org/lang_createtable.html#rowid).
bool is_rowid(const Table& table, const Column& column) {
  const Column* alias = rowid_alias(table);
  return alias != nullptr && equal_ignoring_case(alias->name, column.name);
}

/// A value as its column's affinity reads it (sqlite.org/datatype3.html#type_affinity).
class Value {
 public:
  explicit Value(std::string name) : c(std::move(name)), number("CAST(" + c + " AS NUMERIC)") {}

  std::string is(std::string_view type) const { return "typeof(" + c + ") = '" + std::string(type) + "'"; }
  /// the comparison applies numeric affinity to the text, as storing it would
  std::string is_text_of_a_number() const { return is("text") + " AND " + c + " = " + number; }
  /// The CAST leaves '1.0e+18' a real number, and the column stores an integer.
  std::string becomes_another_text() const { return "(" + is_text_of_a_number() + " AND (CAST(" + number + " AS TEXT) <> " + c + " OR (typeof(" + number + ") = 'real' AND " + number + " = CAST(" + number + " AS INTEGER))))"; }
  /// No real number holds it. Those from 9223372036854774785 on become one that is too large for an integer.
  std::string is_big_integer() const { return "(" + is("integer") + " AND (CAST(CAST(" + c + " AS REAL) AS INTEGER) <> " + c + " OR " + c + " > 9223372036854774784))"; }
  /// A real number is written with a point.
  std::string becomes_another_text_of_a_real() const { return "(" + is_text_of_a_number() + " AND " + c + " NOT IN (CAST(" + number + " AS TEXT), CAST(CAST(" + c + " AS REAL) AS TEXT)))"; }
  std::string is_text_of_a_big_integer() const { return "(" + is("text") + " AND typeof(" + number + ") = 'integer' AND (" + number + " > 9007199254740992 OR " + number + " < -9007199254740992))"; }
  std::string is_long_fraction() const { return "(" + is("real") + " AND CAST(CAST(" + c + " AS TEXT) AS REAL) <> " + c + ")"; }
  std::string is_no_integer() const {
    return "typeof(" + c + ") NOT IN ('integer', 'null') AND NOT (typeof(" + c + ") IN ('real', 'text') AND " + c + " = " + number + " AND " + number + " = CAST(" + number + " AS INTEGER))";
  }
  std::string is_no_number() const { return is("blob") + " OR (" + is("text") + " AND " + c + " <> " + number + ")"; }

  std::string c;
  std::string number;
};

/// What a column of a STRICT table refuses; empty: nothing (sqlite.org/stricttables.html).
std::string refused_by_strict(const Value& value, std::string_view type) {
  if (type == "integer" || type == "int") return value.is_no_integer();
  if (type == "real") return value.is_no_number();
  if (type == "text") return value.is("blob");
  if (type == "blob") return "typeof(" + value.c + ") NOT IN ('blob', 'null')";
  return {};
}

/// ANY converts nothing in a STRICT table, and is a number in others (sqlite.org/stricttables.html).
Affinity affinity_in(const Table& table, const Column& column) {
  const std::string& type = column.type.native.common;
  return type == "any" && has_option(table, "strict") ? Affinity::Blob : affinity(type);
}

std::string changed_by_affinity(const Value& value, Affinity from, Affinity to) {
  if (from == to) return {};  // lengths and precisions are not enforced (sqlite.org/datatype3.html)
  switch (to) {
    case Affinity::Integer: case Affinity::Numeric: return value.becomes_another_text();
    case Affinity::Real: return value.becomes_another_text_of_a_real() + " OR " + value.is_big_integer() + " OR " + value.is_text_of_a_big_integer();
    case Affinity::Text: return value.is_long_fraction();
    case Affinity::Blob: return {};
  }
  return {};
}

}  // namespace

const QuestionStyle& question_style() {
  static const QuestionStyle style{
      .quote = [](std::string_view name) { return quoted(name); },
      .least = [](const std::string& name, const Column*) { return "min(" + name + " COLLATE BINARY)"; },
      .bare = "+",  // a foreign key gives the child's value the parent's affinity (sqlite.org/foreignkeys.html#fk_basics)
      .row_name = "rowid",
  };
  return style;
}

std::string SqliteDialect::spell(const Question& question) const { return question_sql(question, question_style()); }

std::string SqliteDialect::spell_together(const std::vector<Question>& questions) const { return questions_sql(questions, question_style()); }

std::string SqliteDialect::spell_rows(const Question& question, const Table& table) const { return question_rows_sql(question, table, question_style()); }

std::string SqliteDialect::broken_references_query() const { return "SELECT count(*) FROM pragma_foreign_key_check"; }

/// A rebuild gives the row numbers that the rows have to a key that is another name of them.
bool SqliteDialect::fills_by_itself(const Column& column, const diff::Pair<Table>& table) const {
  return is_rowid(table.after, column) && !is_without_rowid(table.before) && !rowid_name(table.before, table.after).empty();
}

std::vector<Question> SqliteDialect::narrowing(const diff::Pair<Column>& column, const diff::Pair<Table>& table) const {
  const auto& [before, after] = column;
  if (before.generated || after.generated) return {};
  const std::string& type = after.type.native.common;
  const Value value(quoted(before.name));
  const bool is_rowid_already = is_rowid(table.before, *table.before.find_column(after.name));
  const bool becomes_strict = !is_rowid_already && has_option(table.after, "strict") && (!has_option(table.before, "strict") || before.type.native.common != type);
  const bool becomes_rowid = is_rowid(table.after, after) && !is_rowid_already;
  std::vector<Question> questions;
  const auto ask = [&](std::string condition, bool blocks) {
    if (condition.empty()) return;
    Question& question = questions.emplace_back();
    question.kind = QuestionKind::Violates;
    question.columns = {before.name};
    question.condition = std::move(condition);
    question.blocks = blocks;
    question.text = "values of `" + before.name + "` that " + (blocks ? "are no `" + type + "`" : "`" + type + "` would store differently");
    question.advice = blocks ? "change these values first" : "clean these values first, or say `--allow narrow`";
  };
  ask(becomes_rowid ? value.is_no_integer() : becomes_strict ? refused_by_strict(value, type) : std::string(), true);
  ask(changed_by_affinity(value, affinity_in(table.before, before), affinity_in(table.after, after)), false);
  return questions;
}

/// The text `'5'` becomes 5.0; and a column without an affinity holds 5 beside `'5'`.
bool SqliteDialect::comes_back(const diff::Pair<Column>& column, const diff::Pair<Table>& table) const {
  const Affinity from = affinity_in(table.before, column.before);
  const Affinity to = affinity_in(table.after, column.after);
  return from == to || (from != Affinity::Blob && (from != Affinity::Text || to != Affinity::Real));
}

std::string SqliteDialect::converted(const diff::Pair<Column>& column) const {
  const auto& [before, after] = column;
  const Value value(quoted(before.name));
  const Affinity from = affinity(before.type.native.common);
  const Affinity to = affinity(after.type.native.common);
  const bool is_number = to == Affinity::Integer || to == Affinity::Numeric || to == Affinity::Real;
  std::string stored = value.c;
  if (is_number && (from == Affinity::Text || from == Affinity::Blob)) stored = "CASE WHEN " + value.is_text_of_a_number() + " THEN " + value.number + " ELSE " + value.c + " END";
  if (to == Affinity::Text && from != Affinity::Text) stored = "CASE WHEN typeof(" + value.c + ") IN ('integer', 'real') THEN CAST(" + value.c + " AS TEXT) ELSE " + value.c + " END";
  const bool is_open = after.collation == diff::inherited || before.collation == diff::inherited;
  const bool collates_anew = before.collation != after.collation || (stored != value.c && !after.collation.empty());
  if (is_open || !collates_anew) return stored;
  return (stored == value.c ? stored : "(" + stored + ")") + " COLLATE " + (after.collation.empty() ? "BINARY" : after.collation);
}

std::string SqliteDialect::key_value(const std::string& value, const IndexPart& part) const {
  return part.collation.empty() ? value : value + " COLLATE " + part.collation;
}

}  // namespace plumb::sqlite
