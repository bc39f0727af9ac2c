// backup/restore.hpp: looks whether a backup can be restored, and restores it.
#pragma once

#include <string>
#include <vector>

#include "backup/create.hpp"

namespace plumb::backup {

struct Verdict {
  Manifest manifest;                  ///< empty where it cannot be read
  std::vector<std::string> problems;  ///< empty: the backup is good
};

/// Reads the manifest. Throws FileError when the file is no whole backup, Error for one of a later format.
Manifest manifest_of(const std::string& path);

/// Decompresses every part and compares the hashes. Throws what `progress` throws.
Verdict check_bytes(const std::string& path, const Progress& progress);

/// Also restores into a scratch database (on `server`, where the engine needs one) and compares schema, rows and checksums.
/// Throws DatabaseError when there can be no scratch database.
Verdict verify(const std::string& path, const db::Target* server, const Progress& progress);

/// How many objects stand in the target; 0 also where it does not exist.
std::uint64_t objects_in(const db::Target& target);

/// Puts the content of the backup into the target, which is made where it does not exist; what stands in it is replaced, and on
/// a server the backup is tried out before that. Throws Error when the backup is damaged or of another engine; nothing was
/// changed then.
void restore(const std::string& path, const db::Target& target, const Progress& progress);

}  // namespace plumb::backup
