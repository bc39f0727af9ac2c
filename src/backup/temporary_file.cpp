#include "backup/temporary_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "db/copy_file.hpp"
#include "support/descriptor.hpp"
#include "support/error.hpp"

namespace plumb::backup {

void TemporaryFile::remove_what_stands_beside() const {
  for (const char* end : {"-journal", "-wal", "-shm"}) ::unlink((path_ + end).c_str());
}

void TemporaryFile::remove() const {
  ::unlink(path_.c_str());
  remove_what_stands_beside();
}

void put_in_place(const TemporaryFile& file, const db::Target& target, const Progress& progress) {
  file.remove_what_stands_beside();  // a file in WAL mode gets two companions when it is looked at
  // link takes no other file's place: whoever made the database meanwhile keeps it
  if (::link(file.path().c_str(), target.path.c_str()) == 0) {
    sync_folder_of(target.path);
    return;
  }
  if (errno != EEXIST) throw FileError(target.path, std::string("cannot be written: ") + std::strerror(errno));
  db::copy_over(file.path(), target, [&](std::uint64_t done, std::uint64_t all) { progress("replacing the database", done, all); });
}

}  // namespace plumb::backup
