// fleet/targets.hpp: the databases of a fleet, one a line.
#pragma once

#include <string>
#include <vector>

namespace plumb::fleet {

struct Member {
  std::string url;     ///< paths are taken from the folder of the list; may hold a password, so it is never printed
  std::string name;    ///< as the list says, else the URL without a password
  std::string folder;  ///< the name as the name of a folder, different for each member
};

/// Reads the list: `URL` or `NAME URL` a line, in the order of the run; empty lines, and lines that begin with `#`, say nothing.
/// `sqlite:tenants/*.db` stands for all files of that form, in byte order. Throws FileError, and UsageError for a line that is
/// neither, a form that no file has, a name or database that comes twice, and a list without any.
std::vector<Member> read_targets(const std::string& path);

}  // namespace plumb::fleet
