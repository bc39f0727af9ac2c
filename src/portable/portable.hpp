// portable/portable.hpp: a whole database in a form of no engine: its description and every row as JSON, in the file of a
// backup (docs/backup.md). `backup/` lists, checks and prunes it like any other. The door of this folder.
#pragma once

#include <string>
#include <vector>

#include "backup/create.hpp"
#include "backup/restore.hpp"

namespace plumb::portable {

/// Writes the backup beside `path`, reads it back, and gives it its name. `notes` gets what the form does not hold, a sentence
/// each. Throws what backup::create throws.
backup::Created create(const db::Target& target, const std::string& path, const std::string& made_by, const backup::Progress& progress, std::vector<std::string>& notes);

/// As backup::verify: restores it into a scratch database of the engine that it came from.
backup::Verdict verify(const std::string& path, const db::Target* server, const backup::Progress& progress);

/// Puts the content into the target, of whatever engine, which is made where it does not exist; what stands in it is replaced.
/// Gives what the target's engine cannot say or has to say otherwise, a sentence each. Rows are compared with those that were
/// saved. Throws Error and DatabaseError; then the target is as it was, but on a server, where what stood in it is gone.
std::vector<std::string> restore(const std::string& path, const db::Target& target, const backup::Progress& progress);

}  // namespace plumb::portable
