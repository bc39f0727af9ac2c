#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "archive/archive.hpp"
#include "archive/names.hpp"
#include "support/error.hpp"

namespace plumb::archive {
namespace {

namespace fs = std::filesystem;

struct FreeWriter {
  void operator()(struct archive* writer) const { archive_write_free(writer); }
};
struct FreeEntry {
  void operator()(struct archive_entry* entry) const { archive_entry_free(entry); }
};
using Writer = std::unique_ptr<struct archive, FreeWriter>;
using Entry = std::unique_ptr<struct archive_entry, FreeEntry>;

/// A file that goes again unless it is kept.
class Unfinished {
 public:
  explicit Unfinished(std::string path) : path_(std::move(path)) {}
  ~Unfinished() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  const std::string& path() const { return path_; }
  void keep_as(const std::string& path) {
    std::error_code problem;
    fs::rename(path_, path, problem);
    if (problem) throw FileError(path, "cannot be written: " + problem.message());
    path_.clear();
  }

 private:
  std::string path_;
};

void check(struct archive* writer, const std::string& path, la_ssize_t result) {
  if (result >= ARCHIVE_OK) return;
  const char* reason = archive_error_string(writer);
  throw FileError(path, std::string("cannot be written: ") + (reason == nullptr ? "no reason given" : reason));
}

void add_file(struct archive* writer, const std::string& path, const std::string& folder, const std::string& name) {
  const std::string from = folder + "/" + name;
  std::error_code problem;
  const std::uintmax_t size = fs::file_size(from, problem);
  if (problem) throw FileError(from, "cannot be read: " + problem.message());
  const Entry entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
  archive_entry_set_mtime(entry.get(), 0, 0);
  check(writer, path, archive_write_header(writer, entry.get()));
  std::ifstream file(from, std::ios::binary);
  std::array<char, 65536> buffer{};
  std::uintmax_t written = 0;
  while (file) {
    file.read(buffer.data(), buffer.size());
    const auto got = static_cast<std::size_t>(file.gcount());
    if (got == 0) break;
    check(writer, path, archive_write_data(writer, buffer.data(), got));
    written += got;
  }
  if (written != size) throw FileError(from, "changed while it was read");
}

void compress(struct archive* writer, const std::string& path) {
  if (path.ends_with(".tar.gz")) {
    check(writer, path, archive_write_add_filter_gzip(writer));
    check(writer, path, archive_write_set_filter_option(writer, "gzip", "timestamp", nullptr));  // the same bytes at any time
    return;
  }
  check(writer, path, archive_write_add_filter_zstd(writer));
  check(writer, path, archive_write_set_filter_option(writer, "zstd", "compression-level", "9"));
}

}  // namespace

bool is_archive_name(const std::string& path) { return path.ends_with(".tar.zst") || path.ends_with(".tar.gz"); }

void pack(const std::string& folder, std::vector<std::string> names, const std::string& path) {
  std::sort(names.begin(), names.end());
  for (const auto& name : names) {
    if (const std::string why = why_not_a_name(name); !why.empty()) throw FileError(shown_name(name), why);
  }
  Unfinished beside(path + ".plumb-new-" + std::to_string(::getpid()));
  const Writer writer(archive_write_new());
  check(writer.get(), path, archive_write_set_format_pax_restricted(writer.get()));
  compress(writer.get(), path);
  check(writer.get(), path, archive_write_open_filename(writer.get(), beside.path().c_str()));
  for (const auto& name : names) add_file(writer.get(), path, folder, name);
  check(writer.get(), path, archive_write_close(writer.get()));
  beside.keep_as(path);
}

}  // namespace plumb::archive
