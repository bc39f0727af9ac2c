#include "plan/classify.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

class Classifier {
 public:
  Classifier(Step& step, const PlanInput& input, const Dialect& dialect)
      : step_(step), input_(input), dialect_(dialect), lexis_(dialect.match_rules().lexis) {}

  void run() {
    if (!step_.risks.empty()) judge_drop();
    if (step_.kept && !step_.altered) count_what_is_kept(*step_.kept);
    if (!step_.altered) return;
    judge_alteration(*step_.altered);
    ask_again_when_it_runs();
  }

 private:
  const TableIntent& intent_of(const std::string& table) const {
    static const TableIntent none;
    const auto found = input_.description.tables.find(table);
    return found == input_.description.tables.end() ? none : found->second;
  }

  const Drop* declared(DropKind kind, const std::string& table, const std::string& name) const {
    for (const Drop& drop : input_.description.drops) {
      if (drop.kind == kind && equal_ignoring_case(drop.name, name) && (kind != DropKind::Column || drop.table == table)) return &drop;
    }
    return nullptr;
  }

  // --- names as they are in the database now

  std::string live_table(const std::string& table) const {
    for (const auto& rename : input_.match.renames) {
      if (rename.kind == diff::Rename::Kind::Table && rename.to == table) return rename.from;
    }
    return table;
  }

  std::string live_column(const std::string& table, const std::string& column) const {
    for (const auto& rename : input_.match.renames) {
      if (rename.kind == diff::Rename::Kind::Column && rename.table == table && equal_ignoring_case(rename.to, column)) return rename.from;
    }
    return column;
  }

  std::vector<std::string> live_columns(const std::string& table, std::vector<std::string> columns) const {
    for (auto& column : columns) column = live_column(table, column);
    return columns;
  }

  std::string live_expression(const std::string& table, std::string sql) const {
    for (const auto& rename : input_.match.renames) {
      if (rename.kind == diff::Rename::Kind::Column && rename.table == table) sql = diff::renamed_in_expression(sql, rename.to, rename.from, lexis_);
    }
    return sql;
  }

  /// Every column that the expression names stands in the table as it is now, and no table does that is yet to come.
  bool can_be_asked(const std::string& sql, const diff::Pair<Table>& pair) const {
    const auto tokens = sql::tokenize(sql, lexis_);
    return std::none_of(tokens.begin(), tokens.end(), [&](const sql::Token& token) {
      if (token.kind != sql::TokenKind::Word && token.kind != sql::TokenKind::QuotedName) return false;
      const std::string name = sql::unquoted(token.text);
      const bool new_column = pair.after.find_column(name) != nullptr && pair.before.find_column(name) == nullptr;
      const auto names = [&](const Table& t) { return equal_ignoring_case(t.name, name); };
      const auto& created = input_.changes.tables_created;
      const bool new_table = std::any_of(created.begin(), created.end(), names);
      const bool renamed_table = std::any_of(input_.match.renames.begin(), input_.match.renames.end(), [&](const auto& rename) {
        return rename.kind == diff::Rename::Kind::Table && equal_ignoring_case(rename.to, name);
      });
      return new_column || new_table || renamed_table;
    });
  }

  /// Whether the expression looks at a column whose values the step may store in another form: what stands now says
  /// nothing of what the check will see.
  bool reads_converted_values(const std::string& sql, const diff::Pair<Table>& pair) const {
    const auto tokens = sql::tokenize(sql, lexis_);
    return std::any_of(tokens.begin(), tokens.end(), [&](const sql::Token& token) {
      if (token.kind != sql::TokenKind::Word && token.kind != sql::TokenKind::QuotedName) return false;
      const Column* before = pair.before.find_column(sql::unquoted(token.text));
      const Column* after = pair.after.find_column(sql::unquoted(token.text));
      return before != nullptr && after != nullptr && !(before->type == after->type) && dialect_.narrowing(*before, *after).has_value();
    });
  }

  /// Where the column is declared, or else the table.
  Origin origin_of(const std::string& table, const std::string& column) const {
    const TableIntent& intent = intent_of(table);
    const auto declared_there = intent.columns.find(column);
    return declared_there == intent.columns.end() ? intent.origin : declared_there->second.origin;
  }

