// support/file.hpp: whole files in and out, without half-written results.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plumb {

/// The bytes of the file. Throws FileError.
std::string read_file(const std::string& path);

/// Writes `bytes` beside `path`, syncs, and renames it into place: readers see the old file or the new one.
/// Throws FileError; the old file then stands.
void write_file(const std::string& path, std::string_view bytes);

bool is_folder(const std::string& path);
bool file_exists(const std::string& path);

/// Paths of the regular files below `folder` (recursively) whose names end in `ending`, in byte order.
std::vector<std::string> files_below(const std::string& folder, std::string_view ending);

/// Makes the folder and its parents where missing. Throws FileError.
void make_folders(const std::string& path);

}  // namespace plumb
