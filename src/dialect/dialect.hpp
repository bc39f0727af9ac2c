// dialect/dialect.hpp: all that one engine does differently. Stateless; one instance an engine.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "db/connection.hpp"
#include "dialect/concern.hpp"
#include "dialect/preflight.hpp"
#include "dialect/script.hpp"
#include "dialect/step.hpp"
#include "diff/match.hpp"
#include "model/description.hpp"
#include "model/schema.hpp"

namespace plumb {

/// What an engine can do, asked by name where shared code must know.
struct Capabilities {
  bool transactional_ddl = false;        ///< a schema change can be rolled back with its transaction
  bool stores_comments = false;
  bool needs_server = false;             ///< databases live on a server, not in files
  bool foreign_keys_need_index = false;
  bool table_names_fold_case = false;
  bool renames_break_views = false;      ///< views and triggers keep old names after a rename
  bool grants_algorithms = false;        ///< a statement can say how it may be run, and is refused otherwise
};

/// A state in the one spelling that its engine gives it. Only a Dialect makes one.
class CanonicalSchema {
 public:
  const Schema& schema() const { return *schema_; }
  std::shared_ptr<const Schema> share() const { return schema_; }

 private:
  friend class Dialect;
  explicit CanonicalSchema(Schema schema) : schema_(std::make_shared<const Schema>(std::move(schema))) {}
  std::shared_ptr<const Schema> schema_;
};

/// What a dialect needs to spell out a plan.
struct PlanInput {
  const Schema& actual;             ///< as the database is
  const diff::Match& match;         ///< renames, the state after them, the state to reach
  const diff::Changes& changes;     ///< match.changes
  const Description& description;
  Attic attic{};
  const KeptValues* undone = nullptr;  ///< on the way back of a step: what it kept
  bool is_way_back = false;
};

/// An object that the engine itself refused while its spelling was asked for.
struct Refused {
  std::string object;
  std::string reason;
};

/// Settings of a session under which rows may be against the checks of their table, and no longer.
struct CheckSwitch {
  std::string off;
  std::string on;
};

/// Where the costs of a plan's steps are found out.
struct CostSources {
  db::Connection& connection;         ///< the database that the plan is for
  const Schema& actual;
  db::Connection* scratch = nullptr;  ///< a session in an empty database of the same server; nullptr: there is none
  std::function<std::shared_ptr<db::Connection>()> further_scratch = {};  ///< opens further sessions there; empty: there is but one
};

/// A statement that changes a table, taken apart.
struct Alteration {
  std::string table;
  std::string clauses;  ///< in one line, without the way in which the engine shall run them
};

/// The keys of batches are integers, as text.
struct BatchQueries {
  std::string before_first;   ///< a query for a number below all keys of the table; NULL when it is empty
  std::string last_of_next;   ///< a query for the last key of the batch after `{after}`; no row when fewer rows follow
  std::string highest;        ///< where the last batch ends
  std::string bounds;         ///< a statement that sets `{after}` (left out) and `{upto}` (in)
  std::string unbounded;      ///< a statement that lets go of them
};

/// In the engine's own spelling already.
inline bool is_as_read(const Table& table) { return !table.written.text.empty(); }

class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual std::string_view name() const = 0;
  virtual const Capabilities& capabilities() const = 0;
  virtual diff::MatchRules match_rules() const = 0;
  virtual std::string quote(std::string_view name) const = 0;

  /// The live database's state. Throws DatabaseError.
  virtual Schema read(db::Connection& connection) const = 0;

  /// Idempotent. `schema` is a description's state (portable types, SQL for several engines) or one read from a
  /// database.
  CanonicalSchema canonicalise(const Schema& schema) const;
  CanonicalSchema canonicalise(Schema&& schema) const;

  /// The other way: engine types as portable ones wherever lowering them gives the same again; for `inspect`.
  virtual Schema lift(const Schema& schema) const = 0;

  /// What a declared thing cannot be on this engine, one sentence each ("fulltext index `x` of table `t` …").
  virtual std::vector<std::string> cannot_express(const Description& description) const = 0;

  /// What the engine refuses, changes silently or takes badly of a description's state. Pure.
  virtual std::vector<Concern> concerns(const Schema& schema) const = 0;

  /// True for a word that is no name in the engine's SQL unless it is quoted.
  virtual bool is_reserved(std::string_view word) const = 0;

  /// Replaces the tables and views named in `tables` and `views` of `desired` by what the engine makes of them, by
  /// creating them in a scratch place and reading them back. Gives what the engine refuses. Changes nothing that
  /// stands. Throws DatabaseError.
  virtual std::vector<Refused> respell(db::Connection& connection, Schema& desired, const std::vector<std::string>& tables,
                                       const std::vector<std::string>& views) const = 0;

