#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>

#include "archive/archive.hpp"
#include "archive/names.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::archive {
namespace {

namespace fs = std::filesystem;

struct FreeReader {
  void operator()(struct archive* reader) const { archive_read_free(reader); }
};

/// A new file that nothing stood in the place of.
class NewFile {
 public:
  explicit NewFile(const std::string& path)
      : path_(path), descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644)) {
    if (descriptor_ < 0) throw FileError(path, std::string("cannot be written: ") + std::strerror(errno));
  }
  ~NewFile() { ::close(descriptor_); }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(const char* bytes, std::size_t size) {
    while (size > 0) {
      const ssize_t got = ::write(descriptor_, bytes, size);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw FileError(path_, std::string("cannot be written: ") + std::strerror(errno));
      bytes += got;
      size -= static_cast<std::size_t>(got);
    }
  }

 private:
  std::string path_;
  int descriptor_;
};

class Unpacker {
 public:
  Unpacker(const std::string& path, const std::string& folder, const Bounds& bounds)
      : path_(path), folder_(folder), bounds_(bounds), reader_(archive_read_new()) {
    std::error_code problem;
    const std::uintmax_t size = fs::file_size(path, problem);
    if (problem) throw FileError(path, "cannot be read: " + problem.message());
    most_bytes_ = std::min(bounds.most_bytes, std::max(bounds.always_fine, size * bounds.most_growth));
  }

  std::vector<std::string> run() {
    archive_read_support_filter_zstd(reader_.get());
    archive_read_support_filter_gzip(reader_.get());
    archive_read_support_format_tar(reader_.get());
    if (archive_read_open_filename(reader_.get(), path_.c_str(), 65536) != ARCHIVE_OK) refuse();
    struct archive_entry* entry = nullptr;
    for (;;) {
      const int result = archive_read_next_header(reader_.get(), &entry);
      if (result == ARCHIVE_EOF) break;
      if (result != ARCHIVE_OK) refuse();
      take(entry);
    }
    if (names_.empty()) throw FileError(path_, "is an archive without files");
    std::sort(names_.begin(), names_.end());
    return std::move(names_);
  }

 private:
  [[noreturn]] void refuse() const {
    const char* reason = archive_error_string(reader_.get());
    throw FileError(path_, std::string("is no whole .tar.zst archive: ") + (reason == nullptr ? "it cannot be read" : reason));
  }

  [[noreturn]] void refuse(const std::string& name, const std::string& why) const {
    throw FileError(path_, "holds `" + shown_name(name) + "`, which " + why + "; nothing of it was used");
  }

  void take(struct archive_entry* entry) {
    const char* text = archive_entry_pathname(entry);
    const std::string name = text == nullptr ? std::string() : text;
    if (const std::string why = why_not_a_name(name); !why.empty()) refuse(name, why);
    const bool is_link = archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr;
    if (is_link || archive_entry_filetype(entry) != AE_IFREG) refuse(name, is_link ? "is a link" : "is no file");
    if (!known_.insert(to_lower(name)).second) refuse(name, "stands in it twice");
    if (known_.size() > bounds_.most_files) refuse(name, "is one file more than the " + grouped(bounds_.most_files) + " that an archive may hold");
    if (const std::size_t slash = name.rfind('/'); slash != std::string::npos) make_folders(folder_ + "/" + name.substr(0, slash));
    NewFile file(folder_ + "/" + name);
    copy(file, name);
    names_.push_back(name);
  }

  void copy(NewFile& file, const std::string& name) {
    std::array<char, 65536> buffer{};
    for (;;) {
      const la_ssize_t got = archive_read_data(reader_.get(), buffer.data(), buffer.size());
      if (got == 0) return;
      if (got < 0) refuse();
      bytes_ += static_cast<std::uint64_t>(got);
      if (bytes_ > most_bytes_)
        refuse(name, "makes it unpack to more than " + grouped(most_bytes_ >> 20U) + " MiB, far more than an archive of its size should");
      file.write(buffer.data(), static_cast<std::size_t>(got));
    }
  }

  const std::string& path_;
  const std::string& folder_;
  const Bounds& bounds_;
  std::unique_ptr<struct archive, FreeReader> reader_;
  std::uint64_t most_bytes_ = 0;
  std::uint64_t bytes_ = 0;
  std::set<std::string> known_;  ///< in lower case
  std::vector<std::string> names_;
};

}  // namespace

std::vector<std::string> unpack(const std::string& path, const std::string& folder, const Bounds& bounds) {
  return Unpacker(path, folder, bounds).run();
}

}  // namespace plumb::archive
