// portable/load.hpp: the content of a portable backup into an empty database. For this folder alone.
#pragma once

#include <string>
#include <vector>

#include "backup/archive.hpp"
#include "backup/create.hpp"
#include "backup/manifest.hpp"
#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "model/description.hpp"

namespace plumb::portable {

inline constexpr const char* description_part = "schema.plumb";

/// A description as the text of a backup. Throws Error when it is none.
Description description_from(const std::string& text);

/// Makes the tables, puts the rows in, then the triggers; records the version; compares. The database must be empty. `notes`
/// gets what its engine has otherwise. Throws Error, DatabaseError.
void load(const backup::ArchiveReader& archive, const backup::Manifest& manifest, db::Connection& connection, const Dialect& dialect, const backup::Progress& progress, std::vector<std::string>& notes);

}  // namespace plumb::portable
