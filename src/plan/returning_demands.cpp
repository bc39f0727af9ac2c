#include "plan/returning_demands.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "dialect/describe.hpp"
#include "dialect/keep_aside.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

class Demands {
 public:
  Demands(const Schema& start, const Schema& end, const std::vector<Step>& steps, const Dialect& dialect) : start_(start), end_(end), dialect_(dialect) {
    for (const Step& step : steps) {
      for (const auto& rename : step.effect.renames) {
        if (rename.kind == diff::Rename::Kind::Table) renamed_.insert({rename.from, rename.to});
        else renamed_.insert(rename.table);
      }
      if (!step.kept) continue;
      for (const KeptColumn& column : step.kept->columns) restored_.insert({step.kept->table, to_lower(column.column)});
    }
  }

  std::vector<Command> guards() {
    for (const auto& [name, old] : start_.tables) {
      const auto now = end_.tables.find(name);
      if (now == end_.tables.end() || renamed_.contains(name)) continue;
      ask_keys(old, now->second);
      ask_checks(old, now->second);
      for (const ForeignKey& key : old.foreign_keys) ask_foreign_key(key, old, now->second);
    }
    return std::move(guards_);
  }

 private:
  bool stays(const Table& old, const Table& now, const std::string& column) const { return is_left_alone({old, now}, column) && !restored_.contains({now.name, to_lower(column)}); }

  bool all_stay(const Table& old, const Table& now, const std::vector<std::string>& columns) const {
    return !columns.empty() && std::all_of(columns.begin(), columns.end(), [&](const std::string& column) { return stays(old, now, column); });
  }

  void ask(const Table& now, Question question, const std::string& problem) {
    question.table = now.name;
    guards_.push_back({CommandKind::Guard, dialect_.spell(question), "{n} of table `" + now.name + "`" + std::string(came_since) + problem, dialect_.spell_rows(question, now)});
  }

  void ask_keys(const Table& old, const Table& now) {
    if (old.primary_key && !(now.primary_key && now.primary_key->parts == old.primary_key->parts)) ask_key(old.primary_key->parts, old, now, "the primary key");
    for (const Index& index : old.indexes) {
      if (index.kind == IndexKind::Unique && !index.where) ask_key(index.parts, old, now, called(index));
    }
  }

  void ask_key(const std::vector<IndexPart>& parts, const Table& old, const Table& now, const std::string& what) {
    std::vector<std::string> columns;
    for (const IndexPart& part : parts) {
      if (part.expression || part.length) return;
      columns.push_back(part.column);
    }
    const bool is_key_still = (now.primary_key && are_just(now.primary_key->parts, columns)) || std::any_of(now.indexes.begin(), now.indexes.end(), [&](const Index& index) {
      return index.kind == IndexKind::Unique && !index.where && are_just(index.parts, columns);
    });
    if (is_key_still || !all_stay(old, now, columns)) return;
    Question question;
    question.kind = QuestionKind::Duplicates;
    question.columns = columns;
    ask(now, std::move(question), "have the same (" + join(columns, ", ") + ") as others, against " + what + ", which is made again; make them differ, or remove the surplus ones");
  }

  void ask_checks(const Table& old, const Table& now) {
    const auto ask_new = [&](const std::vector<Check>& returning, const std::vector<Check>& standing) {
      for (const Check& check : returning) {
        const bool stands = std::any_of(standing.begin(), standing.end(), [&](const Check& one) { return one.expression == check.expression; });
        if (!stands) ask_check(check, old, now);
      }
    };
    ask_new(old.checks, now.checks);
    for (const Column& column : old.columns) {
      const Column* standing = now.find_column(column.name);
      if (standing != nullptr) ask_new(column.checks, standing->checks);
    }
  }

  void ask_check(const Check& check, const Table& old, const Table& now) {
    std::vector<std::string> columns;
    for (const sql::Token& token : sql::tokenize(check.expression.common, dialect_.match_rules().lexis)) {
      if (const Column* column = is_name(token) ? old.find_column(sql::unquoted(token.text)) : nullptr) columns.push_back(column->name);
    }
    if (!all_stay(old, now, columns)) return;
    Question question;
    question.kind = QuestionKind::Violates;
    question.columns = columns;
    question.condition = "NOT (" + check.expression.common + ")";
    ask(now, std::move(question), "violate the check `" + check.expression.common + "`, which is made again; change or remove them");
  }

  void ask_foreign_key(const ForeignKey& key, const Table& old, const Table& now) {
    const bool stands = std::any_of(now.foreign_keys.begin(), now.foreign_keys.end(), [&](const ForeignKey& one) { return one.columns == key.columns && one.table == key.table && one.referenced == key.referenced; });
    const auto old_parent = start_.tables.find(key.table);
    const auto parent = end_.tables.find(key.table);
    if (stands || !key.database.empty() || old_parent == start_.tables.end() || parent == end_.tables.end() || renamed_.contains(key.table)) return;
    if (!all_stay(old, now, key.columns) || !all_stay(old_parent->second, parent->second, key.referenced)) return;
    Question question;
    question.kind = QuestionKind::OrphansOf;
    question.columns = key.columns;
    question.parent = key.table;
    question.parent_columns = key.referenced;
    ask(now, std::move(question), "refer to nothing in `" + key.table + "`, against the foreign key over (" + join(key.columns, ", ") + "), which is made again; add what they refer to, or clear them");
  }

  const Schema& start_;
  const Schema& end_;
  const Dialect& dialect_;
  std::set<std::string> renamed_;  ///< tables that have, or had, another name, or a column of theirs has
  std::set<std::pair<std::string, std::string>> restored_;  ///< table, column in lower case
  std::vector<Command> guards_;
};

}  // namespace

std::vector<Command> guards_of_returning_demands(const Schema& start, const Schema& end, const std::vector<Step>& steps, const Dialect& dialect) { return Demands(start, end, steps, dialect).guards(); }

}  // namespace plumb::plan
