#include "desired/load_sql.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "desired/definers.hpp"
#include "desired/lanes.hpp"
#include "desired/sql_hints.hpp"
#include "desired/sql_script.hpp"
#include "desired/sql_statement.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::desired {
namespace {

// Source: https://mariadb.com/kb/en/mariadb-error-codes/
constexpr int no_such_table = 1146;
constexpr int no_such_routine = 1305;
constexpr int view_invalid = 1356;

constexpr std::size_t most_errors = 20;

/// Triggers keep the mode of the session that makes them: the one that the engine's own client would have.
constexpr std::string_view session_settings = "SET SESSION foreign_key_checks = 0, sql_mode = @@GLOBAL.sql_mode";

/// A statement that is to run, and where it stands.
struct Placed {
  std::uint32_t file = 0;
  std::size_t offset = 0;
  std::string_view written;
  StatementMeaning meaning;
};

bool misses_something(const DatabaseError& error) {
  if (error.engine() == "mariadb") return error.code() == no_such_table || error.code() == no_such_routine || error.code() == view_invalid;
  return std::string_view(error.what()).find("no such table") != std::string_view::npos;
}

class SqlLoader {
 public:
  SqlLoader(std::vector<SourceText> sources, const Dialect& dialect, const ScratchDatabase& scratch, std::string database)
      : dialect_(dialect), lexis_(dialect.match_rules().lexis), scratch_(scratch), database_(std::move(database)), is_mariadb_(dialect.name() == "mariadb") {
    loaded_.sources = std::move(sources);
  }

  language::Loaded run() {
    for (const SourceText& source : loaded_.sources) scripts_.push_back(split(source.text(), lexis_));
    find_problems();
    if (is_mariadb_) find_database();
    if (has_errors(loaded_.diagnostics)) return std::move(loaded_);
    find_statements();
    // files of a folder may refer to each other in any order; what is missing in the end is found below
    begin_session();
    if (is_mariadb_ && !run_statements(true)) {
      // to say what is wrong, and where, one after the other
      session_.reset();
      scratch_.clear();
      begin_session();
      run_statements(false);
    } else if (!is_mariadb_) {
      run_statements(false);
    }
    session_.reset();
    if (!has_errors(loaded_.diagnostics)) describe();
    say_what_was_passed_over();
    return std::move(loaded_);
  }

 private:
  SourceSpan span(std::uint32_t file, std::size_t offset, std::size_t length = 1) const {
    return {file, static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(length)};
  }

  void report(Severity severity, SourceSpan place, std::string code, std::string message) {
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.code = std::move(code);
    diagnostic.span = place;
    diagnostic.message = std::move(message);
    loaded_.diagnostics.push_back(std::move(diagnostic));
  }

  void find_problems() {
    for (std::uint32_t file = 0; file < scripts_.size(); ++file) {
      for (const ScriptProblem& problem : scripts_[file].problems) report(Severity::Error, span(file, problem.offset, problem.length), "bad-script", problem.message);
    }
  }

  /// A dump says the name of its database; more than one is no description.
  void find_database() {
    std::string named;
    for (std::uint32_t file = 0; file < scripts_.size(); ++file) {
      for (const SqlStatement& statement : scripts_[file].statements) {
        const std::string name = named_database(statement.text);
        if (name.empty() || name == named) continue;
        if (!named.empty()) {
          return report(Severity::Error, span(file, statement.offset, statement.text.size()), "two-databases", "the files are about the databases `" + named + "` and `" + name + "`; a description is about one");
        }
        named = name;
      }
    }
    if (!named.empty()) database_ = named;
  }

  StatementMeaning meaning_of(std::string_view statement) const {
    return is_mariadb_ ? mariadb_meaning(statement, database_, scratch_.name()) : sqlite_meaning(statement);
  }

