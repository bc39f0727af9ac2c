// backup/shelf.hpp: the backups of a folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backup/create.hpp"

namespace plumb::backup {

struct Shelved {
  std::string path;
  std::uint64_t file_bytes = 0;
  Manifest manifest;
  std::string problem;  ///< why it is no backup; the manifest is empty then
};

/// The newest first. Files that are still being written, or that a killed run left, are no backups. A folder that does not exist
/// has none.
std::vector<Shelved> list(const std::string& folder);

struct Retention {
  std::optional<unsigned> keep_days;  ///< those that are younger stay
  std::optional<unsigned> keep;       ///< so many of each database stay
};

/// Which backups go. For each database its newest good one, found by checking its bytes, always stays.
std::vector<Shelved> outdated(const std::vector<Shelved>& shelf, const Retention& retention, const Progress& progress);

/// Also removes what killed runs left unfinished. Throws FileError.
void remove(const std::vector<Shelved>& going, const std::string& folder);

}  // namespace plumb::backup
