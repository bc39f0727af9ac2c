// dialect/mariadb/attic.hpp: how values are kept while others go on writing them.
//
// A fill keeps what it fills in its own transaction. What a change of the table loses is copied before it at leisure; what others have written since
// is taken over while the table is locked, by the same session that changes it then.
// Source: https://mariadb.com/kb/en/lock-tables/
#pragma once

#include <optional>
#include <string>

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

}  // namespace plumb::mariadb
