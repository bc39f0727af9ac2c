#include "probe/ask_rows.hpp"

#include <map>
#include <optional>
#include <set>

#include "dialect/examples.hpp"
#include "dialect/question_sql.hpp"
#include "plan/build.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

/// Lets queries take as long as they want again.
class TimeLimit {
 public:
  TimeLimit(db::Connection& connection, std::chrono::seconds longest) : connection_(connection) { connection_.limit_time(longest); }
  ~TimeLimit() {
    try {
      connection_.limit_time(std::chrono::seconds(0));
    } catch (const DatabaseError&) {
      // the connection is gone, and its settings with it
    }
  }
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;

 private:
  db::Connection& connection_;
};

Question count_of(const std::string& table) {
  Question question;
  question.kind = QuestionKind::RowsIn;
  question.table = table;
  return question;
}

/// What the plan wants to know of one table.
struct Wanted {
  std::vector<Question*> questions;
  std::set<const Question*> with_examples;  ///< those whose rows are to be named
};

class Asker {
 public:
  Asker(db::Connection& connection, const Dialect& dialect, const Schema& actual, const HowToAsk& how) : connection_(connection), dialect_(dialect), actual_(actual), how_(how) {}

  void run(std::vector<Step>& steps, const std::vector<Question*>& further) {
    for (Step& step : steps) collect(step);
    for (Question* question : further) {
      if (actual_.tables.contains(question->table)) wanted_[question->table].questions.push_back(question);
    }
    if (wanted_.empty()) return;
    const TimeLimit limit(connection_, how_.longest);
    db::Snapshot snapshot(connection_);
    for (auto& [table, wanted] : wanted_) {
      ask(table, wanted);
      snapshot.let_go_of_tables();
    }
    for (Step& step : steps) {
      const auto found = rows_.find(live_name(step));
      if (found != rows_.end()) step.rows = found->second;
    }
  }

 private:
  static const std::string& live_name(const Step& step) { return step.table_before.empty() ? step.table : step.table_before; }

  void collect(Step& step) {
    if (actual_.tables.contains(live_name(step))) wanted_[live_name(step)];
    std::set<int> deciding;
    for (const Risk& risk : step.risks) {
      if (risk.kind == RiskKind::Narrow) deciding.insert(risk.decided_by);
    }
    for (std::size_t i = 0; i < step.questions.size(); ++i) {
      Question& question = step.questions[i];
      if (!actual_.tables.contains(question.table)) continue;
      Wanted& wanted = wanted_[question.table];
      wanted.questions.push_back(&question);
      if (question.blocks || deciding.contains(static_cast<int>(i))) wanted.with_examples.insert(&question);
    }
  }

  void ask(const std::string& table, Wanted& wanted) {
    const auto rows = ask_in_one_scan(table, wanted.questions);
    for (Question* question : wanted.questions) {
      if (question->answer || !question->unanswered.empty()) continue;
      if (rows == 0) question->answer = 0;
      else ask_alone(*question);
    }
    for (Question* question : wanted.questions) {
      if (question->answer.value_or(0) > 0 && wanted.with_examples.contains(question)) name_rows(*question);
    }
  }

  /// The number of rows, unless that was not to be had.
  std::optional<std::uint64_t> ask_in_one_scan(const std::string& table, const std::vector<Question*>& questions) {
    std::vector<Question> together{count_of(table)};
    std::vector<Question*> asked;
    for (Question* question : questions) {
      if (!can_be_asked_together(*question)) continue;
      together.push_back(*question);
      asked.push_back(question);
    }
    try {
      const db::ResultSet result = connection_.query(dialect_.spell_together(together));
      const auto number = [&](std::size_t i) { return std::stoull(db::as_text(result.rows.at(0).at(i))); };
      for (std::size_t i = 0; i < asked.size(); ++i) asked[i]->answer = number(i + 1);
      return rows_[table] = number(0);
    } catch (const DatabaseError& error) {
      check_connection(error);
      if (error.kind() != DatabaseErrorKind::TimedOut && !asked.empty()) return count(table);  // one of them cannot be asked: each for itself
      for (Question* question : asked) question->unanswered = reason(error);
      return std::nullopt;
    }
  }

  std::optional<std::uint64_t> count(const std::string& table) {
    Question question = count_of(table);
    ask_alone(question);
    if (question.answer) rows_[table] = *question.answer;
    return question.answer;
  }

  void ask_alone(Question& question) {
    const std::string sql = dialect_.spell(question);
    try {
      question.answer = static_cast<std::uint64_t>(db::single_integer(connection_, sql));
    } catch (const DatabaseError& error) {
      check_connection(error);
      question.unanswered = is_about_rows(error, sql) ? std::string(plan::fails_over_rows) + error.what() : reason(error);
    }
  }

  /// The query itself is well, so a row was met over which it cannot be computed.
  bool is_about_rows(const DatabaseError& error, const std::string& sql) {
    if (error.kind() != DatabaseErrorKind::Other) return false;
    try {
      connection_.query("EXPLAIN " + sql);
      return true;
    } catch (const DatabaseError& again) {
      check_connection(again);
      return false;
    }
  }

  void name_rows(Question& question) {
    question.finds = dialect_.spell_rows(question, actual_.tables.find(question.table)->second);
    if (question.finds.empty() || !how_.name_rows) return;
    try {
      question.examples = examples_of(connection_.query(examples_query(question.finds)));
    } catch (const DatabaseError& error) {
      check_connection(error);
      question.finds.clear();
    }
  }

  static void check_connection(const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Connection || error.kind() == DatabaseErrorKind::Corrupt) throw error;
  }

  std::string reason(const DatabaseError& error) const {
    if (error.kind() == DatabaseErrorKind::TimedOut) return "not answered within " + counted(static_cast<std::uint64_t>(how_.longest.count()), "second");
    return std::string("could not be asked: ") + error.what();
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  const Schema& actual_;
  const HowToAsk& how_;
  std::map<std::string, Wanted> wanted_;
  std::map<std::string, std::uint64_t> rows_;
};

}  // namespace

void ask_rows(db::Connection& connection, const Dialect& dialect, const Schema& actual, const HowToAsk& how, std::vector<Step>& steps, const std::vector<Question*>& further) {
  Asker(connection, dialect, actual, how).run(steps, further);
}

}  // namespace plumb