  void find_statements() {
    for (std::uint32_t file = 0; file < scripts_.size(); ++file) {
      for (const SqlStatement& statement : scripts_[file].statements) {
        StatementMeaning meaning = meaning_of(statement.text);
        switch (meaning.use) {
          case StatementUse::Run:
            if (!meaning.reason.empty()) passed_[meaning.reason].push_back({file, statement.offset, statement.text, {}});
            statements_.push_back({file, statement.offset, statement.text, std::move(meaning)});
            break;
          case StatementUse::Pass: break;
          case StatementUse::PassAloud: passed_[meaning.reason].push_back({file, statement.offset, statement.text, {}}); break;
          case StatementUse::Refuse:
            report(Severity::Error, span(file, statement.offset, statement.text.size()), "not-run", meaning.reason);
            break;
        }
      }
    }
  }

  struct Failure {
    const Placed* statement;
    DatabaseError error;
  };

  void begin_session() {
    session_ = scratch_.connect();
    if (is_mariadb_) session_->execute(session_settings);
  }

  /// In lanes: false when anything failed, which is not reported then.
  bool run_statements(bool in_lanes) {
    std::vector<Failure> failures;
    std::vector<Failure> waiting;
    Lanes lanes(scratch_, std::string(session_settings));
    for (const Placed& statement : statements_) {
      if (in_lanes && lanes.take(statement.meaning.sql)) continue;
      if (in_lanes && (!lanes.finish(*session_) || !failures.empty())) return false;
      run_one(statement, waiting, failures);
    }
    if (in_lanes && !lanes.finish(*session_)) return false;
    for (bool progress = true; progress && !waiting.empty();) {
      std::vector<Failure> again;
      again.swap(waiting);
      const std::size_t before = again.size();
      for (const Failure& failure : again) run_one(*failure.statement, waiting, failures);
      progress = waiting.size() < before;
    }
    if (in_lanes && !(failures.empty() && waiting.empty())) return false;
    report_failures(failures, waiting);
    return true;
  }

  void run_one(const Placed& statement, std::vector<Failure>& waiting, std::vector<Failure>& failures) {
    try {
      session_->execute(statement.meaning.sql);
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::Connection || error.kind() == DatabaseErrorKind::Full) throw;
      if (error.kind() == DatabaseErrorKind::MissingExtension && keep_as_it_is(statement)) return;
      (misses_something(error) ? waiting : failures).push_back({&statement, error});
    }
  }


  /// A virtual table whose module plumb does not have stands in the schema by its text alone, as it would in a file.
  bool keep_as_it_is(const Placed& statement) {
    const auto tokens = sql::tokenize(statement.meaning.sql, lexis_);
    if (tokens.size() < 4 || !equal_ignoring_case(tokens[1].text, "virtual")) return false;
    std::size_t at = 3;  // CREATE VIRTUAL TABLE
    if (tokens.size() > 6 && equal_ignoring_case(tokens[3].text, "if")) at = 6;
    if (at >= tokens.size()) return false;
    const std::string name = sql::unquoted(tokens[at].text);
    session_->execute("PRAGMA writable_schema = ON");
    const auto row = session_->prepare("INSERT INTO sqlite_schema(type, name, tbl_name, rootpage, sql) VALUES('table', ?, ?, 0, ?)");
    const std::vector<sql::Value> values{name, name, statement.meaning.sql};
    row->execute(values);
    session_->execute("PRAGMA writable_schema = RESET");
    return true;
  }

  /// What fails only because another statement failed is not told.
  void report_failures(const std::vector<Failure>& failures, const std::vector<Failure>& waiting) {
    std::set<std::string> failed;
    for (const Failure& failure : failures) {
      if (!failure.statement->meaning.name.empty()) failed.insert(failure.statement->meaning.name);
    }
    std::size_t told = 0;
    std::vector<const Failure*> all;
    for (const Failure& failure : failures) all.push_back(&failure);
    for (const Failure& failure : waiting) {
      const std::string_view message = failure.error.what();
      const bool follows = std::any_of(failed.begin(), failed.end(), [&](const std::string& name) { return message.find(name) != std::string_view::npos; });
      if (!follows) all.push_back(&failure);
    }
    for (const Failure* failure : all) {
      if (told++ == most_errors) {
        report(Severity::Note, span(failure->statement->file, failure->statement->offset), "", "further statements fail; these come first");
        return;
      }
      report_failure(*failure);
    }
  }

