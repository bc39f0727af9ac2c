// dialect/describe.hpp: changes in words, for the one-line titles of steps. The same on every engine.
#pragma once

#include <string>

#include "diff/change.hpp"

namespace plumb {

/// "table `t`: `+ a`, `~ b` varchar(20) to varchar(40), `- c`". `longest` limits the number of parts named.
std::string describe_alteration(const diff::Pair<Table>& change);

/// "varchar(40) not null" and "varchar(20)": what differs of a column, in words.
std::string describe_column_change(const diff::Pair<Column>& change);

/// "unique `by_name`", or "the unique key over (`a`, `b`)" of one without a name; the same of a foreign key.
std::string called(const Index& unique);
std::string called(const ForeignKey& key);

}  // namespace plumb