  Question& ask(QuestionKind kind, const std::string& table, std::vector<std::string> columns, std::string text) {
    Question question;
    question.kind = kind;
    question.origin = origin_of(table, columns.empty() ? std::string() : columns.front());
    question.table = live_table(table);
    question.columns = live_columns(table, std::move(columns));
    question.text = std::move(text);
    step_.questions.push_back(std::move(question));
    return step_.questions.back();
  }

  void count_what_is_kept(const KeptValues& values) {
    if (values.key.empty()) {
      ask(QuestionKind::RowsIn, values.table, {}, "rows of `" + values.table + "` to keep");
      return;
    }
    std::vector<std::string> conditions;
    for (const KeptColumn& column : values.columns) conditions.push_back("(" + column.condition + ")");
    Question& question = ask(QuestionKind::Violates, values.table, {}, "rows of `" + values.table + "` with values to keep");
    question.condition = live_expression(values.table, join(conditions, " OR "));
  }

  // --- drops of whole objects

  /// `view new was old`: the old one goes, and nothing is lost.
  bool is_earlier_name_of_a_view(const std::string& name) const {
    const auto& was = input_.description.view_was;
    return std::any_of(was.begin(), was.end(), [&](const auto& entry) { return std::find(entry.second.begin(), entry.second.end(), name) != entry.second.end(); });
  }

  void judge_drop() {
    for (Risk& risk : step_.risks) {
      if (risk.kind != RiskKind::DropTable && risk.kind != RiskKind::DropView) continue;
      const DropKind kind = risk.kind == RiskKind::DropView ? DropKind::View : DropKind::Table;
      const std::string name = risk.kind == RiskKind::DropView ? step_.what.substr(6, step_.what.size() - 7) : step_.table;
      const Drop* drop = declared(kind, {}, name);
      risk.declared = drop != nullptr || (risk.kind == RiskKind::DropView && is_earlier_name_of_a_view(name));
      if (drop != nullptr) risk.origin = drop->origin;
      if (risk.kind != RiskKind::DropTable || !input_.match.from().tables.contains(step_.table)) continue;
      ask(QuestionKind::RowsIn, step_.table, {}, "rows of `" + step_.table + (step_.aside.empty() ? "`, all lost" : "`, kept aside"));
      risk.decided_by = static_cast<int>(step_.questions.size()) - 1;
    }
  }

  // --- alterations

  void judge_alteration(const diff::Pair<Table>& pair) {
    const diff::TableDelta delta = diff::compare(pair.before, pair.after);
    for (const Column& column : delta.columns_dropped) judge_dropped_column(pair, column);
    for (const Column& column : delta.columns_added) judge_added_column(pair, column);
    for (const auto& change : delta.columns_altered) judge_changed_column(pair, change);
    for (const Index& index : delta.indexes_created) {
      if (index.kind == IndexKind::Unique) judge_unique(pair, index.parts, "unique `" + index.name.text + "`");
    }
    if (delta.primary_key_changed && pair.after.primary_key) judge_unique(pair, pair.after.primary_key->parts, "the primary key");
    for (const Check& check : delta.checks_added) judge_check(pair, check, check.name.empty() ? "the check" : "check `" + check.name.text + "`");
    for (const ForeignKey& key : delta.foreign_keys_added) judge_foreign_key(pair, key);
  }

  void judge_dropped_column(const diff::Pair<Table>& pair, const Column& column) {
    const std::string& table = pair.after.name;
    if (column.generated) return;
    const Drop* drop = declared(DropKind::Column, table, column.name);
    Question& question = ask(QuestionKind::Violates, table, {column.name}, "values in `" + table + "." + column.name + (step_.aside.empty() ? "`, all lost" : "`, kept aside"));
    question.condition = dialect_.quote(live_column(table, column.name)) + " IS NOT NULL";
    Risk risk{RiskKind::DropColumn, "loses the values of `" + table + "." + column.name + "`", drop != nullptr, -1, drop != nullptr ? drop->origin : Origin()};
    risk.decided_by = static_cast<int>(step_.questions.size()) - 1;
    step_.risks.push_back(std::move(risk));
  }

  std::string backfill_of(const std::string& table, const std::string& column) const {
    const auto& columns = intent_of(table).columns;
    const auto hints = columns.find(column);
    if (hints == columns.end() || !hints->second.backfill) return {};
    return std::string(trim(hints->second.backfill->text_for(dialect_.name())));
  }

