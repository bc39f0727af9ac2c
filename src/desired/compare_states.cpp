#include "desired/compare_states.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "desired/carry_over.hpp"
#include "desired/overlook_widths.hpp"
#include "desired/scratch_database.hpp"
#include "dialect/backup_sql.hpp"
#include "diff/same_query.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::desired {
namespace {

diff::MatchRules rules_of(const Dialect& dialect) {
  diff::MatchRules rules = dialect.match_rules();
  rules.drop_undeclared_tables = true;
  rules.drop_undeclared_columns = true;
  rules.drop_undeclared_views = true;
  rules.drop_undeclared_triggers = true;
  return rules;
}

template <class T>
void swap_pairs(std::vector<diff::Pair<T>>& pairs) {
  for (auto& pair : pairs) std::swap(pair.before, pair.after);
}

diff::Changes reversed(diff::Changes changes) {
  std::swap(changes.tables_created, changes.tables_dropped);
  std::swap(changes.views_created, changes.views_dropped);
  std::swap(changes.triggers_created, changes.triggers_dropped);
  swap_pairs(changes.tables_altered);
  swap_pairs(changes.views_altered);
  swap_pairs(changes.triggers_altered);
  return changes;
}

/// For states of two engines: names that one of them made up, and what became a constraint on one and an index on the
/// other, are no difference.
void forget_names(Schema& schema) {
  for (auto& [name, table] : schema.tables) {
    for (Index& index : table.indexes) {
      std::vector<std::string> columns;
      for (const IndexPart& part : index.parts) columns.push_back(to_lower(part.column) + (part.expression ? part.expression->common : ""));
      index.name = ObjectName(generated_name(index.kind == IndexKind::Unique ? "unique" : "index", "", columns), true);
      index.constraint = false;
      index.comment.clear();
    }
    for (ForeignKey& key : table.foreign_keys) key.name = ObjectName(generated_name("fk", name, key.columns), true);
    for (Check& check : table.checks) check.name = ObjectName("", true);
    for (Column& column : table.columns) {
      column.comment.clear();
      for (Check& check : column.checks) check.name = ObjectName("", true);
    }
    table.comment.clear();
  }
}

std::unique_ptr<ScratchDatabase> scratch_for(const std::string& engine, const DesiredOptions& options) {
  if (engine == "sqlite") return ScratchDatabase::in_memory();
  if (options.scratch && options.scratch->engine == engine) return ScratchDatabase::on_mariadb(*options.scratch, nullptr);
  if (options.target && options.target->engine == engine) return ScratchDatabase::on_mariadb(*options.target, nullptr);
  return nullptr;
}

class Comparer {
 public:
  Comparer(const Side& from, const Side& to, const std::string& engine, const DesiredOptions& options) : from_(from), to_(to), dialect_(dialect_for(engine)), options_(options) {
    report_.engine = engine;
    report_.from = from.spoken;
    report_.to = to.spoken;
  }

  plan::DifferenceReport run() {
    const bool crosses = is_of_other_engine(from_) || is_of_other_engine(to_);
    if (crosses) compare_across();
    else if (from_.engine.empty() != to_.engine.empty()) compare_text_with_state();
    else compare_alike();
    return std::move(report_);
  }

 private:
  /// A state of an engine that holds no value to its column's type.
  static bool is_loose(const Side& side) { return !side.engine.empty() && !backup_sql_for(side.engine).types_bind(); }

  bool is_of_other_engine(const Side& side) const { return !side.engine.empty() && side.engine != dialect_.name(); }

  void take(const diff::Match& match, bool backwards) {
    std::vector<diff::Rename> renames = match.renames;
    if (backwards) {
      for (auto& rename : renames) std::swap(rename.from, rename.to);
    }
    report_.differences = plan::differences_of(backwards ? reversed(match.changes) : match.changes, renames);
    for (const auto& refusal : match.refusals) report_.left_out.push_back(refusal.text);
  }

  void note_what_cannot_be(const Side& side) {
    if (!side.engine.empty()) return;
    for (const auto& sentence : dialect_.cannot_express(side.description)) report_.left_out.push_back(sentence);
  }

  /// Two texts of the language, or two states that the engine has spelled.
  void compare_alike() {
    note_what_cannot_be(from_);
    note_what_cannot_be(to_);
    Description description = to_.description;
    description.is_complete = true;  // what one of them does not say, it does not have
    const CanonicalSchema before = dialect_.canonicalise(from_.description.schema);
    const CanonicalSchema after = dialect_.canonicalise(to_.description.schema);
    take(diff::match(before.share(), after.schema(), description, rules_of(dialect_)), false);
    compare_opaque(before.schema(), after.schema());
  }

