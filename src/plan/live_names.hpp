// plan/live_names.hpp: what things are called in the database now, and what a step finds them called when it runs,
// after every rename of the plan. Pure.
#pragma once

#include <string>
#include <vector>

#include "dialect/step.hpp"
#include "diff/match.hpp"

namespace plumb::plan {

class LiveNames {
 public:
  LiveNames(const diff::Match& match, const sql::Lexis& lexis) : match_(match), lexis_(lexis) {}

  /// Of a table and a column that have these names after the renames.
  std::string table(const std::string& name) const;
  std::string column(const std::string& table, const std::string& name) const;
  std::vector<std::string> columns(const std::string& table, std::vector<std::string> names) const;
  /// An expression over the columns of `table`.
  std::string expression(const std::string& table, std::string sql) const;

  /// The question with the names that a step finds.
  Question as_the_step_finds_it(Question question) const;

 private:
  const diff::Match& match_;
  sql::Lexis lexis_;
};

}  // namespace plumb::plan