  /// The words of the engine's own text of a table for which the model has no place, so that writing the table anew would
  /// lose them; empty for a table that was not read from a database. Pure.
  virtual std::vector<std::string> not_held(const Table& table) const = 0;

  /// The steps in the order in which they run. Pure.
  virtual std::vector<Step> expand(const PlanInput& input) const = 0;

  /// Fills Step::cost, and where a statement can say how the engine may run it, writes the cheapest way that the engine
  /// grants into the statement, so that it is refused rather than run in another way. Nothing that stands is changed.
  /// Requires: the steps' rows are counted; `scratch` only where `grants_algorithms`. Throws DatabaseError.
  virtual void find_costs(const CostSources& sources, std::vector<Step>& steps) const = 0;

  /// A statement as a tool for online schema changes takes it; nothing where no such tool could run it.
  virtual std::optional<Alteration> taken_apart(const Command& command) const = 0;

  /// Why the steps cannot fit on the disk, in a sentence; nothing where they can, or where that cannot be known.
  virtual std::optional<std::string> lack_of_space(db::Connection& connection, const std::vector<Step>& steps) const = 0;

  /// Statements that make the attic table of `values` and fill it.
  virtual std::vector<Command> keep_values(const KeptValues& values) const = 0;

  /// Statements that let go of an attic table.
  virtual std::vector<Command> drop_aside(const std::string& aside) const = 0;

  /// The whole of a dropped table, with its rows, out of the attic again.
  virtual std::vector<Command> bring_table_back(const Table& table, const std::string& aside) const = 0;

  /// The columns (or the engine's own row number) by which a row is found before and after a change; empty: none.
  virtual std::vector<std::string> row_key(const diff::Pair<Table>& pair) const = 0;

  virtual KeepingForms keeping_forms() const = 0;

  /// What an alteration loses, under the next free name; nothing where nothing is lost or nothing is kept.
  std::optional<KeptValues> values_to_keep(const diff::Pair<Table>& pair, const PlanInput& input, unsigned& number) const;

  /// A query for the names of the attic tables that stand.
  virtual std::string attic_query() const = 0;

  /// A question as SQL whose single value is the answer.
  virtual std::string spell(const Question& question) const = 0;

  /// True for a new column whose values come from the engine alone, so that rows that stand need none.
  virtual bool fills_by_itself(const Column& column, const diff::Pair<Table>& table) const = 0;

  /// Several questions about the rows of one table as one query that reads them once: one row, an answer for each.
  /// Requires: can_be_asked_together() for each (dialect/question_sql.hpp), one table.
  virtual std::string spell_together(const std::vector<Question>& questions) const = 0;

  /// The query that lists what a question counts, in an order that is always the same, by the key of `table`, which is
  /// the asked one as it stands; empty when its rows have nothing to be named by. LIMIT may be put behind it.
  virtual std::string spell_rows(const Question& question, const Table& table) const = 0;

  /// The questions whether values of a column are refused (`blocks`) or changed when it takes its new form, none when
  /// every value fits. An empty `condition` says that only --allow can decide. `column` stands in `table`; the names of
  /// the columns before are those to ask by.
  virtual std::vector<Question> narrowing(const diff::Pair<Column>& column, const diff::Pair<Table>& table) const = 0;

  /// The questions about the rows that clauses and options of a table bring with them when they come, become others or go: rows without
  /// a partition, periods that end before they begin (these block), a history that ends (it does not). Conditions are over the table
  /// as the step leaves it.
  virtual std::vector<Question> about_clauses(const diff::Pair<Table>& /*table*/) const { return {}; }

  /// The column's new form gives each value that it stores unchanged again as it was when the column goes back.
  virtual bool comes_back(const diff::Pair<Column>& column, const diff::Pair<Table>& table) const = 0;

  /// Rows that have been written since a step changed `back.after` into `back.before`, and cannot go back: they have NULL where that is not null again.
  std::vector<Command> guards_of_nulls(const diff::Pair<Table>& back) const;

  /// Rows of which nothing is kept, where the column number `column` of `kept` needs a value again. `why` ends the sentence about them.
  Command guard_of_rows_not_kept(const KeptValues& kept, std::size_t column, std::string_view why = {}) const;

  /// The same for a value that the old type refuses or would change. What the step itself made of values that are kept is none.
  std::vector<Command> guards_of_misfits(const diff::Pair<Table>& back, const KeptValues* kept) const;

