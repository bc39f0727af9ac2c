// backup/archive.hpp: the one file of a backup: a tar of compressed parts with the manifest at its end.
//
// A part is a folder of pieces (piece.hpp) in their order. Any tar and any zstd take it apart: `tar -xOf FILE PART | zstd -dc`.
// The manifest stands last, so that a file which was cut off has none.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::backup {

inline constexpr std::string_view ending = ".backup.tar";
inline constexpr std::string_view manifest_name = "manifest.json";
/// What stands in the name of a file that is being written, before the number of the process.
inline constexpr std::string_view unfinished_mark = ".plumb-new-";

using Sink = std::function<void(std::string_view)>;

/// One compressed part.
struct Part {
  std::string name;                 ///< "database.sqlite"
  std::uint64_t bytes = 0;          ///< as it was
  std::uint64_t stored_bytes = 0;   ///< compressed
  std::string sha256;               ///< of the stored bytes of all its pieces; each holds a checksum of its content besides
};

/// Writes beside `path`; finish() gives the file its name. Without that nothing stays. Members throw FileError.
class ArchiveWriter {
 public:
  explicit ArchiveWriter(std::string path);
  ~ArchiveWriter();
  ArchiveWriter(const ArchiveWriter&) = delete;
  ArchiveWriter& operator=(const ArchiveWriter&) = delete;

  /// Where the bytes go before they have their name.
  const std::string& beside() const;

  void begin(const std::string& name);
  void write(std::string_view bytes);
  Part end();

  /// Writes the manifest, syncs, and lets go of what the system holds of the file in memory, so that reading it back asks the
  /// disk. The file has no name yet.
  void close(const std::string& manifest);
  /// Renames into place, never over another file.
  void publish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Reads a finished file. Throws FileError when it is none: cut off, or something else.
class ArchiveReader {
 public:
  explicit ArchiveReader(const std::string& path);
  ~ArchiveReader();
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;

  std::uint64_t file_bytes() const;
  const std::string& manifest() const;
  /// Gives a part away piece by piece, decompressed and compared with the checksums in it. Throws FileError when the part is
  /// missing, damaged or not the one that the manifest tells of; all or some of it may have been given away then.
  void read(const Part& part, const Sink& sink) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Removes what killed runs left unfinished in the folder.
void remove_unfinished(const std::string& folder);

}  // namespace plumb::backup