  void judge_added_column(const diff::Pair<Table>& pair, const Column& column) {
    if (column.nullable || column.generated || column.auto_increment || dialect_.fills_by_itself(column)) return;
    const std::string fill = backfill_of(pair.after.name, column.name);
    if (fill.empty() && column.default_value) return;
    const std::string place = "`" + pair.after.name + "." + column.name + "`";
    if (fill.empty()) {
      Question& question = ask(QuestionKind::RowsIn, pair.after.name, {}, "rows that would have no value in the new column " + place);
      question.origin = origin_of(pair.after.name, column.name);
      question.blocks = true;
      question.advice = "say in the description where the values come from: `" + column.name + " … backfill (…)`, or give it a default, or make it nullable with `?`";
      return;
    }
    if (!can_be_asked(fill, pair)) return;  // the guard asks when the step runs
    Question& question = ask(QuestionKind::Violates, pair.after.name, {}, "rows for which the backfill of " + place + " gives NULL");
    question.origin = origin_of(pair.after.name, column.name);
    question.condition = "(" + live_expression(pair.after.name, fill) + ") IS NULL";
    guarded_by_the_fill_.insert(step_.questions.size() - 1);
    question.blocks = true;
    question.advice = "make the backfill give a value for every row, for example `backfill (coalesce(…, …))`";
  }

  void judge_changed_column(const diff::Pair<Table>& pair, const diff::Pair<Column>& change) {
    const std::string& table = pair.after.name;
    const std::string place = "`" + table + "." + change.after.name + "`";
    if (change.before.nullable && !change.after.nullable && !change.after.generated) {
      const std::string fill = backfill_of(table, change.after.name);
      if (fill.empty()) {
        Question& question = ask(QuestionKind::NullsIn, table, {change.after.name}, "rows with NULL in " + place + ", which becomes not null");
        question.blocks = true;
        question.advice = "say in the description what they get: `" + change.after.name + " … backfill (…)`";
      } else if (can_be_asked(fill, pair)) {
        Question& question = ask(QuestionKind::Violates, table, {}, "rows for which the backfill of " + place + " gives NULL");
        question.origin = origin_of(table, change.after.name);
        question.condition = dialect_.quote(live_column(table, change.after.name)) + " IS NULL AND (" + live_expression(table, fill) + ") IS NULL";
        guarded_by_the_fill_.insert(step_.questions.size() - 1);
        question.blocks = true;
        question.advice = "make the backfill give a value for every row";
      }
    }
    if (!change.after.generated && !change.before.generated) judge_narrowing(pair, change);
    for (const Check& check : change.after.checks) {
      const auto& old = change.before.checks;
      if (std::find(old.begin(), old.end(), check) == old.end()) judge_check(pair, check, "the check on " + place);
    }
  }

  void judge_narrowing(const diff::Pair<Table>& pair, const diff::Pair<Column>& change) {
    const std::string& table = pair.after.name;
    Column before = change.before;
    before.name = live_column(table, before.name);
    const auto question = dialect_.narrowing(before, change.after);
    if (!question) return;
    int decided_by = -1;
    if (!question->condition.empty()) {
      step_.questions.push_back(*question);
      step_.questions.back().table = live_table(table);
      step_.questions.back().origin = origin_of(table, change.after.name);
      step_.questions.back().text = replace_all(question->text, "`" + before.name + "`", "`" + table + "." + change.after.name + "`");
      decided_by = static_cast<int>(step_.questions.size()) - 1;
      if (question->blocks) return;  // the answer alone decides
    }
    Risk risk{RiskKind::Narrow, "may change values of `" + table + "." + change.after.name + "`: `" + change.before.type.native.common + "` to `" +
                                    change.after.type.native.common + "`", false, decided_by, origin_of(table, change.after.name)};
    step_.risks.push_back(std::move(risk));
  }

