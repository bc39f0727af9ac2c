#include "language/load.hpp"

#include <utility>

#include "language/parse.hpp"
#include "language/resolve.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/fingerprint.hpp"

namespace plumb::language {
namespace {

constexpr std::size_t largest_file_bytes = std::size_t{1} << 30U;  // offsets are 32 bits

}  // namespace

std::vector<SourceText> read_sources(const std::vector<std::string>& paths, const std::string& left_out) {
  const auto shown = [&](const std::string& path) { return !left_out.empty() && path.starts_with(left_out) ? path.substr(left_out.size()) : path; };
  std::vector<SourceText> sources;
  for (const std::string& path : paths) {
    if (!is_folder(path)) {
      sources.emplace_back(shown(path), read_file(path));
      continue;
    }
    const std::vector<std::string> files = files_below(path, ".plumb");
    if (files.empty()) throw FileError(path, "holds no `.plumb` file");
    for (const std::string& file : files) sources.emplace_back(shown(file), read_file(file));
  }
  return sources;
}

/// The texts one after the other, each with its length before it, so that no two descriptions read the same.
std::string fingerprint_of(const std::vector<SourceText>& sources) {
  std::string all;
  std::size_t size = 0;
  for (const SourceText& source : sources) size += source.text().size() + 24;
  all.reserve(size);
  for (const SourceText& source : sources) {
    all += std::to_string(source.text().size());
    all += '\n';
    all += source.text();
  }
  return sha256_hex(all);
}

Loaded load(const std::vector<std::string>& paths, Places* places) {
  return load(read_sources(paths), places);
}

Loaded load(std::vector<SourceText> sources, Places* places) {
  Loaded loaded;
  loaded.sources = std::move(sources);
  for (const SourceText& source : loaded.sources) {
    if (source.text().size() > largest_file_bytes)
      throw FileError(source.path(), "is too large, more than 1 GiB");
  }
  std::vector<ast::File> files;
  files.reserve(loaded.sources.size());
  for (std::uint32_t i = 0; i < loaded.sources.size(); ++i) {
    files.push_back(parse(loaded.sources[i], i, loaded.diagnostics));
  }
  Description description = resolve(loaded.sources, files, loaded.diagnostics, places);
  if (has_errors(loaded.diagnostics)) return loaded;
  description.fingerprint = fingerprint_of(loaded.sources);
  loaded.description = std::move(description);
  return loaded;
}

}  // namespace plumb::language
