// dialect/sqlite/texts_after_renames.hpp: what SQLite makes of the texts of views and triggers when something they name is renamed.
#pragma once

#include <optional>
#include <vector>

#include "diff/rename.hpp"
#include "model/schema.hpp"

namespace plumb::sqlite {

/// The views and triggers that name something renamed, as the engine rewrites them (sqlite.org/lang_altertable.html#altertabrename):
/// it knows what a name means in a query, which no look at the text alone does. The renames are run in a database in memory that
/// has of `before` what matters; what the engine stumbles over is left out, as it is, and must go before the renames do. Nothing where it
/// refuses them at all. The same input gives the same answer.
std::optional<diff::RenamedTexts> texts_after_renames(const Schema& before, const std::vector<diff::Rename>& renames);

}  // namespace plumb::sqlite
