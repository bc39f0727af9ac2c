// archive/archive.hpp: a folder of files as one .tar.zst or .tar.gz, and back. Nothing that an archive says is trusted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace plumb::archive {

/// What an archive may hold at most.
struct Bounds {
  std::uint64_t most_bytes = std::uint64_t{64} << 30U;  ///< of all files together, unpacked
  std::size_t most_files = 10'000;
  /// Of the archive's own size that the files may have together, once they are larger than `always_fine`.
  std::uint64_t most_growth = 2000;
  std::uint64_t always_fine = std::uint64_t{64} << 20U;
};

/// True for a path that ends in .tar.zst or .tar.gz.
bool is_archive_name(const std::string& path);

/// Writes the files `names` of `folder` into the archive `path`, in the order of their names, without times and owners:
/// the same files give the same bytes. Writes beside it and renames. Throws FileError.
void pack(const std::string& folder, std::vector<std::string> names, const std::string& path);

/// Writes the files of the archive `path` into the empty folder `folder`; gives their names, sorted. Refuses, with FileError,
/// whatever is no regular file, names that lead elsewhere (see names.hpp), names twice (also when only their case differs),
/// and more than the bounds allow. What was written until then is the caller's to remove.
std::vector<std::string> unpack(const std::string& path, const std::string& folder, const Bounds& bounds = {});

}  // namespace plumb::archive
