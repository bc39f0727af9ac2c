#include "validate/validate.hpp"

#include <algorithm>

#include "dialect/describe.hpp"
#include "model/packages.hpp"
#include "probe/ask_assertions.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::validate {
namespace {

/// What runs, beside what is kept.
bool is_routine(const Opaque& opaque) { return opaque.kind == "function" || opaque.kind == "procedure" || opaque.kind == "package" || opaque.kind == "package body" || opaque.kind == "event"; }

class Checker {
 public:
  Checker(db::Connection& connection, const Dialect& dialect, const Description& description, bool asks_server_spelling)
      : connection_(connection), dialect_(dialect), description_(description), asks_server_spelling_(asks_server_spelling) {}

  Report run() {
    const LiveState live = introspect(connection_, dialect_);
    report_.database = connection_.display_name();
    report_.recorded_version = live.version;
    report_.declared_version = description_.version;
    report_.tables = description_.schema.tables.size();
    compare(live);
    check_references(live.schema.schema());
    ask_assertions();
    check_version();
    return std::move(report_);
  }

 private:
  void find(Level level, std::string code, std::string text, Origin origin = {}) {
    report_.findings.push_back({level, std::move(code), std::move(text), std::move(origin)});
  }

  bool is_left_out_table(const std::string& name) const { return !left_out_package_of_table(description_, name).empty(); }

  Origin origin_of(const std::string& table) const {
    const auto found = description_.tables.find(table);
    return found == description_.tables.end() ? Origin() : found->second.origin;
  }

