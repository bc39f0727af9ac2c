// desired/desired_state.hpp: whatever may stand behind --to as a Description. The door of this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/target.hpp"
#include "desired/load_database.hpp"

namespace plumb::desired {

struct DesiredOptions {
  std::optional<db::Target> target;   ///< the database that the description is for
  std::optional<db::Target> scratch;  ///< the server on which scratch databases are made, where it is not the target's
  std::string left_out;               ///< the beginning of paths that messages and plans do not say
  std::string engine;                 ///< the engine of SQL files, where no target says it
};

enum class SourceKind { Language, Sql, Database };

/// What the paths are together: `.plumb` files and folders, `.sql` files and folders, or one URL. Throws UsageError for
/// a mixture, FileError for a folder with neither.
SourceKind kind_of(const std::vector<std::string>& paths);

/// Loads the state. `.plumb` texts as language::load does. SQL is run in a scratch database of the target's engine and
/// read back. A database is read; of one of another engine everything is taken that has a portable form, and what has
/// none is told as a remark. Throws UsageError (which engine? no server for a scratch database), FileError and
/// DatabaseError.
Loaded load(const std::vector<std::string>& paths, const DesiredOptions& options);

/// The engine of SQL texts: the one of the target, of --engine or of the scratch server; else the one whose words are
/// found in them. Throws UsageError where that is not clear.
std::string engine_of_sql(const std::vector<SourceText>& sources, const DesiredOptions& options);

/// Names in backquotes come from MariaDB, but SQLite reads them too, and many an application writes them there.
enum class Backquotes { SayMariaDb, SayNothing };

/// The engine whose words are found in the texts; empty where it is not clear.
std::string recognised_engine(const std::vector<SourceText>& sources, Backquotes backquotes);

/// The .sql files of these paths. Throws FileError.
std::vector<SourceText> read_sql_sources(const std::vector<std::string>& paths);

}  // namespace plumb::desired
