// desired/load_sql.hpp: .sql files as a description, by running them in a scratch database.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "desired/scratch_database.hpp"
#include "dialect/dialect.hpp"
#include "language/load.hpp"
#include "model/description.hpp"

namespace plumb::desired {

/// Runs the files one after the other in `scratch` and reads back what they made; then the hints. `database`: the
/// name that the files may use for the described database (theirs, where they say USE). Statements that need what a
/// later one creates are run again after it. One diagnostic for each mistake, at its place. Throws DatabaseError when
/// the scratch database itself fails.
language::Loaded load_sql(std::vector<SourceText> sources, const Dialect& dialect, const ScratchDatabase& scratch, const std::string& database);

}  // namespace plumb::desired
