// apply/journal_file.hpp: the journal a second time, in a file beside the database (docs/history.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "apply/journal.hpp"

namespace plumb::apply {

/// JSON Lines, appended; each line is on the disk before the statement that it announces is sent. It tells what was done when the database
/// itself cannot be asked any more.
class JournalFile {
 public:
  /// Makes the file where there is none. Throws FileError.
  explicit JournalFile(const std::string& path);
  ~JournalFile();
  JournalFile(const JournalFile&) = delete;
  JournalFile& operator=(const JournalFile&) = delete;

  /// The facts of a run, before its first statement: an object in JSON.
  void run(std::string_view facts);
  /// Before a statement is sent, and after it. Throw FileError: a run whose intent cannot be written down does not go on.
  void begin(const Place& place, std::string_view sql);
  void end(const Place& place, std::uint64_t rows);
  void failed(const Place& place, std::string_view problem);
  void ended(std::string_view outcome, std::string_view message);

 private:
  void line(const std::string& text);

  std::string path_;
  int file_ = -1;
};

}  // namespace plumb::apply
