// dialect/mariadb/attic.hpp: how values are kept while others go on writing them.
//
// A fill keeps what it fills in its own transaction. What a change of the table loses is copied before it at leisure; what others have written since
// is taken over while the table is locked, by the same session that changes it then.
// Source: https://mariadb.com/kb/en/lock-tables/
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dialect/keep_aside.hpp"
#include "dialect/step.hpp"

namespace plumb::mariadb {

/// The copy waits for the statement that loses the values, or fills them.
bool comes_later(const KeptValues& values);

/// Requires: one column, or no key and nothing kept yet. With `batch_column` for the rows of one batch.
Company kept_with_the_fill(const KeptValues& values, const std::optional<std::string>& batch_column);

/// MariaDB 10.11 refuses to alter a table whose defaults ask a sequence while it is locked (error 1100), and goes down where the sequence is locked as well.
bool can_be_changed_behind_a_lock(const Table& table);

Company kept_until_the_loss(const KeptValues& values, bool behind_a_lock);

/// For the ALTER that gives narrowed columns their old type again. Behind the lock: values that somebody has written since are converted as strictly as an
/// INSERT does it, before anything is changed; those that nobody has written are marked; then ALTER may cut what it wants, as what was kept
/// and what was converted is put in its place. `guards` ask the values of columns that are not kept whole. `further` are assignments for
/// what ON UPDATE would touch.
Company told_apart_on_the_way_back(const KeptValues& values, std::vector<Command> guards, bool behind_a_lock, const std::function<std::string(const std::string& column)>& further);

/// The statement without strict mode: what does not fit is cut, without a word.
std::string cut_to_fit(const std::string& statement);

/// Puts the number that AUTO_INCREMENT gives next under `aside`.
std::vector<Command> keep_mark(const Table& table, const std::string& aside);

/// For the table, which has AUTO_INCREMENT again: no number that was given before is given a second time.
std::vector<Command> restore_mark(const Table& table, const std::string& aside);

/// The condition that tells what the rows of a table with system versioning were from those that stand.
std::string is_of_the_past(const Table& table);

/// Puts what the rows of a table with system versioning were under `aside`; those that stand are no part of it.
std::vector<Command> keep_history(const Table& table, const std::string& aside);

/// Into the table, which has its versioning again (mariadb.com/kb/en/system-versioned-tables/#system_versioning_insert_history).
std::vector<Command> restore_history(const Table& table, const std::string& aside);

}  // namespace plumb::mariadb