  std::string without_scratch_name(std::string text) const {
    return scratch_.name().empty() ? text : replace_all(replace_all(std::move(text), "`" + scratch_.name() + "`.", ""), scratch_.name() + ".", "");
  }

  /// "… near 'x' at line 3" counts from the statement's first line.
  static std::size_t line_in(std::string& message) {
    constexpr std::string_view words = " at line ";
    const std::size_t at = message.rfind(words);
    if (at == std::string::npos) return 1;
    constexpr std::size_t most_lines = 100000000;
    std::size_t line = 0;
    std::size_t i = at + words.size();
    for (; i < message.size() && message[i] >= '0' && message[i] <= '9' && line < most_lines; ++i) line = line * 10 + static_cast<std::size_t>(message[i] - '0');
    if (line == 0) return 1;
    message.erase(at, i - at);
    return line;
  }

  void report_failure(const Failure& failure) {
    const Placed& statement = *failure.statement;
    std::string message = without_scratch_name(failure.error.what());
    std::size_t offset = statement.offset;
    std::string_view rest = statement.written;
    for (std::size_t line = line_in(message); line > 1; --line) {
      const std::size_t end = rest.find('\n');
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
      offset += end + 1;
    }
    const std::size_t indent = rest.find_first_not_of(" \t\r");
    if (indent != std::string_view::npos) {
      rest.remove_prefix(indent);
      offset += indent;
    }
    const std::string first_line(trim(statement.written.substr(0, statement.written.find('\n'))));
    report(Severity::Error, span(statement.file, offset, rest.substr(0, rest.find('\n')).size()), "engine-refuses",
           std::string(dialect_.name()) + " refuses `" + shortened(first_line, 60) + "`: " + message + collation_advice(message));
  }

  /// MySQL 8 has collations that MariaDB has under other names.
  /// Source: https://mariadb.com/kb/en/supported-character-sets-and-collations/
  static std::string collation_advice(std::string_view message) {
    constexpr std::string_view of_mysql = "'utf8mb4_0900_";
    const std::size_t at = message.find(of_mysql);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = message.substr(at + of_mysql.size());
    return "; MariaDB's is `utf8mb4_uca1400_nopad_" + std::string(rest.substr(0, rest.find('\''))) + "`";
  }

  // ---- what came out ----

  void describe() {
    const auto connection = scratch_.connect();
    Description description;
    description.schema = dialect_.read(*connection);
    description.is_complete = true;
    note_places(description);
    settle_definers(description);
    check_references(description);
    find_hints_of_all(description);
    if (!has_errors(loaded_.diagnostics)) {
      description.fingerprint = language::fingerprint_of(loaded_.sources);
      loaded_.description = std::move(description);
    }
  }

  Origin origin_of(const Placed& statement) const {
    const SourceText& source = loaded_.sources[statement.file];
    return {source.path(), source.line_column(static_cast<std::uint32_t>(statement.offset)).line};
  }

  template <class T>
  static const std::string* real_name(const ByName<T>& objects, const std::string& name) {
    for (const auto& [own, object] : objects) {
      if (equal_ignoring_case(own, name)) return &own;
    }
    return nullptr;
  }

  void note_places(Description& description) const {
    for (const Placed& statement : statements_) {
      const StatementMeaning& meaning = statement.meaning;
      if (meaning.creates == ObjectKind::Table) {
        if (const auto* name = real_name(description.schema.tables, meaning.name)) description.tables[*name].origin = origin_of(statement);
      } else if (meaning.creates == ObjectKind::View) {
        if (const auto* name = real_name(description.schema.views, meaning.name)) description.view_places[*name].origin = origin_of(statement);
      } else if (meaning.creates == ObjectKind::Trigger) {
        if (const auto* name = real_name(description.schema.triggers, meaning.name)) description.trigger_places[*name].origin = origin_of(statement);
      }
    }
  }