  /// A text of the language leaves things open; the state fills them, in whichever direction one looks.
  void compare_text_with_state() {
    const bool backwards = from_.engine.empty();
    const Side& text = backwards ? from_ : to_;
    const Side& state = backwards ? to_ : from_;
    note_what_cannot_be(text);
    LiveState live{dialect_.canonicalise(state.description.schema), {}, {}};
    const auto scratch = state.kind == SourceKind::Database ? nullptr : scratch_for(report_.engine, options_);
    const auto connection = state.kind == SourceKind::Database ? std::shared_ptr<db::Connection>(db::open(db::parse_target(state.path), db::OpenMode::ReadOnly))
                                                               : filled(scratch.get(), live.schema.schema());
    if (connection == nullptr) {
      const CanonicalSchema desired = dialect_.canonicalise(text.description.schema);
      return take(diff::match(live.schema.share(), desired.schema(), text.description, rules_of(dialect_)), backwards);
    }
    PlanOptions plan_options;
    plan_options.allowed = {"destructive"};
    plan_options.ask_rows = false;
    Description description = text.description;
    description.column_order_counts = description.column_order_counts || state.description.column_order_counts;
    take(make_plan(*connection, dialect_, live, description, plan_options).match, backwards);
  }

  /// A session in the scratch database, in which the state stands, so that views can be spelled; nullptr without one.
  std::shared_ptr<db::Connection> filled(const ScratchDatabase* scratch, const Schema& state) const {
    if (scratch == nullptr) return nullptr;
    auto connection = scratch->connect();
    for (const auto& sql : dialect_.create_statements(state)) {
      try {
        connection->execute(sql);
      } catch (const DatabaseError& error) {
        if (error.kind() == DatabaseErrorKind::Connection) throw;
        // a view over a stored function, which is no part of a state: its text is compared as it is
      }
    }
    return connection;
  }

  Schema in_common_terms(const Side& side, LeftOut& left_out) {
    if (side.engine.empty()) {
      note_what_cannot_be(side);
      return carried_over(dialect_.canonicalise(side.description.schema).schema(), dialect_, dialect_, Widths::AsSaid, left_out);
    }
    Schema schema = carried_over(side.description.schema, dialect_for(side.engine), dialect_, Widths::AsSaid, left_out);
    for (const auto& sentence : left_out.sentences) report_.left_out.push_back(side.spoken + ": " + sentence);
    return schema;
  }

  void compare_across() {
    LeftOut left_of_from;
    LeftOut left_of_to;
    Schema before = in_common_terms(from_, left_of_from);
    Schema after = in_common_terms(to_, left_of_to);
    if (is_loose(from_) && !is_loose(to_)) overlook_widths(before, from_.description.schema, after);
    if (is_loose(to_) && !is_loose(from_)) overlook_widths(after, to_.description.schema, before);
    before = dialect_.canonicalise(before).schema();
    after = dialect_.canonicalise(after).schema();
    forget_names(before);
    forget_names(after);
    Description description = to_.description;
    description.is_complete = false;
    take(diff::match(std::make_shared<const Schema>(std::move(before)), after, description, rules_of(dialect_)), false);
    compare_each("view", named(left_of_from.views, from_.description.schema.views), named(left_of_to.views, to_.description.schema.views));
    compare_each("trigger", named(left_of_from.triggers, from_.description.schema.triggers), named(left_of_to.triggers, to_.description.schema.triggers));
  }

  /// Without what stands for a clause (a trigger for `on update now`), which is compared as that.
  template <class T>
  static ByName<T> named(const std::vector<std::string>& names, const ByName<T>& all) {
    ByName<T> some;
    for (const std::string& name : names) some.insert(*all.find(name));
    return some;
  }

  sql::Lexis lexis_of(const Side& side) const { return (side.engine.empty() ? dialect_ : dialect_for(side.engine)).match_rules().lexis; }

  /// A text that reads alike on both engines is the same. Of another one nothing is known: each engine spells in its own way.
  template <class T>
  void compare_each(const std::string& object, const ByName<T>& before, const ByName<T>& after) {
    const auto find = [](const ByName<T>& objects, const std::string& name) {
      return std::find_if(objects.begin(), objects.end(), [&](const auto& entry) { return equal_ignoring_case(entry.first, name); });
    };
    for (const auto& [name, is] : after) {
      const auto was = find(before, name);
      if (was == before.end()) report_.differences.push_back({plan::DifferenceKind::Added, object, name, {}, {}, {}});
      else if (const auto place = other_place(was->second, is)) report_.differences.push_back({plan::DifferenceKind::Changed, object, name, {}, *place, {}});
      else if (!reads_alike(was->second, is)) report_.left_out.push_back("the text of " + object + " `" + name + "`, which both have, each in the words of its engine");
    }
    for (const auto& [name, was] : before) {
      if (find(after, name) == after.end()) report_.differences.push_back({plan::DifferenceKind::Dropped, object, name, {}, {}, {}});
    }
  }

