#include "plan/live_names.hpp"

#include "support/text.hpp"

namespace plumb::plan {

std::string LiveNames::table(const std::string& name) const { return diff::live_table(match_.renames, name); }

std::string LiveNames::column(const std::string& table, const std::string& name) const { return diff::live_column(match_.renames, table, name); }

std::vector<std::string> LiveNames::columns(const std::string& table, std::vector<std::string> names) const {
  for (auto& name : names) name = column(table, name);
  return names;
}

std::string LiveNames::expression(const std::string& table, std::string sql) const {
  for (const auto& rename : match_.renames) {
    if (rename.kind == diff::Rename::Kind::Column && rename.table == table) sql = diff::renamed_in_expression(sql, rename.to, rename.from, lexis_);
  }
  return sql;
}

Question LiveNames::as_the_step_finds_it(Question question) const {
  for (const auto& rename : match_.renames) {
    if (rename.kind != diff::Rename::Kind::Table) continue;
    if (question.table == rename.from) question.table = rename.to;
    if (question.parent == rename.from) question.parent = rename.to;
  }
  for (const auto& rename : match_.renames) {
    if (rename.kind != diff::Rename::Kind::Column) continue;
    const auto follow = [&](std::vector<std::string>& columns) {
      for (auto& column : columns) {
        if (equal_ignoring_case(column, rename.from)) column = rename.to;
      }
    };
    const auto follow_inside = [&](std::vector<SeenAs>& seen) {
      for (SeenAs& one : seen) one.expression = diff::renamed_in_expression(one.expression, rename.from, rename.to, lexis_);
    };
    if (rename.table == question.parent) {
      if (question.parent_seen_as.empty()) follow(question.parent_columns);
      follow_inside(question.parent_seen_as);
    }
    if (rename.table != question.table) continue;
    follow_inside(question.seen_as);
    if (!question.seen_as.empty()) continue;  // the question itself names the columns as the step leaves them
    follow(question.columns);
    question.condition = diff::renamed_in_expression(question.condition, rename.from, rename.to, lexis_);
  }
  return question;
}

}  // namespace plumb::plan
