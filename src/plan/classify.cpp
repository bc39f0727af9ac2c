#include "plan/classify.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "dialect/describe.hpp"
#include "model/period.hpp"
#include "plan/live_names.hpp"
#include "plan/rows_after.hpp"
#include "plan/standing_rows.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

/// Of a check that names more, the rows are told by their keys alone.
constexpr std::size_t most_columns_shown = 4;

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& one) { return equal_ignoring_case(one, name); });
}

class Classifier {
 public:
  Classifier(Step& step, const PlanInput& input, const Dialect& dialect)
      : step_(step), input_(input), dialect_(dialect), names_(input.match, dialect.match_rules().lexis), rows_(input, dialect, names_) {}

  void run() {
    if (!step_.risks.empty()) judge_drop();
    if (step_.altered) judge_alteration(*step_.altered);
    else if (step_.kept) count_what_is_kept(*step_.kept);
    for (const ForeignKey& key : step_.keys_put_back) judge_key_put_back(key);
    for (const ForeignKey& key : step_.keys_dropped) ask_for_orphans_that_stand(key);
    if (step_.altered) ask_for_rows_against_checks(*step_.altered);
    if (!step_.questions.empty()) ask_again_when_it_runs();
  }

 private:
  const Drop* declared(DropKind kind, const std::string& table, const std::string& name) const {
    for (const Drop& drop : input_.description.drops) {
      if (drop.kind == kind && equal_ignoring_case(drop.name, name) && (kind != DropKind::Column || drop.table == table)) return &drop;
    }
    return nullptr;
  }

  /// Where the column is declared, or else the table.
  Origin origin_of(const std::string& table, const std::string& column) const {
    const auto intent = input_.description.tables.find(table);
    if (intent == input_.description.tables.end()) return {};
    const auto declared_there = intent->second.columns.find(column);
    return declared_there == intent->second.columns.end() ? intent->second.origin : declared_there->second.origin;
  }

  Question& ask(QuestionKind kind, const std::string& table, std::vector<std::string> columns, std::string text) {
    Question question;
    question.kind = kind;
    question.origin = origin_of(table, columns.empty() ? std::string() : columns.front());
    question.table = names_.table(table);
    question.columns = names_.columns(table, std::move(columns));
    question.text = std::move(text);
    step_.questions.push_back(std::move(question));
    return step_.questions.back();
  }

  Question& ask(QuestionKind kind, const std::string& table, Seen seen, std::string text) {
    Question& question = ask(kind, table, std::vector<std::string>(), std::move(text));
    if (!seen.columns.empty()) question.origin = origin_of(table, seen.columns.front());
    question.columns = std::move(seen.columns);
    question.seen_as = std::move(seen.seen_as);
    return question;
  }

  int number_of_last_question() const { return static_cast<int>(step_.questions.size()) - 1; }

  void not_asked(const std::string& what) { step_.remarks.push_back(std::string(not_asked_beforehand) + what + "; a row in the way stops the step itself."); }