  std::string text_of(const Side& side, const sql::EngineSql& sql) const { return sql.text_for(side.engine.empty() ? dialect_.name() : std::string_view(side.engine)); }

  static std::optional<std::string> other_place(const View& /*was*/, const View& /*is*/) { return std::nullopt; }

  /// What is certain whatever the texts say.
  static std::optional<std::string> other_place(const Trigger& was, const Trigger& is) {
    if (!equal_ignoring_case(was.table, is.table)) return "on `" + was.table + "` to on `" + is.table + "`";
    if (was.timing != is.timing || was.event != is.event) return "another moment";
    return std::nullopt;
  }

  bool reads_alike(const View& was, const View& is) const {
    const std::string before = text_of(from_, was.query);
    const std::string after = text_of(to_, is.query);
    const bool means_one_thing = means_the_same_everywhere(before, lexis_of(from_)) && means_the_same_everywhere(after, lexis_of(to_));
    return means_one_thing && was.columns == is.columns && diff::same_query(before, lexis_of(from_), after, lexis_of(to_));
  }

  bool reads_alike(const Trigger& was, const Trigger& is) const {
    if (was.update_of != is.update_of || !text_of(from_, was.when).empty() || !text_of(to_, is.when).empty()) return false;
    const std::string before = text_of(from_, was.body);
    const std::string after = text_of(to_, is.body);
    const bool means_one_thing = means_the_same_everywhere(before, lexis_of(from_)) && means_the_same_everywhere(after, lexis_of(to_));
    return means_one_thing && statements_of(before, lexis_of(from_)) == statements_of(after, lexis_of(to_));
  }

  /// || joins texts or is OR, / gives whole numbers or fractions, and a backslash in a string is one or begins something.
  static bool means_the_same_everywhere(std::string_view text, const sql::Lexis& lexis) {
    const auto tokens = sql::tokenize(text, lexis);
    return std::none_of(tokens.begin(), tokens.end(), [](const sql::Token& token) {
      if (token.kind == sql::TokenKind::String) return token.text.find('\\') != std::string_view::npos;
      return token.text == "||" || token.text == "&&" || token.text == "/" || token.text == "^";
    });
  }

  /// The statements of a trigger, with or without BEGIN and END around them.
  static std::string statements_of(std::string_view body, const sql::Lexis& lexis) {
    std::string form = sql::normal_form(body, lexis);
    constexpr std::string_view begin = "begin ";
    constexpr std::string_view end = " end";
    if (form.starts_with(begin) && form.ends_with(end)) form = form.substr(begin.size(), form.size() - begin.size() - end.size());
    while (form.ends_with(';') || form.ends_with(' ')) form.pop_back();
    return form;
  }

  void compare_opaque(const Schema& before, const Schema& after) {
    std::set<std::string> names;
    for (const auto& [name, opaque] : before.opaque) names.insert(name);
    for (const auto& [name, opaque] : after.opaque) names.insert(name);
    for (const auto& name : names) {
      const auto was = before.opaque.find(name);
      const auto is = after.opaque.find(name);
      const Opaque& one = is == after.opaque.end() ? was->second : is->second;
      // events are not run in a scratch database, so SQL is never found to have any
      const bool is_sql = from_.kind == SourceKind::Sql || to_.kind == SourceKind::Sql;
      if (one.kind == "shadow table" || (one.kind == "event" && is_sql)) continue;
      plan::DifferenceKind kind = plan::DifferenceKind::Changed;
      if (was == before.opaque.end()) kind = plan::DifferenceKind::Added;
      else if (is == after.opaque.end()) kind = plan::DifferenceKind::Dropped;
      else if (same_definition(was->second, is->second)) continue;
      report_.differences.push_back({kind, one.kind, one.name, {}, kind == plan::DifferenceKind::Changed ? "its definition" : std::string(), {}});
    }
  }

  const Side& from_;
  const Side& to_;
  const Dialect& dialect_;
  const DesiredOptions& options_;
  plan::DifferenceReport report_;
};

}  // namespace

std::string engine_for(const Side& from, const Side& to, const std::string& wanted) {
  if (!wanted.empty()) {
    dialect_for(wanted);
    return wanted;
  }
  if (from.engine.empty() && to.engine.empty()) return "mariadb";
  if (from.engine.empty() || to.engine.empty() || from.engine == to.engine) return from.engine.empty() ? to.engine : from.engine;
  return "sqlite";
}

plan::DifferenceReport compare(const Side& from, const Side& to, const std::string& engine, const DesiredOptions& options) { return Comparer(from, to, engine, options).run(); }

}  // namespace plumb::desired