  /// Statements run as the session's user; whose they are is what the file says, or open.
  void settle_definers(Description& description) const {
    if (!is_mariadb_) return;
    std::map<std::string, std::string> definers;
    for (const Placed& statement : statements_) {
      if (statement.meaning.creates == ObjectKind::View || statement.meaning.creates == ObjectKind::Trigger) definers[statement.meaning.name] = statement.meaning.definer;
    }
    for (auto& [name, view] : description.schema.views) view.header = with_definer(view.header, definers[name]);
    for (auto& [name, trigger] : description.schema.triggers) {
      const auto tokens = sql::tokenize(definers[name], lexis_);
      trigger.context.definer = tokens.size() == 3 ? sql::unquoted(tokens[0].text) + "@" + sql::unquoted(tokens[2].text) : std::string();
      // the mode and the user are those of the scratch session; neither is said by the file
      Options& options = trigger.options["mariadb"];
      options.erase("sql_mode");
      options.erase("definer");
      if (!trigger.context.definer.empty()) options["definer"] = trigger.context.definer;
    }
  }

  void check_references(const Description& description) {
    for (const auto& [name, table] : description.schema.tables) {
      for (const ForeignKey& key : table.foreign_keys) {
        if (!key.database.empty() || real_name(description.schema.tables, key.table) != nullptr || description.schema.opaque.contains(key.table)) continue;
        std::vector<std::string> known;
        for (const auto& [other, unused] : description.schema.tables) known.push_back(other);
        const std::string near = closest_match(key.table, known);
        const Placed* place = place_of_table(name);
        // SQLite takes such a key and does not mind
        report(is_mariadb_ ? Severity::Error : Severity::Warning, place == nullptr ? span(0, 0) : span(place->file, place->offset, place->written.find('\n')), "unknown-table",
               "a foreign key of table `" + name + "` refers to table `" + key.table + "`, which these files do not create" + (near.empty() ? "" : "; did you mean `" + near + "`?"));
      }
    }
  }

  const Placed* place_of_table(const std::string& name) const {
    for (const Placed& statement : statements_) {
      if (statement.meaning.creates == ObjectKind::Table && equal_ignoring_case(statement.meaning.name, name)) return &statement;
    }
    return nullptr;
  }

  void find_hints_of_all(Description& description) {
    std::vector<SqlHint> hints;
    for (std::uint32_t file = 0; file < scripts_.size(); ++file) {
      auto found = find_hints(loaded_.sources[file].text(), scripts_[file], lexis_, file, loaded_.diagnostics);
      std::move(found.begin(), found.end(), std::back_inserter(hints));
    }
    apply_hints(hints, loaded_.sources, description, loaded_.diagnostics);
  }

  void say_what_was_passed_over() {
    for (const auto& [reason, statements] : passed_) {
      const Placed& first = statements.front();
      const std::string others = statements.size() == 1 ? std::string() : " (and " + counted(statements.size() - 1, "further statement") + " of the kind)";
      report(Severity::Note, span(first.file, first.offset, first.written.substr(0, first.written.find('\n')).size()), "passed-over", reason + others);
    }
  }

  const Dialect& dialect_;
  const sql::Lexis lexis_;
  const ScratchDatabase& scratch_;
  std::string database_;
  bool is_mariadb_;
  language::Loaded loaded_;
  std::vector<SqlScript> scripts_;
  std::vector<Placed> statements_;  ///< those that run
  std::map<std::string, std::vector<Placed>> passed_;
  std::shared_ptr<db::Connection> session_;
};

}  // namespace

language::Loaded load_sql(std::vector<SourceText> sources, const Dialect& dialect, const ScratchDatabase& scratch, const std::string& database) {
  return SqlLoader(std::move(sources), dialect, scratch, database).run();
}

}  // namespace plumb::desired