  void count_what_is_kept(const KeptValues& values) {
    if (values.key.empty()) {
      ask(QuestionKind::RowsIn, values.table, std::vector<std::string>(), "rows of `" + values.table + "` to keep");
      return;
    }
    std::vector<std::string> conditions;
    for (const KeptColumn& column : values.columns) conditions.push_back("(" + column.condition + ")");
    Question& question = ask(QuestionKind::Violates, values.table, std::vector<std::string>(), "rows of `" + values.table + "` with values to keep");
    question.condition = names_.expression(values.table, join(conditions, " OR "));
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
      ask(QuestionKind::RowsIn, step_.table, std::vector<std::string>(), "rows of `" + step_.table + (step_.aside.empty() ? "`, all lost" : "`, kept aside"));
      risk.decided_by = number_of_last_question();
      if (dialect_.capabilities().transactional_ddl) ask_for_references_to_what_goes(step_.table);
    }
  }

  /// A foreign key may refer to no table, and no row under it then.
  void ask_for_references_to_what_goes(const std::string& table) {
    const auto is_it = [&](const Table& one) { return equal_ignoring_case(one.name, table); };
    if (std::any_of(input_.changes.tables_created.begin(), input_.changes.tables_created.end(), is_it)) return;
    for (const auto& [name, standing] : input_.match.from().tables) {
      const auto& dropped = input_.changes.tables_dropped;
      if (std::any_of(dropped.begin(), dropped.end(), [&](const Table& one) { return one.name == standing.name; })) continue;
      const auto refers = [&](const ForeignKey& key) { return equal_ignoring_case(key.table, table); };
      if (std::none_of(standing.foreign_keys.begin(), standing.foreign_keys.end(), refers)) continue;
      const auto child = rows_.table(name);
      for (const ForeignKey& key : child->after.foreign_keys) {
        const std::optional<Seen> seen = refers(key) ? rows_.see(*child, key.columns) : std::nullopt;
        if (seen) ask_for_no_references(*child, *seen, table, "rows of `" + child->after.name + "` whose (" + join(key.columns, ", ") + ") refers to `" + table + "`, which goes");
      }
    }
  }

  // --- alterations

  /// In the words of the file that declares what is asked about.
  static bool is_said_in_sql(const Question& question) { return question.origin.file.ends_with(".sql"); }

  static std::string where_values_come_from(const Question& question, const std::string& column) {
    if (is_said_in_sql(question)) return "behind the column where the values come from, `-- plumb: backfill (…)`";
    return "in the description where the values come from: `" + column + " … backfill (…)`";
  }

  static std::string let_be_null(const Question& question) { return is_said_in_sql(question) ? "let it be NULL" : "make it nullable with `?`"; }

  void judge_alteration(const diff::Pair<Table>& pair) {
    const diff::TableDelta delta = diff::compare(pair.before, pair.after);
    for (const Column& column : delta.columns_dropped) judge_dropped_column(pair, column);
    for (const Column& column : delta.columns_added) judge_added_column(pair, column);
    for (const auto& change : delta.columns_altered) judge_changed_column(pair, change);
    for (const Column& column : pair.after.columns) {
      if (column.generated && !column.nullable) judge_computed_not_null(pair, column);
    }
    if (delta.options_changed) judge_kept_columns(pair, delta);
    for (const Index& index : delta.indexes_created) {
      if (index.kind == IndexKind::Unique) judge_unique(pair, index, called(index));
    }
    if (delta.primary_key_changed && pair.after.primary_key) judge_primary_key(pair);
    judge_kept_keys(pair, delta);
    judge_kept_checks(pair, delta);
    for (const Check& check : delta.checks_added) judge_check(pair, check, check.name.empty() ? "the check" : "check `" + check.name.text + "`");
    judge_clauses(pair);
    for (const ForeignKey& key : delta.foreign_keys_added) {
      if (!only_gets_a_name(pair, key)) judge_foreign_key(pair, key);
    }
    judge_kept_references(pair, delta);
  }

  void judge_dropped_column(const diff::Pair<Table>& pair, const Column& column) {
    const std::string& table = pair.after.name;
    if (column.generated) return;
    const Drop* drop = declared(DropKind::Column, table, column.name);
    Question& question = ask(QuestionKind::Violates, table, {column.name}, "values in `" + table + "." + column.name + (step_.aside.empty() ? "`, all lost" : "`, kept aside"));
    question.condition = dialect_.quote(names_.column(table, column.name)) + " IS NOT NULL";
    Risk risk{RiskKind::DropColumn, "loses the values of `" + table + "." + column.name + "`", drop != nullptr, -1, drop != nullptr ? drop->origin : Origin()};
    risk.decided_by = number_of_last_question();
    step_.risks.push_back(std::move(risk));
  }

  void judge_added_column(const diff::Pair<Table>& pair, const Column& column) {
    for (const Check& check : column.checks) {
      if (rows_.value(pair, column) != "NULL") judge_check(pair, check, "the check on `" + pair.after.name + "." + column.name + "`");
    }
    if (column.nullable || column.generated || column.auto_increment || dialect_.fills_by_itself(column, pair)) return;
    const std::string fill = rows_.backfill_of(pair.after.name, column.name);
    if (fill.empty() && column.default_value) return;
    const std::string place = "`" + pair.after.name + "." + column.name + "`";
    if (keeps_history(pair.before)) {
      Question& question = ask(QuestionKind::RowsIn, pair.after.name, std::vector<std::string>(), "rows and their history, which nothing can give a value in the new column " + place);
      question.origin = origin_of(pair.after.name, column.name);
      question.with_history = true;
      question.blocks = true;
      question.advice = "give the column a default, which the history gets as well, or " + let_be_null(question);
      return;
    }
    if (fill.empty()) {
      Question& question = ask(QuestionKind::RowsIn, pair.after.name, std::vector<std::string>(), "rows that would have no value in the new column " + place);
      question.origin = origin_of(pair.after.name, column.name);
      question.blocks = true;
      question.advice = "say " + where_values_come_from(question, column.name) + ", or give it a default, or " + let_be_null(question);
      return;
    }
    if (!rows_.can_be_asked(fill, pair)) return;  // the guard asks when the step runs
    Question& question = ask(QuestionKind::Violates, pair.after.name, std::vector<std::string>(), "rows for which the backfill of " + place + " gives NULL");
    question.origin = origin_of(pair.after.name, column.name);
    question.condition = "(" + names_.expression(pair.after.name, fill) + ") IS NULL";
    asked_elsewhere_.insert(step_.questions.size() - 1);
    question.blocks = true;
    question.advice = "make the backfill give a value for every row, for example `backfill (coalesce(…, …))`";
  }

  void judge_changed_column(const diff::Pair<Table>& pair, const diff::Pair<Column>& change) {
    if (change.before.nullable && !change.after.nullable && !change.after.generated) judge_not_null(pair, change);
    if (change.after.generated && !change.before.generated) judge_generated(pair, change);
    judge_narrowing(pair, change);
    for (const Check& check : change.after.checks) {
      const auto& old = change.before.checks;
      if (std::find(old.begin(), old.end(), check) == old.end()) judge_check(pair, check, "the check on `" + pair.after.name + "." + change.after.name + "`");
    }
  }

  void judge_not_null(const diff::Pair<Table>& pair, const diff::Pair<Column>& change) {
    const std::string& table = pair.after.name;
    const std::string place = "`" + table + "." + change.after.name + "`";
    const std::string fill = rows_.backfill_of(table, change.after.name);
    if (keeps_history(pair.before)) {  // filling a row puts what it was into the history
      Question& question = ask(QuestionKind::NullsIn, table, {change.after.name}, "rows with NULL in " + place + ", now or in their history, which becomes not null");
      question.with_history = true;
      question.blocks = true;
      question.advice = let_be_null(question) + ": the history cannot be filled (`DELETE HISTORY` ends it)";
    } else if (fill.empty()) {
      Question& question = ask(QuestionKind::NullsIn, table, {change.after.name}, "rows with NULL in " + place + ", which becomes not null");
      question.blocks = true;
      question.advice = "say " + where_values_come_from(question, change.after.name) + ", or " + let_be_null(question);
    } else if (rows_.can_be_asked(fill, pair)) {
      Question& question = ask(QuestionKind::Violates, table, std::vector<std::string>(), "rows for which the backfill of " + place + " gives NULL");
      question.origin = origin_of(table, change.after.name);
      question.condition = dialect_.quote(names_.column(table, change.after.name)) + " IS NULL AND (" + names_.expression(table, fill) + ") IS NULL";
      asked_elsewhere_.insert(step_.questions.size() - 1);
      question.blocks = true;
      question.advice = "make the backfill give a value for every row";
    }
  }

  void judge_computed_not_null(const diff::Pair<Table>& pair, const Column& column) {
    const Column* before = pair.before.find_column(column.name);
    if (before != nullptr && !before->nullable && rows_.is_plain(pair, column)) return;
    const std::string text = "rows for which the expression of `" + pair.after.name + "." + column.name + "`, which is not null, gives NULL";
    const std::optional<Seen> seen = rows_.see(pair, {column.name});
    if (!seen) return not_asked(text);
    Question& question = ask(QuestionKind::Violates, pair.after.name, *seen, text);
    question.condition = dialect_.quote(seen->columns.front()) + " IS NULL";
    question.blocks = true;
    question.advice = "make the expression give a value for every row, or " + let_be_null(question);
  }

  /// What stands in the column gives way to what its expression computes.
  void judge_generated(const diff::Pair<Table>& pair, const diff::Pair<Column>& change) {
    const std::string& table = pair.after.name;
    const std::string column = dialect_.quote(names_.column(table, change.after.name));
    const std::string computed = rows_.value(pair, change.after);
    Question& question = ask(QuestionKind::Violates, table, {change.after.name}, "values in `" + table + "." + change.after.name + "` that its expression replaces by others");
    question.condition = column + " IS NOT NULL";
    if (!computed.empty()) question.condition = "CASE WHEN " + column + " = " + computed + " THEN 0 WHEN " + column + " IS NULL AND " + computed + " IS NULL THEN 0 ELSE 1 END = 1";
    question.advice = "compare both before the values go, or say `--allow narrow`";
    step_.risks.push_back({RiskKind::Narrow, "replaces values of `" + table + "." + change.after.name + "` by what its expression gives", false, number_of_last_question(), origin_of(table, change.after.name)});
  }

  /// A table's options may say what its columns take.
  void judge_kept_columns(const diff::Pair<Table>& pair, const diff::TableDelta& delta) {
    for (const Column& after : pair.after.columns) {
      const Column* before = pair.before.find_column(after.name);
      const bool is_altered = std::any_of(delta.columns_altered.begin(), delta.columns_altered.end(), [&](const auto& change) { return change.after.name == after.name; });
      if (before != nullptr && !is_altered) judge_narrowing(pair, {*before, after});
    }
  }

  void judge_narrowing(const diff::Pair<Table>& pair, const diff::Pair<Column>& change) {
    const std::string& table = pair.after.name;
    const std::string place = "`" + table + "." + change.after.name + "`";
    diff::Pair<Column> live = change;
    live.before.name = names_.column(table, change.before.name);
    for (const Question& narrowing : dialect_.narrowing(live, pair)) {
      int decided_by = -1;
      if (!narrowing.condition.empty()) {
        step_.questions.push_back(narrowing);
        step_.questions.back().table = names_.table(table);
        step_.questions.back().origin = origin_of(table, change.after.name);
        step_.questions.back().text = replace_all(narrowing.text, "`" + live.before.name + "`", place);
        ask_the_history(pair, step_.questions.back());
        decided_by = number_of_last_question();
      }
      if (narrowing.blocks) continue;  // the answer alone decides
      step_.risks.push_back({RiskKind::Narrow, "may change values of " + place + ": `" + change.before.type.native.common + "` to `" + change.after.type.native.common + "`", false, decided_by, origin_of(table, change.after.name)});
    }
  }

  /// Its values are converted as well, and no statement can change them first.
  static void ask_the_history(const diff::Pair<Table>& pair, Question& question) {
    if (!keeps_history(pair.before) || !keeps_history(pair.after)) return;
    question.with_history = true;
    question.text += ", now or in their history";
    if (question.blocks) question.advice = "change these values first, and end the history that holds them (`DELETE HISTORY`)";
  }

  // --- keys

  void judge_primary_key(const diff::Pair<Table>& pair) {
    Index key;
    key.kind = IndexKind::Unique;
    key.parts = pair.after.primary_key->parts;
    judge_unique(pair, key, "the primary key");
  }

  /// A key that stays compares other values than before where a column under it is converted or collated anew.
  void judge_kept_keys(const diff::Pair<Table>& pair, const diff::TableDelta& delta) {
    const auto compares_anew = [&](const std::vector<IndexPart>& parts) {
      return std::any_of(parts.begin(), parts.end(), [&](const IndexPart& part) {
        const auto is_of_part = [&](const auto& change) { return part.expression ? contains(rows_.named_in(part.expression->common, pair.after), change.after.name) : equal_ignoring_case(part.column, change.after.name); };
        if (!part.expression && is_computed_from_others(pair, part.column)) return true;
        return std::any_of(delta.columns_altered.begin(), delta.columns_altered.end(), [&](const auto& change) { return is_of_part(change) && (is_converted(change) || is_computed_anew(change)); });
      });
    };
    for (const Index& index : pair.after.indexes) {
      const bool is_new = std::any_of(delta.indexes_created.begin(), delta.indexes_created.end(), [&](const Index& one) { return one.name == index.name; });
      if (index.kind == IndexKind::Unique && !is_new && compares_anew(index.parts)) judge_unique(pair, index, called(index) + ", which stays");
    }
    if (pair.after.primary_key && !delta.primary_key_changed && compares_anew(pair.after.primary_key->parts)) judge_primary_key(pair);
  }

  /// A column that stays computed, over one that holds something else afterwards.
  bool is_computed_from_others(const diff::Pair<Table>& pair, const std::string& name) const {
    const Column* column = pair.after.find_column(name);
    return column != nullptr && column->generated && pair.before.find_column(name) != nullptr && !rows_.is_plain(pair, *column);
  }

  static bool is_computed_anew(const diff::Pair<Column>& change) { return change.after.generated && !(change.before.generated == change.after.generated); }

  /// A check that stays sees other values where the expression of a column that it names becomes another one, and no engine asks
  /// the rows of that.
  void judge_kept_checks(const diff::Pair<Table>& pair, const diff::TableDelta& delta) {
    const auto sees_anew = [&](const Check& check) {
      const std::vector<std::string> named = rows_.named_in(check.expression.common, pair.after);
      if (std::any_of(named.begin(), named.end(), [&](const std::string& name) { return is_computed_from_others(pair, name); })) return true;
      return std::any_of(delta.columns_altered.begin(), delta.columns_altered.end(), [&](const auto& change) {
        return (is_computed_anew(change) || change.before.collation != change.after.collation) && contains(named, change.after.name);
      });
    };
    const auto is_new = [&](const Check& check, const std::vector<Check>& before) { return std::find(before.begin(), before.end(), check) == before.end(); };
    for (const Check& check : pair.after.checks) {
      if (!is_new(check, pair.before.checks) && sees_anew(check)) judge_check(pair, check, check.name.empty() ? "a check that stays" : "check `" + check.name.text + "`, which stays");
    }
    for (const Column& column : pair.after.columns) {
      const Column* before = pair.before.find_column(column.name);
      for (const Check& check : column.checks) {
        if (before != nullptr && !is_new(check, before->checks) && sees_anew(check)) judge_check(pair, check, "the check on `" + pair.after.name + "." + column.name + "`, which stays");
      }
    }
  }

  bool is_converted(const diff::Pair<Column>& change) const { return dialect_.converted(change) != dialect_.quote(change.before.name); }

  void judge_unique(const diff::Pair<Table>& pair, const Index& index, const std::string& what) {
    const std::vector<std::string> used = columns_of(pair, index);
    for (const auto& name : used) {
      const Column* column = pair.after.find_column(name);
      const bool is_new = pair.before.find_column(name) == nullptr;
      if (is_new && (column->auto_increment || dialect_.fills_by_itself(*column, pair))) return;  // counted by the engine
      if (is_new && rows_.value(pair, *column) == "NULL") return;
    }
    const std::string list = join(described(index), ", ");
    const std::string text = "values of (" + list + ") of `" + pair.after.name + "` that stand in several rows, against " + what;
    const std::optional<Seen> rows = rows_.see(pair, used);
    const std::optional<Seen> seen = rows ? keys_of(pair, index, *rows) : std::nullopt;
    if (!seen) return not_asked("whether " + text);
    Question& question = ask(QuestionKind::Duplicates, pair.after.name, *seen, text);
    if (index.where) question.condition = seen->seen_as.empty() ? names_.expression(pair.after.name, index.where->common) : index.where->common;
    question.blocks = true;
    question.advice = "make these rows differ or remove the surplus ones first";
  }

  /// Every column that an index looks at.
  std::vector<std::string> columns_of(const diff::Pair<Table>& pair, const Index& index) const {
    std::vector<std::string> names;
    const auto add = [&](const std::vector<std::string>& more) {
      for (const auto& name : more) {
        if (!contains(names, name)) names.push_back(name);
      }
    };
    for (const IndexPart& part : index.parts) add(part.expression ? rows_.named_in(part.expression->common, pair.after) : std::vector<std::string>{part.column});
    if (index.where) add(rows_.named_in(index.where->common, pair.after));
    std::erase_if(names, [&](const std::string& name) { return pair.after.find_column(name) == nullptr; });
    return names;
  }

  static std::vector<std::string> described(const Index& index) {
    std::vector<std::string> parts;
    for (const IndexPart& part : index.parts) {
      std::string text = part.expression ? part.expression->common : part.column;
      if (part.length) text += "(" + std::to_string(*part.length) + ")";
      if (!part.collation.empty()) text += " " + part.collation;
      parts.push_back(std::move(text));
    }
    return parts;
  }

  /// The rows with a column for each part of the index, where a part compares something else than a column's value. An
  /// expression over a column that changes cannot be said.
  std::optional<Seen> keys_of(const diff::Pair<Table>& pair, const Index& index, const Seen& rows) const {
    Seen keys;
    bool all_plain = rows.seen_as.empty();
    std::vector<std::string> added;
    for (const IndexPart& part : index.parts) {
      if (part.expression && !rows.seen_as.empty()) return std::nullopt;
      const std::string value = part.expression ? "(" + names_.expression(pair.after.name, part.expression->common) + ")" : rows_.value(pair, *pair.after.find_column(part.column));
      const std::string key = dialect_.key_value(value, part);
      if (key.empty() && !value.empty()) return std::nullopt;
      if (part.expression || key != value) all_plain = false;
      const std::string name = part.expression ? "key_" + std::to_string(keys.columns.size() + 1) : part.column;
      keys.columns.push_back(name);
      keys.seen_as.push_back({name, key});
      added.push_back(name);
    }
    if (all_plain) {
      std::vector<std::string> columns;
      for (const IndexPart& part : index.parts) columns.push_back(part.column);
      return Seen{names_.columns(pair.after.name, columns), {}};
    }
    if (!index.where) return keys;
    for (const auto& name : rows_.named_in(index.where->common, pair.after)) {
      if (!contains(added, name)) keys.seen_as.push_back({name, rows_.value(pair, *pair.after.find_column(name))});
    }
    return keys;
  }

  // --- checks

  void judge_check(const diff::Pair<Table>& pair, const Check& check, const std::string& what) {
    const std::string text = "rows of `" + pair.after.name + "` that violate " + what;
    const std::vector<std::string> named = rows_.named_in(check.expression.common, pair.after);
    const std::optional<Seen> seen = rows_.see(pair, named);
    if (!seen) return not_asked(text);
    Question& question = ask(QuestionKind::Violates, pair.after.name, *seen, text);
    question.condition = "NOT (" + (seen->seen_as.empty() ? names_.expression(pair.after.name, check.expression.common) : check.expression.common) + ")";
    if (question.columns.size() > most_columns_shown) question.columns.clear();
    question.blocks = true;
    question.advice = "change these rows first";
  }

  /// Rows that stand against a check which stays stop a statement that writes the table anew; against one that goes, its way back.
  void ask_for_rows_against_checks(const diff::Pair<Table>& pair) {
    const diff::TableDelta delta = diff::compare(pair.before, pair.after);
    const bool adds_what_is_asked = std::any_of(delta.columns_added.begin(), delta.columns_added.end(), [&](const Column& column) {
      return !column.checks.empty() || (column.generated && !column.nullable) || !rows_.backfill_of(pair.after.name, column.name).empty();
    });
    const bool writes_anew = adds_what_is_asked || step_.how == "rebuild" || !delta.columns_altered.empty() || delta.options_changed || delta.primary_key_changed || delta.order_changed;
    const auto ask_of = [&](const Check& check, const std::vector<Check>& after) {
      const bool stays = std::find(after.begin(), after.end(), check) != after.end();
      if (!stays || writes_anew) ask_for_rows_against(pair, check);
    };
    for (const Check& check : pair.before.checks) ask_of(check, pair.after.checks);
    for (const Column& column : pair.before.columns) {
      const Column* after = pair.after.find_column(column.name);
      for (const Check& check : column.checks) ask_of(check, after == nullptr ? std::vector<Check>() : after->checks);
    }
  }

  void ask_for_rows_against(const diff::Pair<Table>& pair, const Check& check) {
    const std::vector<std::string> named = rows_.named_in(check.expression.common, pair.before);
    const auto comes = [&](const std::string& name) { return input_.match.from().tables.at(pair.before.name).find_column(name) == nullptr; };
    if (!input_.match.from().tables.contains(pair.before.name) || std::any_of(named.begin(), named.end(), comes)) return;
    Question& question = ask(QuestionKind::Violates, pair.after.name, named.size() > most_columns_shown ? std::vector<std::string>() : named,
                             "rows of `" + pair.after.name + "` that stand against " + (check.name.empty() ? "the check `" + check.expression.common + "`" : "check `" + check.name.text + "`"));
    question.is_about_standing_rows = true;
    question.condition = "NOT (" + names_.expression(pair.after.name, check.expression.common) + ")";
  }

  void judge_clauses(const diff::Pair<Table>& pair) {
    const std::string& table = pair.after.name;
    for (Question& question : dialect_.about_clauses(pair)) {
      const std::optional<Seen> seen = rows_.see(pair, rows_.named_in(question.condition, pair.after));
      if (!seen) {
        not_asked(question.text);
        continue;
      }
      if (seen->seen_as.empty()) question.condition = names_.expression(table, question.condition);
      question.columns = seen->columns;
      question.seen_as = seen->seen_as;
      question.table = names_.table(table);
      question.origin = origin_of(table, {});
      const bool ends_the_history = question.with_history;
      if (ends_the_history) question.text += input_.attic.prefix.empty() ? ", all lost" : ", kept aside";
      step_.questions.push_back(std::move(question));
      if (!ends_the_history) continue;
      const std::string what_happens = input_.attic.prefix.empty() ? " and loses its history" : ", whose history " + std::string(kept_aside);
      step_.risks.push_back({RiskKind::Narrow, "ends the versioning of `" + table + "`" + what_happens, false, number_of_last_question(), origin_of(table, {})});
    }
  }

  // --- references

  void judge_foreign_key(const diff::Pair<Table>& pair, const ForeignKey& key) {
    if (!key.database.empty()) return;
    const std::string list = join(key.columns, ", ");
    const std::string text = "rows of `" + pair.after.name + "` whose (" + list + ") has no row in `" + key.table + "`";
    const bool stays_empty = std::any_of(key.columns.begin(), key.columns.end(), [&](const std::string& name) {
      const Column* column = pair.after.find_column(name);
      return column != nullptr && pair.before.find_column(name) == nullptr && rows_.value(pair, *column) == "NULL";
    });
    if (stays_empty) return;
    const std::optional<Seen> child = rows_.see(pair, key.columns);
    const auto parent = rows_.table(key.table);
    if (!child) return not_asked(text);
    if (!parent) return judge_reference_to_new_table(pair, key, *child, text);
    std::vector<std::string> referenced = key.referenced;
    if (referenced.empty() && parent->after.primary_key) {
      for (const auto& part : parent->after.primary_key->parts) referenced.push_back(part.column);
    }
    if (std::any_of(referenced.begin(), referenced.end(), [&](const std::string& name) { return lets_no_row_stand(*parent, name); })) return ask_for_no_references(pair, *child, key.table, text + ", in which no row can stand by then");
    const std::optional<Seen> seen = rows_.see(*parent, referenced);
    if (!seen || referenced.size() != key.columns.size()) return not_asked(text);
    Question& question = ask(QuestionKind::OrphansOf, pair.after.name, *child, text);
    question.parent = names_.table(key.table);
    question.parent_columns = seen->columns;
    question.parent_seen_as = seen->seen_as;
    question.blocks = true;
    question.advice = "add the missing rows or clear the references first";
  }

  /// Rows may stand under a key that it would not take: whoever wrote them had switched it off. The statement that puts it on asks by itself.
  void judge_key_put_back(const ForeignKey& key) {
    const auto pair = rows_.table(step_.table);
    const std::size_t asked = step_.questions.size();
    if (pair) judge_foreign_key(*pair, key);
    if (step_.questions.size() > asked) asked_elsewhere_.insert(asked);
  }

  /// The way back puts the key on over them again, and does not take them for rows that came since.
  void ask_for_orphans_that_stand(const ForeignKey& key) {
    if (!key.database.empty() || !input_.match.from().tables.contains(key.table)) return;
    Question& question = ask(QuestionKind::OrphansOf, step_.table, key.columns, "rows of `" + step_.table + "` whose (" + join(key.columns, ", ") + ") has no row in `" + key.table + "`, under a foreign key that goes");
    question.is_about_standing_rows = true;
    question.parent = names_.table(key.table);
    question.parent_columns = names_.columns(key.table, key.referenced);
  }

  /// Where a table is written anew as a whole, rows that stood without a parent go along.
  bool only_gets_a_name(const diff::Pair<Table>& pair, const ForeignKey& key) const {
    const auto is_it = [&](ForeignKey before) { return (before.name = key.name, before == key); };
    return dialect_.capabilities().transactional_ddl && std::any_of(pair.before.foreign_keys.begin(), pair.before.foreign_keys.end(), is_it);
  }

  /// It has no rows yet.
  void judge_reference_to_new_table(const diff::Pair<Table>& pair, const ForeignKey& key, const Seen& child, const std::string& text) {
    const auto& created = input_.changes.tables_created;
    if (std::none_of(created.begin(), created.end(), [&](const Table& table) { return table.name == key.table; })) return;
    ask_for_no_references(pair, child, key.table, text + ", which is new and empty");
  }

  /// A new column without a value forbids the step where the table has rows.
  bool lets_no_row_stand(const diff::Pair<Table>& pair, const std::string& name) const {
    const Column* column = pair.after.find_column(name);
    return column != nullptr && pair.before.find_column(name) == nullptr && !column->nullable && !column->default_value && !column->generated && !column->auto_increment && !dialect_.fills_by_itself(*column, pair) &&
           rows_.backfill_of(pair.after.name, name).empty();
  }

  void ask_for_no_references(const diff::Pair<Table>& pair, const Seen& child, const std::string& parent, const std::string& text) {
    Question& question = ask(QuestionKind::Violates, pair.after.name, child, text);
    std::vector<std::string> conditions;
    for (const auto& column : child.columns) conditions.push_back(dialect_.quote(column) + " IS NOT NULL");
    question.condition = join(conditions, " AND ");
    question.blocks = true;
    const bool stands = input_.match.from().tables.contains(parent);
    const auto& created = input_.changes.tables_created;
    const bool comes = std::any_of(created.begin(), created.end(), [&](const Table& table) { return table.name == parent; });
    question.advice = "clear the references first" + (comes || (stands && step_.effect.tables_dropped.empty()) ? ", and set them once `" + parent + "` has its rows" : std::string(", or drop the foreign key"));
  }

  /// References that stay find other rows, or none, once either end compares anew. Asked where the child's column changes,
  /// else where the parent's does.
  void judge_kept_references(const diff::Pair<Table>& pair, const diff::TableDelta& delta) {
    if (dialect_.match_rules().foreign_keys_share_collation) return;  // such a key is put on anew, and asked for then
    const auto is_collated_anew = [](const diff::Pair<Table>& table, const std::vector<std::string>& columns) {
      return std::any_of(columns.begin(), columns.end(), [&](const std::string& name) {
        const Column* before = table.before.find_column(name);
        const Column* after = table.after.find_column(name);
        return before != nullptr && after != nullptr && before->collation != after->collation;
      });
    };
    for (const ForeignKey& key : pair.after.foreign_keys) {
      if (std::find(delta.foreign_keys_added.begin(), delta.foreign_keys_added.end(), key) != delta.foreign_keys_added.end()) continue;
      if (is_collated_anew(pair, key.columns)) judge_foreign_key(pair, key);
    }
    for (const auto& [name, standing] : input_.match.from().tables) {
      if (std::none_of(standing.foreign_keys.begin(), standing.foreign_keys.end(), [&](const ForeignKey& key) { return key.table == pair.after.name; })) continue;
      const auto child = rows_.table(name);
      for (const ForeignKey& key : child->after.foreign_keys) {
        if (key.table != pair.after.name || !key.database.empty() || !is_collated_anew(pair, key.referenced) || is_collated_anew(*child, key.columns)) continue;
        const auto& before = child->before.foreign_keys;
        if (std::find(before.begin(), before.end(), key) != before.end()) judge_foreign_key(*child, key);
      }
    }
  }

  // --- rows that come between plan and apply

  const Table& table_after_renames(const std::string& table) const {
    static const Table none;
    const auto found = input_.match.from().tables.find(table);
    return found == input_.match.from().tables.end() ? none : found->second;
  }

  /// What forbids the step is asked once more just before its first statement.
  void ask_again_when_it_runs() {
    std::vector<Command> guards;
    for (std::size_t i = 0; i < step_.questions.size(); ++i) {
      const Question question = names_.as_the_step_finds_it(step_.questions[i]);
      const std::string message = "{n} in the way: " + question.text + (question.advice.empty() ? "" : "; " + question.advice);
      step_.asked_again.push_back({CommandKind::Guard, dialect_.spell(question), message, dialect_.spell_rows(question, table_after_renames(question.table))});
      if (!question.blocks || asked_elsewhere_.contains(i)) continue;
      const Command& guard = step_.asked_again.back();
      const auto is_it = [&](const Command& command) { return command.sql == guard.sql; };
      const auto standing_guard = std::find_if(step_.commands.begin(), step_.commands.end(), is_it);
      if (standing_guard != step_.commands.end()) *standing_guard = guard;
      else if (std::none_of(guards.begin(), guards.end(), is_it)) guards.push_back(guard);
    }
    step_.commands.insert(step_.commands.begin(), guards.begin(), guards.end());
  }

  Step& step_;
  const PlanInput& input_;
  const Dialect& dialect_;
  LiveNames names_;
  RowsAfter rows_;
  std::set<std::size_t> asked_elsewhere_;  ///< numbers of questions that another statement asks again
};

}  // namespace

void classify(Step& step, const PlanInput& input, const Dialect& dialect) { Classifier(step, input, dialect).run(); }

}  // namespace plumb::plan
