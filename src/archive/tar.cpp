#include "archive/tar.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "support/error.hpp"

namespace plumb::archive {
namespace {

constexpr int bytes_a_write = 1 << 20;
constexpr std::size_t bytes_a_read = 1U << 16U;

struct FreeWriter {
  void operator()(struct archive* writer) const { archive_write_free(writer); }
};
struct FreeReader {
  void operator()(struct archive* reader) const { archive_read_free(reader); }
};
struct FreeEntry {
  void operator()(struct archive_entry* entry) const { archive_entry_free(entry); }
};

std::string reason_of(struct archive* archive) {
  const char* reason = archive_error_string(archive);
  return reason == nullptr ? "no reason given" : reason;
}

}  // namespace

struct TarWriter::State {
  std::string path;
  std::unique_ptr<struct archive, FreeWriter> writer{archive_write_new()};

  void check(la_ssize_t result) const {
    if (result < ARCHIVE_OK) throw FileError(path, "cannot be written: " + reason_of(writer.get()));
  }
};

TarWriter::TarWriter(int descriptor, const std::string& path) : state_(std::make_unique<State>()) {
  state_->path = path;
  struct archive* writer = state_->writer.get();
  state_->check(archive_write_set_format_pax_restricted(writer));
  state_->check(archive_write_set_bytes_per_block(writer, bytes_a_write));
  state_->check(archive_write_set_bytes_in_last_block(writer, 1));
  state_->check(archive_write_open_fd(writer, descriptor));
}

TarWriter::~TarWriter() {
  // without close() the file is not kept: its end need not be written, and cannot where the disk is full
  if (state_->writer) archive_write_fail(state_->writer.get());
}

void TarWriter::add(const std::string& name, std::string_view bytes, std::time_t modified_at) {
  const std::unique_ptr<struct archive_entry, FreeEntry> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
  archive_entry_set_mtime(entry.get(), modified_at, 0);
  state_->check(archive_write_header(state_->writer.get(), entry.get()));
  state_->check(archive_write_data(state_->writer.get(), bytes.data(), bytes.size()));
}

void TarWriter::close() {
  state_->check(archive_write_close(state_->writer.get()));
  state_->writer.reset();
}

struct TarReader::State {
  std::string path;
  std::unique_ptr<struct archive, FreeReader> reader{archive_read_new()};
  std::uint64_t begin = 0;
  std::string name;
  std::uint64_t size = 0;

  [[noreturn]] void refuse() const { throw FileError(path, "is cut off, damaged or no tar: " + reason_of(reader.get())); }
};

TarReader::TarReader(int descriptor, const std::string& path, std::uint64_t place) : state_(std::make_unique<State>()) {
  state_->path = path;
  state_->begin = place;
  if (::lseek(descriptor, static_cast<off_t>(place), SEEK_SET) < 0) throw FileError(path, std::string("cannot be read: ") + std::strerror(errno));
  archive_read_support_format_tar(state_->reader.get());
  if (archive_read_open_fd(state_->reader.get(), descriptor, bytes_a_read) != ARCHIVE_OK) state_->refuse();
}

TarReader::~TarReader() = default;

bool TarReader::next() {
  struct archive_entry* entry = nullptr;
  for (;;) {
    const int result = archive_read_next_header(state_->reader.get(), &entry);
    if (result == ARCHIVE_EOF) return false;
    if (result != ARCHIVE_OK) state_->refuse();
    if (archive_entry_filetype(entry) == AE_IFREG) break;
  }
  const char* name = archive_entry_pathname(entry);
  state_->name = name == nullptr ? std::string() : name;
  state_->size = static_cast<std::uint64_t>(archive_entry_size(entry));
  return true;
}

const std::string& TarReader::name() const { return state_->name; }

std::uint64_t TarReader::size() const { return state_->size; }

std::uint64_t TarReader::place() const { return state_->begin + static_cast<std::uint64_t>(archive_read_header_position(state_->reader.get())); }

std::size_t TarReader::read(char* buffer, std::size_t most) {
  if (state_->size > most) throw FileError(state_->path, "holds `" + state_->name + "`, which is too large");
  std::size_t done = 0;
  while (done < state_->size) {
    const la_ssize_t got = archive_read_data(state_->reader.get(), buffer + done, state_->size - done);
    if (got <= 0) state_->refuse();
    done += static_cast<std::size_t>(got);
  }
  return done;
}

std::string TarReader::read_all(std::size_t most) {
  std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(state_->size, most)), '\0');
  read(bytes.data(), most);
  return bytes;
}

}  // namespace plumb::archive