  /// What the column's new form stores for the value that stands, and compares it as; the quoted name where that is the
  /// same, empty where it cannot be said.
  virtual std::string converted(const diff::Pair<Column>& column) const = 0;

  /// What a part of an index or key compares of `value`: its beginning, or the whole under a collation of its own; empty where a
  /// value cannot say it (a period WITHOUT OVERLAPS).
  virtual std::string key_value(const std::string& value, const IndexPart& part) const = 0;

  /// A query for the number of rows that break a foreign key, where a transaction must not raise it; empty: the engine
  /// itself does not let that happen.
  virtual std::string broken_references_query() const = 0;

  /// Before the first and after the last statement of an apply; the transaction lies between where the engine has
  /// transactional DDL.
  virtual std::vector<std::string> session_begin() const = 0;
  virtual std::vector<std::string> session_end() const = 0;

  virtual CheckSwitch check_switch() const = 0;

  /// Settings of a session that writes rows: references are checked.
  virtual std::vector<std::string> sync_session() const = 0;

  /// Around reading and writing rows with timestamps, so that these are in UTC; the second undoes the first.
  virtual std::vector<std::string> utc_begin() const = 0;
  virtual std::vector<std::string> utc_end() const = 0;

  /// A query for one row with one value for each of `texts`: equal values for just those texts that `column`, as a
  /// part of a unique index over the columns `key`, takes for equal. Requires: at most 500 texts.
  virtual std::string sameness_query(std::string_view table, const std::vector<std::string>& key, std::string_view column,
                                     const std::vector<std::string>& texts) const = 0;

  /// A value as it stands in SQL.
  virtual std::string literal(const sql::Value& value) const = 0;

  /// Counts the table in which syncs remember what they brought (plumb_master): 0 or 1.
  virtual std::string memory_query() const = 0;
  /// Creates it where it is missing (docs/master_data.md).
  virtual std::string memory_table() const = 0;

  /// Creates the attic table in which a sync keeps rows as they were: number, table_name, kind, content.
  virtual std::string rows_aside(const std::string& aside) const = 0;

  /// A query for the names of stored functions, which a trigger may call to write rows; empty: the engine has none.
  virtual std::string functions_query() const = 0;

  /// What a deployment should know beforehand: is the database whole, are there rights and room? Reads only; may take long on a
  /// large SQLite file, which is read as a whole. Throws DatabaseError.
  virtual std::vector<PreflightCheck> preflight(db::Connection& connection) const = 0;

  /// Counts one of plumb's own tables: 0 or 1.
  virtual std::string bookkeeping_query(std::string_view table) const = 0;
  /// Creates plumb's own tables where they are missing (docs/history.md).
  virtual std::vector<std::string> bookkeeping_tables() const = 0;

  /// A query for the bytes that the database takes, as the engine itself reckons.
  virtual std::string size_query() const = 0;

  /// Takes the lock that keeps a second run out for at most `seconds`, as a query that answers 1 when it was got;
  /// empty where the transaction itself is the lock.
  virtual std::string lock_query(std::string_view database, unsigned seconds) const = 0;
  virtual std::string unlock_query(std::string_view database) const = 0;

  /// Statements that wait until no other client uses any of `tables` and let go of them again; run before the first
  /// step where every statement commits by itself. Empty where the transaction itself waits.
  virtual std::vector<std::string> wait_for_tables(const std::vector<std::string>& tables) const = 0;

  /// How a statement that runs in batches is given its bounds; empty where none does.
  virtual BatchQueries batch_queries(const Batches& batches) const;

  /// Complete CREATE statements of a state, in an order that works on an empty database.
  virtual std::vector<std::string> create_statements(const Schema& schema) const = 0;

  /// Statements that make a state which was read from the engine in an empty database, with the settings that each
  /// object was made under, and with what the model does not hold as far as its text is known (virtual tables,
  /// sequences, routines).
  virtual std::vector<std::string> recreate(const Schema& schema) const = 0;

  /// The same for the engine's own client, as near as possible to what the engine holds: stored texts, sequences.
  /// Requires: a state that was read from the engine.
  virtual Script script(const Schema& schema) const = 0;

 protected:
  /// The statements that expand() gives for the way from nothing to `schema`.
  std::vector<std::string> expanded_from_nothing(const Schema& schema) const;

  /// `as_read`: the tables that were read from the engine; where `schema` has such, they are passed over.
  virtual Schema in_own_spelling(const Schema& schema, ByName<Table> as_read) const = 0;
};

/// "sqlite" or "mariadb". Throws UsageError for another name.
const Dialect& dialect_for(std::string_view engine);
/// The names that dialect_for knows.
std::vector<std::string> dialect_names();

}  // namespace plumb
