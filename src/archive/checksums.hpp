// archive/checksums.hpp: checksums.txt, the SHA-256 of every file of a folder, in the form that `sha256sum -c` reads.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace plumb::archive {

inline constexpr const char* checksums_name = "checksums.txt";

/// The text for these files of the folder, in the order of their names. Throws FileError.
std::string checksums_of(const std::string& folder, std::vector<std::string> names);

/// SHA-256 of a whole file, which is never held in memory as a whole. Throws FileError.
std::string sha256_of_file(const std::string& path);

/// What is wrong with the folder, a sentence each: a file whose bytes are others, one that is missing, one that nobody
/// has vouched for, a line that is none. `names` are the files that are there. Throws FileError when checksums.txt
/// cannot be read.
std::vector<std::string> check_checksums(const std::string& folder, const std::vector<std::string>& names);
/// The same where somebody knows the SHA-256 of each file already.
std::vector<std::string> check_checksums(const std::string& folder, const std::vector<std::string>& names, const std::function<std::string(const std::string& name)>& sum_of);

/// The regular files of the folder and those below, relative to it, sorted; a link or anything else that is no file and no
/// folder is refused with FileError, and so is a name that may not be (names.hpp).
std::vector<std::string> files_of(const std::string& folder);

}  // namespace plumb::archive
