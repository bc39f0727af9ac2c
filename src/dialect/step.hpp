// dialect/step.hpp: one thing that a plan does, with the exact SQL that does it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dialect/effect.hpp"
#include "dialect/keep_aside.hpp"
#include "diff/change.hpp"
#include "model/table.hpp"
#include "support/source_text.hpp"

namespace plumb {

enum class CommandKind {
  Statement,  ///< changes the schema
  Session,    ///< a setting of the session, which a run that resumes makes again
  Fill,       ///< changes rows
  Guard,      ///< a query whose single value must be 0, else the run stops with `message`
  Sync,       ///< brings rows of master tables to what a package says, or back: `sql` says which (docs/master_data.md)
};

/// A statement that changes rows runs again and again, each time over the next rows by an integer key, each time in a transaction
/// of its own: the whole table is never locked, and a run that was cut off goes on where it was.
struct Batches {
  std::string table;   ///< under its name when the statement runs
  std::string column;
  bool operator==(const Batches&) const = default;
};

/// Rows in one batch; a table with fewer than `rows_worth_batches` is changed in one.
inline constexpr std::uint64_t rows_in_a_batch = 10000;
inline constexpr std::uint64_t rows_worth_batches = 100000;

struct Command;

/// What runs with a command so that nobody else's writing comes between them. A Fill and its company are one transaction. A Statement commits
/// by itself: it runs with its company between `lock` and `unlock`, and a run that was cut off there does all of it again, unless the statement is done.
struct Company {
  std::vector<std::string> before = {};
  std::vector<std::string> after = {};
  std::string lock = {};  ///< Statement: keeps all others from the tables
  std::string unlock = {};
  std::vector<Command> guards;  ///< Statement: asked behind the lock, before anything is changed
  bool operator==(const Company&) const;
};

struct Command {
  CommandKind kind = CommandKind::Statement;
  std::string sql;
  std::string message;  ///< Guard: what is wrong when the answer is not 0; `{n}` stands for the answer
  std::string finds = {};  ///< Guard: the query that lists the rows in the way; empty: they have nothing to be named by
  /// Statement: a program and its arguments that carry it out instead of the engine. `{host}` and the like are filled in
  /// when it runs (docs/cli.md).
  std::vector<std::string> program = {};
  std::optional<Batches> batches = {};  ///< Fill: the statement says itself over which rows it goes
  std::optional<Company> company = {};  ///< Statement, Fill
  // not a part of the document: what stands in for the command where the table `rows_of` is a large one
  std::string rows_of = {};
  std::vector<Command> when_large = {};
  bool operator==(const Command&) const = default;
};

/// All that the command runs, in order.
std::vector<std::string> statements_of(const Command& command);

/// Such commands can be one transaction with their outcome.
inline bool changes_rows_alone(const Command& command) { return command.kind == CommandKind::Fill || command.kind == CommandKind::Sync; }

enum class QuestionKind {
  RowsIn,      ///< rows of the table
  NullsIn,     ///< rows with NULL in the first of `columns`
  Violates,    ///< rows for which `condition` is true; `columns` are those whose values tell why
  Duplicates,  ///< values of `columns` that stand in several rows for which `condition` is true; NULLs do not count
  OrphansOf,   ///< rows whose `columns` have no row of `parent` with the same `parent_columns`
  Answers,     ///< 0 when the view `table` can be asked, an error when it cannot
};

/// A column as a step will leave it, said in terms of the row as it stands.
struct SeenAs {
  std::string column;
  std::string expression;
  bool operator==(const SeenAs&) const = default;
};

/// Something that only the rows can tell, asked while planning. Names are those of the database as it is now.
struct Question {
  QuestionKind kind = QuestionKind::RowsIn;
  std::string table;
  std::vector<std::string> columns;
  std::string condition;
  std::string parent;
  std::vector<std::string> parent_columns;
  /// Where the rows are asked as the step will leave them: every column that the question names. Empty: as they are.
  std::vector<SeenAs> seen_as = {};
  std::vector<SeenAs> parent_seen_as = {};  ///< the same for `parent_columns`
  bool with_history = false;  ///< also of what the rows were, where the table keeps that (FOR SYSTEM_TIME ALL)
  std::string text;       ///< the question as a person asks it: "rows of `t` without `c`"
  bool blocks = false;    ///< an answer above 0 forbids the step
  bool is_about_standing_rows = false;  ///< that are against their table as it is: the step leaves them so
  std::string advice;     ///< what to do when it blocks
  std::optional<std::uint64_t> answer;  ///< filled by the probe
  std::string unanswered = {};          ///< why there is no answer: "not answered within 60 seconds"; filled by the probe
  std::vector<std::string> examples;    ///< up to five of the rows that were found, as "id=7"; filled by the probe
  Origin origin = {};                   ///< where what asks it is declared
  std::string finds = {};               ///< the query that lists all of them; filled by the probe where there are any
  bool operator==(const Question&) const = default;
};

/// The words of `--allow`.
enum class RiskKind { DropTable, DropColumn, DropView, Narrow, RebuildOpaque };

struct Risk {
  RiskKind kind = RiskKind::Narrow;
  std::string text;       ///< "loses the 96 rows of `t`"
  bool declared = false;  ///< the description itself says so (`drop table`)
  /// The number of the step's question that decides: with an answer of 0 the risk is none. -1: nothing decides.
  int decided_by = -1;
  Origin origin;          ///< where
  bool operator==(const Risk&) const = default;
};

enum class StepSymbol { Create, Change, Rename, Drop, Data };

/// The objects that a step touches, and what they are before and after it: so that a run which was cut off can be settled
/// by looking.
struct Touched {
  std::vector<std::string> tables;  ///< under their names of either side
  std::vector<std::string> views;
  std::vector<std::string> triggers;
  std::vector<std::string> aside;   ///< attic tables that the step makes, empties or lets go
  std::string before;               ///< fingerprints
  std::string after;
  bool operator==(const Touched&) const = default;
};

enum class BackKind {
  Nothing,  ///< the step leaves nothing behind that would have to be undone
  Exact,    ///< schema and rows come back as they were
  Loses,    ///< the schema comes back; `text` says what does not
  None,     ///< there is no way back; `text` says why
};

/// How a step is undone.
struct Back {
  BackKind kind = BackKind::Nothing;
  std::vector<Command> commands;
  std::string text;
  bool operator==(const Back&) const = default;
};

/// What a step costs while it runs. Empty fields: nothing is known, or there is nothing to say.
struct Cost {
  std::string algorithm;               ///< MariaDB: "instant", "nocopy", "inplace", "copy"
  std::string lock;                    ///< what others wait for: "none", "writes", "all", "moment" (both ends of an online change)
  std::optional<std::uint64_t> bytes;  ///< written anew
  std::optional<std::uint64_t> seconds;
  bool operator==(const Cost&) const = default;
};

/// Whether an application keeps working while the step runs and after it.
struct Compatibility {
  bool old_application = true;  ///< one made for the state before the plan
  bool new_application = true;  ///< one made for the state after it
  std::string reason;           ///< a sentence where one of them is false
  bool operator==(const Compatibility&) const = default;
};

/// What makes a step run once in each database: it and its record in `plumb_once` are one transaction.
struct Once {
  std::string name;
  std::string version;    ///< at which it is declared; empty: at any
  std::string checksum;   ///< SHA-256 of its statements
  bool optional = false;  ///< a failure is a warning: what it did is undone, and it is recorded as failed
  bool undo = false;      ///< on a way back: runs only where the step took effect, and takes the record away
  bool operator==(const Once&) const = default;
};

struct Step {
  StepSymbol symbol = StepSymbol::Change;
  std::string what;     ///< one line for people, Markdown: "table `a` to `b`"
  std::string how;      ///< "create", "rename", "native", "rebuild", "alter", "update"
  std::string table;    ///< whose rows the step works on, under its name after the plan's renames; empty: none
  std::string table_before;  ///< its name before them, where that is another
  std::vector<Command> commands;
  std::vector<Risk> risks;
  std::vector<Question> questions;
  std::vector<std::string> remarks;
  std::optional<std::uint64_t> rows;         ///< rows of `table`, counted while planning
  std::string aside;                         ///< the table in which what the step loses is kept; empty: none
  Touched touched;
  Back back;
  Cost cost;
  Compatibility compatibility;
  std::optional<Once> once;                  ///< a data step of the description
  // not a part of the document:
  Effect effect;                             ///< what the dialect says that the step does
  std::optional<diff::Pair<Table>> altered;  ///< what plan/classify judges
  std::optional<KeptValues> kept;            ///< what stands in `aside`, where that is not a whole dropped table
  std::vector<ForeignKey> keys_put_back;     ///< of `table`: they stood before the plan
  std::vector<ForeignKey> keys_dropped;      ///< of `table`
  bool fills_are_kept = false;               ///< the steps that fill columns of `altered` keep what they replace
  std::vector<Command> asked_again;          ///< each question as a guard, with the names that the step finds when it runs
};

}  // namespace plumb
