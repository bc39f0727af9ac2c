#include "backup/store.hpp"

namespace plumb::backup {

std::unique_ptr<Store> store_for(const Dialect& dialect) { return dialect.capabilities().needs_server ? server_store(dialect) : file_store(dialect); }

void read_through(const ArchiveReader& archive, const Manifest& manifest, const std::string& what, const Progress& progress) {
  std::uint64_t all = 0;
  for (const auto& part : manifest.parts) all += part.bytes;
  std::uint64_t done = 0;
  for (const auto& part : manifest.parts) {
    archive.read(part, [&](std::string_view bytes) {
      done += bytes.size();
      progress(what, done, all);
    });
  }
}

}  // namespace plumb::backup
