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

Company kept_until_the_loss(const KeptValues& values);

}  // namespace plumb::mariadb
