#include "backup/store.hpp"

#include "support/error.hpp"

namespace plumb::backup {

std::unique_ptr<Store> store_for(const Dialect& dialect) { return dialect.capabilities().needs_server ? server_store(dialect) : file_store(dialect); }

void read_part(const ArchiveReader& archive, const Part& part, const Sink& sink, const std::string& path) {
  if (archive.read(part.name, sink) != part.sha256) throw FileError(path, "is damaged: the part `" + part.name + "` is not the one that was written");
}

}  // namespace plumb::backup
