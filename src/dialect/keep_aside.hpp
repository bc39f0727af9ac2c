// dialect/keep_aside.hpp: what a plan keeps of that which its steps would lose, so that it can be undone. Pure.
//
// Kept things stand in tables of the same database whose names begin with "plumb_attic_". They are no part of the state.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "diff/change.hpp"
#include "model/description.hpp"

namespace plumb {

inline constexpr std::string_view attic_prefix = "plumb_attic_";

/// In the message of the guard that finds rows which came since and cannot go back.
inline constexpr std::string_view came_since = " came since and ";

/// What a plan keeps.
struct Attic {
  std::string prefix;     ///< of the names of its tables, "plumb_attic_1f0c2a3b_"; empty: nothing is kept
  bool narrowed = false;  ///< also values that a narrowing changes; only a permitted one does
};

/// A column of an altered table of which values are lost.
struct KeptColumn {
  std::string column;
  std::string condition;  ///< SQL over the table: the rows whose value a way back would not give again
  bool dropped = false;   ///< the column goes or is computed from now on; else its values change and people go on writing it
  bool filled = false;    ///< its missing values are filled, by a statement of their own
  bool narrowed = false;  ///< its type changes so that the way back would not give every value again
  bool whole = false;     ///< narrowed: not some of the values are kept but all
  std::string new_type = {};  ///< where the type changes
  std::string old_type = {};  ///< the same
  bool operator==(const KeptColumn&) const = default;
};

/// Values of one table: the attic table has the columns k1 … kn (the key), v1 … vm (the values as they were) and, for
/// columns that stay, w1 … wm (what the step made of them, so that what is written later is told apart). Where every statement
/// commits by itself it has n1 … nm for narrowed ones (what the step made of them, in the new type); on the way back u1 … um say whether
/// nobody has written the value since, and w1 … wm what it is in the old type.
struct KeptValues {
  std::string aside;             ///< the attic table
  std::string table;
  std::vector<std::string> key;  ///< by which a row is found again; empty: it cannot be, and the whole table is kept
  std::vector<KeptColumn> columns;
  std::string every_column = {};  ///< where there is no key
  bool operator==(const KeptValues&) const = default;
};

/// One of the columns is.
bool is_narrowed(const KeptValues& values);

/// The engine gives numbers to its rows: AUTOINCREMENT, AUTO_INCREMENT.
bool is_automatic(const Table& table);

/// A stored column that keeps each of its values.
bool is_left_alone(const diff::Pair<Table>& pair, const std::string& column);

/// The columns by which rows of the table are found before and after the change: the primary key, or a unique index over
/// columns that are not null, as far as the change leaves their values alone; empty: there are none.
std::vector<std::string> lasting_key(const diff::Pair<Table>& pair);

/// Columns that are dropped, columns that are computed from now on, and columns whose missing values are filled. Narrowed
/// ones are added by the dialect.
std::vector<KeptColumn> columns_to_keep(const diff::Pair<Table>& pair, const TableIntent& intent, std::string_view engine,
                                        const std::function<std::string(std::string_view)>& quote);

/// How an engine spells what differs in the statements below.
struct KeepingForms {
  std::function<std::string(std::string_view)> quote;
  std::string_view same;  ///< the operator that finds NULL equal to NULL
  std::function<std::string(const std::string&, const std::string&)> identical;  ///< a condition: letter by letter, whatever the collation
  bool step_by_step = false;  ///< statements commit by themselves, and others write between them
};

/// "*, `c`": with the invisible ones, which `*` leaves out.
std::string every_column(const Table& table, const std::function<std::string(std::string_view)>& quote);

/// The SELECT that fills the attic table; with `among`, a condition, from a part of the rows.
std::string selection_to_keep(const KeptValues& values, const KeepingForms& forms, const std::string& among = {});

/// The INSERT that adds to the attic table what the SELECT finds.
std::string insertion_to_keep(const KeptValues& values, const KeepingForms& forms, const std::string& among = {});

/// A column of the attic table, and the one of the table that fills it.
struct ColumnAside {
  std::string name;
  std::string source;
};

/// k1, v1, w1, n1: the columns of the attic table in the order of the SELECT. Requires: there is a key.
std::vector<ColumnAside> columns_aside(const KeptValues& values, const KeepingForms& forms);

/// k1, k2 …: those by which a row is found again.
std::vector<std::string> key_aside(const KeptValues& values);

/// UPDATE of the attic table with what the change made of the values; empty where there is nothing to note. Requires: not step by step.
std::string note_of_kept_values(const KeptValues& values, const KeepingForms& forms);

/// A condition over the table before the way back: a value of `column` (not dropped) is kept, and what the step made of it stands.
std::string still_stands(const KeptValues& values, std::size_t column, const KeepingForms& forms);

/// An expression over the table: the value that `column` (dropped) had, else `otherwise`.
std::string kept_value(const KeptValues& values, std::size_t column, std::string_view otherwise, const KeepingForms& forms);

/// A query for the number of rows of which nothing is kept.
std::string rows_not_kept(const KeptValues& values, const KeepingForms& forms);

/// A condition over the table on the way back, when a narrowed `column` has its old type again: a value is kept, and nobody has written another one since.
std::string can_be_restored(const KeptValues& values, std::size_t column, const KeepingForms& forms);

/// As kept_value for a column that stays: the value as it was where it can be restored, else the one that stands.
std::string restored_value(const KeptValues& values, std::size_t column, const KeepingForms& forms);

}  // namespace plumb
