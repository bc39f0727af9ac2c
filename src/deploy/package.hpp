// deploy/package.hpp: everything that a deployment needs, in one file: the description, the master data, hooks, reviewed plans
// (docs/deployment.md says what stands where).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "archive/scratch_folder.hpp"

namespace plumb::deploy {

/// 2: with a part of the description alone, which a reader of 1 would not know.
inline constexpr int format_version = 2;

/// metadata.json.
struct Facts {
  int format = 1;
  std::string schema;
  std::string version;
  std::string after;                        ///< the version that it comes after, as the description says; empty: it does not
  std::uint32_t data_format = 1;            ///< of the description
  std::string description;                  ///< fingerprint
  std::string tool;                         ///< "plumb 0.1.0"
  std::string commit;                       ///< of the git work tree that the description stands in; "…-modified" where that is not what was committed; empty: none
  std::string packages;                     ///< the part of the description that it brings: "setup..core"; empty: all of it
  std::size_t tables = 0;
  std::map<std::string, std::uint64_t> rows;  ///< of the master data, by table
};

/// What goes into one.
struct Sources {
  std::vector<std::string> description;  ///< files and folders
  std::string data;                      ///< a folder or .tar.zst of master data; empty: none
  std::string hooks;                     ///< a folder; empty: none
  std::vector<std::string> plans;        ///< reviewed ones, at most one for each engine
};

/// "shop_0.5.0.tar.zst".
std::string file_name(const Facts& facts);

/// Writes the package; the same sources give the same bytes. Throws FileError, and Error for a source that is none.
void write(const Facts& facts, const Sources& sources, const std::string& path);

/// A package that was unpacked among the temporary files, its checksums compared. Nothing that it says is trusted: see archive.hpp.
class Opened {
 public:
  /// Throws FileError and Error.
  explicit Opened(const std::string& path);

  const Facts& facts() const { return facts_; }
  const std::string& path() const { return path_; }
  const std::string& folder() const { return folder_.path(); }
  std::string description() const { return folder_.path() + "/schema"; }
  std::string data() const;                              ///< empty: it has none
  std::string hooks() const { return folder_.path() + "/hooks"; }
  std::string plan(const std::string& engine) const;     ///< empty: it has none for the engine
  const std::vector<std::string>& files() const { return files_; }

 private:
  std::string path_;
  archive::ScratchFolder folder_;
  std::vector<std::string> files_;
  Facts facts_;
};

}  // namespace plumb::deploy