  Origin origin_of_once(const std::string& name) const {
    const auto& steps = description_.once_steps;
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const OnceStep& step) { return step.name == name; });
    return found == steps.end() ? Origin() : found->origin;
  }

  void compare(const LiveState& live) {
    PlanOptions options;
    options.needs_server_spelling = false;
    options.asks_server_spelling = asks_server_spelling_;
    options.ask_rows = false;
    const plan::Draft draft = make_plan(connection_, dialect_, live, description_, options);
    for (const auto& rename : draft.match.renames) {
      const std::string what = rename.kind == diff::Rename::Kind::Table ? "table `" + rename.from + "` should be called `" + rename.to + "`"
                                                                         : "column `" + rename.table + "." + rename.from + "` should be called `" + rename.to + "`";
      find(Level::Error, "orphaned-name", what, origin_of(rename.kind == diff::Rename::Kind::Table ? rename.to : rename.table));
    }
    for (const auto& refusal : draft.match.refusals) find(Level::Error, refusal.code == "both-names-exist" ? "orphaned-name" : refusal.code, refusal.text, refusal.origin);
    for (const auto& table : draft.match.changes.tables_created) find(Level::Error, "missing-table", "table `" + table.name + "` is missing", origin_of(table.name));
    for (const auto& table : draft.match.changes.tables_dropped) find(Level::Error, "drift", "table `" + table.name + "` stands, but the description drops it");
    for (const auto& pair : draft.match.changes.tables_altered) compare_table(pair);
    for (const auto& [name, opaque] : draft.match.changes.opaque_created) {
      if (opaque.table.empty()) find(Level::Error, "missing-table", opaque.kind + " `" + opaque.name + "` is missing");
    }
    compare_what_only_the_engine_can_say(live.schema.schema(), draft.match.changes.opaque_created);
    for (const auto& [name, opaque] : draft.match.changes.opaque_dropped) {
      if (opaque.table.empty()) find(Level::Error, "drift", opaque.kind + " `" + opaque.name + "` stands, but the description drops it");
    }
    for (const auto& view : draft.match.changes.views_created) find(Level::Error, "missing-view", "view `" + view.name + "` is missing");
    for (const auto& view : draft.match.changes.views_dropped) find(Level::Error, "drift", "view `" + view.name + "` stands, but the description drops it");
    for (const auto& pair : draft.match.changes.views_altered) find(Level::Error, "drift", "view `" + pair.after.name + "` has another query");
    for (const auto& trigger : draft.match.changes.triggers_created) find(Level::Error, "missing-trigger", "trigger `" + trigger.name + "` on `" + trigger.table + "` is missing");
    for (const auto& trigger : draft.match.changes.triggers_dropped) find(Level::Error, "drift", "trigger `" + trigger.name + "` stands, but the description does not have it");
    for (const auto& pair : draft.match.changes.triggers_altered) find(Level::Error, "drift", "trigger `" + pair.after.name + "` differs");
    for (const auto& [name, table] : live.schema.schema().tables) {
      const auto words = dialect_.not_held(table);
      if (is_left_out_table(name)) continue;
      if (!words.empty()) find(Level::Note, "opaque", "table `" + name + "`: its text in the database also says `" + join(words, "`, `") + "`, which a description cannot say and a rebuild would lose", origin_of(name));
    }
    for (const Step& step : draft.plan.steps) {
      if (step.once) find(Level::Error, "pending-once", replace_all(step.what, "`", "") + " has not run", origin_of_once(step.once->name));
    }
    for (const auto& notice : draft.plan.notices) {
      if (notice.kind == diff::NoticeKind::NotCarriedOut && notice.text.starts_with("`once ")) find(Level::Note, "once", notice.text, notice.origin);
      if (notice.kind == diff::NoticeKind::Undeclared) find(Level::Warning, "undeclared", notice.text + " is not declared");
      if (notice.kind == diff::NoticeKind::Opaque) find(Level::Note, "opaque", notice.text + " is not understood and left alone");
    }
  }

  /// Sequences, virtual tables, routines: an SQL description or another database has them by the engine's own text. `told`:
  /// those that the plan makes.
  void compare_what_only_the_engine_can_say(const Schema& actual, const ByName<Opaque>& told) {
    for (const auto& [name, opaque] : description_.schema.opaque) {
      if (opaque.kind == "shadow table" || told.contains(name)) continue;
      const auto standing = actual.opaque.find(name);
      const bool stands = standing != actual.opaque.end();
      if (stands && same_definition(standing->second, opaque)) continue;
      const std::string what = opaque.kind + " `" + opaque.name + "` ";
      if (stands && standing->second.definition.empty() != opaque.definition.empty()) {
        find(Level::Warning, "drift", what + "cannot be compared: its definition is hidden from the user of " + (opaque.definition.empty() ? "the description's database" : "this session"));
        continue;
      }
      // a routine is no part of a description, though its SQL may stand there for the views that need it
      find(is_routine(opaque) ? Level::Warning : Level::Error, stands ? "drift" : "missing-table", what + (stands ? "differs" + should_be(opaque) : "is missing"));
    }
  }

  static std::string should_be(const Opaque& opaque) {
    constexpr std::size_t longest = 200;
    const bool is_short = opaque.definition.size() <= longest && opaque.definition.find('\n') == std::string::npos;
    return is_short ? ": should be `" + replace_all(opaque.definition, "`", "") + "`" : "";
  }

  void compare_table(const diff::Pair<Table>& pair) {
    const diff::TableDelta delta = diff::compare(pair.before, pair.after);
    const Origin origin = origin_of(pair.after.name);
    const std::string table = pair.after.name;
    for (const auto& column : delta.columns_added) find(Level::Error, "missing-column", "column `" + table + "." + column.name + "` is missing", origin);
    for (const auto& column : delta.columns_dropped) find(Level::Error, "drift", "column `" + table + "." + column.name + "` stands, but the description drops it", origin);
    for (const auto& change : delta.columns_altered) find(Level::Error, "drift", "column `" + table + "." + change.after.name + "` differs: should be " + describe_column_change(change), origin);
    if (delta.primary_key_changed) find(Level::Error, "drift", "table `" + table + "` has another primary key", origin);
    const auto list = [&](const auto& objects, const std::string& kind, const char* state) {
      for (const auto& object : objects) find(Level::Error, "drift", kind + " `" + object.name.text + "` of table `" + table + "` " + state, origin);
    };
    list(delta.indexes_created, "index", "is missing");
    list(delta.indexes_dropped, "index", "is not declared");
    for (const auto& renamed : delta.indexes_renamed) find(Level::Error, "orphaned-name", "index `" + renamed.before.name.text + "` of table `" + table + "` should be called `" + renamed.after.name.text + "`", origin);
    list(delta.foreign_keys_added, "foreign key", "is missing");
    list(delta.foreign_keys_dropped, "foreign key", "is not declared");
    list(delta.checks_added, "check", "is missing");
    list(delta.checks_dropped, "check", "is not declared");
    if (delta.order_changed) find(Level::Error, "drift", "table `" + table + "` has its columns in another order", origin);
    if (delta.options_changed) find(Level::Error, "drift", "table `" + table + "` has other options", origin);
    if (delta.comment_changed) find(Level::Error, "drift", "table `" + table + "` has another comment", origin);
    if (delta.extra_changed) find(Level::Error, "drift", "table `" + table + "` has other clauses", origin);
  }

  /// Every foreign key of the database is held against the rows, whether the engine guards it or not.
  void check_references(const Schema& schema) {
    std::vector<Question> questions;
    for (const auto& [name, table] : schema.tables) {
      if (is_left_out_table(name)) continue;
      for (const ForeignKey& key : table.foreign_keys) {
        const auto parent = schema.tables.find(key.table);
        if (!key.database.empty()) continue;
        if (parent == schema.tables.end()) {
          find(Level::Error, "broken-reference", "a foreign key of table `" + name + "` refers to table `" + key.table + "`, which does not exist", origin_of(name));
          continue;
        }
        Question question;
        question.kind = QuestionKind::OrphansOf;
        question.table = name;
        question.columns = key.columns;
        question.parent = key.table;
        question.parent_columns = key.referenced;
        if (question.parent_columns.empty() && parent->second.primary_key) {
          for (const auto& part : parent->second.primary_key->parts) question.parent_columns.push_back(part.column);
        }
        questions.push_back(std::move(question));
      }
    }
    std::vector<std::string> queries;
    for (const Question& question : questions) queries.push_back(dialect_.spell(question));
    const auto answers = connection_.query_all(queries);
    for (std::size_t i = 0; i < questions.size(); ++i) {
      const auto* orphans = std::get_if<std::int64_t>(&answers[i].rows.at(0).at(0));
      if (orphans == nullptr || *orphans == 0) continue;
      find(Level::Error, "broken-reference", counted(static_cast<std::uint64_t>(*orphans), "row") + " of table `" + questions[i].table + "`: (" + join(questions[i].columns, ", ") + ") has no row in `" +
                                                 questions[i].parent + "`", origin_of(questions[i].table));
    }
    report_.foreign_keys = questions.size();
  }

  void ask_assertions() {
    for (const Assertion& assertion : description_.assertions) {
      const std::string query(trim(assertion.query.text_for(dialect_.name())));
      if (query.empty()) continue;
      ++report_.assertions;
      if (const auto why = why_it_fails(connection_, assertion.text, query)) find(Level::Error, "failed-assertion", *why, assertion.origin);
    }
  }

  void check_version() {
    if (description_.version.empty() || report_.recorded_version == description_.version) return;
    find(Level::Error, "version", report_.recorded_version.empty() ? "the database has no recorded version; the description says " + description_.version
                                                                   : "the database has version " + report_.recorded_version + "; the description says " + description_.version);
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  const Description& description_;
  bool asks_server_spelling_;
  Report report_;
};

}  // namespace

Report check(db::Connection& connection, const Dialect& dialect, const Description& description, bool asks_server_spelling) {
  return Checker(connection, dialect, description, asks_server_spelling).run();
}

bool differs(const Report& report, bool strict) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& f) { return f.level == Level::Error || (strict && f.level == Level::Warning); });
}

}  // namespace plumb::validate
