// plan/noticed.hpp: what an application notices of a change that was made for the state before it. Pure.
//
// Such an application names the columns that it reads and writes. Each function gives reasons ("it may leave `t.c` NULL"); none:
// it goes on as before. The rules are those of docs/phases.md.
#pragma once

#include <string>
#include <vector>

#include "dialect/dialect.hpp"
#include "diff/change.hpp"

namespace plumb::plan {

using Reasons = std::vector<std::string>;

/// A column that takes another form. `place` is "`t.c`", for the text.
Reasons noticed_in_column(const diff::Pair<Column>& pair, const std::string& place, const Dialect& dialect);

/// A column that is new.
Reasons noticed_in_new_column(const Column& column, const std::string& place);

/// A unique index, or primary key, that is new; `before` is the table without it.
Reasons noticed_in_new_key(const std::vector<IndexPart>& parts, const std::string& name, const Table& before, const Table& after);

/// An index that goes.
Reasons noticed_in_dropped_index(const Index& index);

/// A check that is new.
Reasons noticed_in_new_check(const Check& check, const Table& before, const sql::Lexis& lexis);

/// A foreign key that is new.
Reasons noticed_in_new_foreign_key(const ForeignKey& key, const Table& before);

Reasons noticed_in_dropped_foreign_key(const ForeignKey& key);

/// Options of the table that bind what may be written, or how.
Reasons noticed_in_options(const diff::Pair<Table>& pair);

/// A trigger that is new: it may refuse what is written.
Reasons noticed_in_new_trigger(const Trigger& trigger, const sql::Lexis& lexis);

/// Everything that a table's new form holds.
Reasons noticed_in_table(const diff::Pair<Table>& pair, const Dialect& dialect);

}  // namespace plumb::plan