  void judge_unique(const diff::Pair<Table>& pair, const std::vector<IndexPart>& parts, const std::string& what) {
    std::vector<std::string> columns;
    for (const IndexPart& part : parts) {
      if (part.expression || part.length || pair.before.find_column(part.column) == nullptr) return;
      columns.push_back(part.column);
    }
    const std::string list = join(columns, ", ");
    Question& question = ask(QuestionKind::Duplicates, pair.after.name, columns, "values of (" + list + ") of `" + pair.after.name + "` that stand in several rows, against " + what);
    question.blocks = true;
    question.advice = "make these rows differ or remove the surplus ones first";
  }

  void judge_check(const diff::Pair<Table>& pair, const Check& check, const std::string& what) {
    if (!can_be_asked(check.expression.common, pair)) return;
    if (dialect_.capabilities().transactional_ddl && reads_converted_values(check.expression.common, pair)) {
      step_.remarks.push_back("Not asked beforehand: " + what + " looks at values that this step converts; a row that violates it stops the run, and everything is rolled back.");
      return;
    }
    Question& question = ask(QuestionKind::Violates, pair.after.name, {}, "rows of `" + pair.after.name + "` that violate " + what);
    question.condition = "NOT (" + live_expression(pair.after.name, check.expression.common) + ")";
    question.blocks = true;
    question.advice = "change these rows first";
  }

  void judge_foreign_key(const diff::Pair<Table>& pair, const ForeignKey& key) {
    const auto parent = input_.match.from().tables.find(key.table);
    if (parent == input_.match.from().tables.end() || !key.database.empty()) return;
    for (const auto& column : key.columns) {
      if (pair.before.find_column(column) == nullptr) return;
    }
    std::vector<std::string> referenced = key.referenced;
    if (referenced.empty() && parent->second.primary_key) {
      for (const auto& part : parent->second.primary_key->parts) referenced.push_back(part.column);
    }
    for (const auto& column : referenced) {
      if (parent->second.find_column(column) == nullptr) return;
    }
    Question& question = ask(QuestionKind::OrphansOf, pair.after.name, key.columns,
                             "rows of `" + pair.after.name + "` whose (" + join(key.columns, ", ") + ") has no row in `" + key.table + "`");
    question.parent = live_table(key.table);
    question.parent_columns = live_columns(key.table, referenced);
    question.blocks = true;
    question.advice = "add the missing rows or clear the references first";
  }

  // --- rows that come between plan and apply

  /// The question with the names that the step itself finds, when every rename has been done.
  Question as_the_step_finds_it(Question question) const {
    for (const auto& rename : input_.match.renames) {
      if (rename.kind == diff::Rename::Kind::Table) {
        if (question.table == rename.from) question.table = rename.to;
        if (question.parent == rename.from) question.parent = rename.to;
      }
    }
    for (const auto& rename : input_.match.renames) {
      if (rename.kind == diff::Rename::Kind::Table) continue;
      const auto follow = [&](std::vector<std::string>& columns) {
        for (auto& column : columns) {
          if (equal_ignoring_case(column, rename.from)) column = rename.to;
        }
      };
      if (rename.table == question.parent) follow(question.parent_columns);
      if (rename.table != question.table) continue;
      follow(question.columns);
      question.condition = diff::renamed_in_expression(question.condition, rename.from, rename.to, lexis_);
    }
    return question;
  }

  /// What forbids the step is asked once more just before its first statement.
  void ask_again_when_it_runs() {
    std::vector<Command> guards;
    for (std::size_t i = 0; i < step_.questions.size(); ++i) {
      const Question& question = step_.questions[i];
      if (!question.blocks || guarded_by_the_fill_.contains(i)) continue;
      std::string sql = dialect_.spell(as_the_step_finds_it(question));
      const auto& standing = step_.commands;
      if (std::any_of(standing.begin(), standing.end(), [&](const Command& command) { return command.sql == sql; })) continue;
      guards.push_back({CommandKind::Guard, std::move(sql), "{n} in the way: " + question.text + "; " + question.advice});
    }
    step_.commands.insert(step_.commands.begin(), guards.begin(), guards.end());
  }

  Step& step_;
  const PlanInput& input_;
  const Dialect& dialect_;
  sql::Lexis lexis_;
  std::set<std::size_t> guarded_by_the_fill_;  ///< numbers of questions that the step which fills asks again
};

}  // namespace

void classify(Step& step, const PlanInput& input, const Dialect& dialect) { Classifier(step, input, dialect).run(); }

}  // namespace plumb::plan
