// archive/tar.hpp: an uncompressed tar, file by file, on an open descriptor. Nothing that it says is trusted.
#pragma once

#include <cstdint>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>

namespace plumb::archive {

/// `path` is for messages. Members throw FileError.
class TarWriter {
 public:
  TarWriter(int descriptor, const std::string& path);
  ~TarWriter();
  TarWriter(const TarWriter&) = delete;
  TarWriter& operator=(const TarWriter&) = delete;

  /// One file that its owner alone may read.
  void add(const std::string& name, std::string_view bytes, std::time_t modified_at);
  /// Writes the end.
  void close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Reads from the descriptor's beginning, or from the place of one of its files. Members throw FileError.
class TarReader {
 public:
  TarReader(int descriptor, const std::string& path, std::uint64_t place = 0);
  ~TarReader();
  TarReader(const TarReader&) = delete;
  TarReader& operator=(const TarReader&) = delete;

  /// Goes to the next regular file; false at the end. What is left of the one before is passed over.
  bool next();
  const std::string& name() const;
  std::uint64_t size() const;
  /// Where the file begins in the descriptor, its header included.
  std::uint64_t place() const;
  /// All bytes of the file into `buffer`, which has room for `most`; throws when they are more. Gives their number.
  std::size_t read(char* buffer, std::size_t most);
  std::string read_all(std::size_t most);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace plumb::archive
