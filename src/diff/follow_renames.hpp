// diff/follow_renames.hpp: what renames do to the texts of views and triggers. Pure.
#pragma once

#include <string>
#include <vector>

#include "diff/rename.hpp"
#include "model/schema.hpp"

namespace plumb::diff {

/// Rewrites every view and trigger of `schema` whose text names something renamed. SQLite does this by itself when it
/// renames (sqlite.org/lang_altertable.html); for MariaDB a plan must.
void follow_renames(Schema& schema, const std::vector<Rename>& renames, const sql::Lexis& lexis);

}  // namespace plumb::diff
