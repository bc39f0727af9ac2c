#include "backup/archive.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <map>
#include <optional>

#include "archive/tar.hpp"
#include "backup/ahead.hpp"
#include "backup/piece.hpp"
#include "support/descriptor.hpp"
#include "support/error.hpp"
#include "support/fingerprint.hpp"

namespace plumb::backup {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largest_manifest = std::size_t{256} << 20U;

std::string reason() { return std::strerror(errno); }

std::string piece_name(const std::string& part, std::uint64_t number) {
  char text[32];
  const int length = std::snprintf(text, sizeof text, "/%06llu.zst", static_cast<unsigned long long>(number));
  return part + std::string(text, static_cast<std::size_t>(length));
}

}  // namespace

struct ArchiveWriter::State {
  std::string path;
  std::string beside;
  Descriptor file;
  std::optional<archive::TarWriter> tar;
  off_t written_out = 0;
  Part part;
  std::uint64_t pieces = 0;
  Buffers buffers;
  Buffer piece = buffers.take();
  std::optional<Sha256> hash;
  std::optional<Ahead<Buffer>> compressors;
  bool published = false;

  void take(std::string_view stored) {
    hash->update(stored);
    part.stored_bytes += stored.size();
    tar->add(piece_name(part.name, ++pieces), stored, std::time(nullptr));
    write_out();
  }

  /// Lets the disk begin with what was written so far, instead of all at the end.
  void write_out() {
    const off_t end = ::lseek(file.value(), 0, SEEK_CUR);
    ::sync_file_range(file.value(), written_out, end - written_out, SYNC_FILE_RANGE_WRITE);
    written_out = end;
  }

  void compress_piece() {
    compressors->add([this, full = std::move(piece)] { return compressed(full, buffers); });
    piece = buffers.take();
  }
};

ArchiveWriter::ArchiveWriter(std::string path) : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.path = std::move(path);
  state.beside = state.path + std::string(unfinished_mark) + std::to_string(::getpid());
  // a backup holds what the database holds: nobody else may read it
  state.file = Descriptor(::open(state.beside.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (state.file.value() < 0) throw FileError(state.path, "cannot be written: " + reason());
  ::flock(state.file.value(), LOCK_EX | LOCK_NB);  // says that the file is being written, see remove_unfinished
  state.tar.emplace(state.file.value(), state.path);
}

ArchiveWriter::~ArchiveWriter() {
  if (!state_->published) ::unlink(state_->beside.c_str());
}

const std::string& ArchiveWriter::beside() const { return state_->beside; }

void ArchiveWriter::begin(const std::string& name) {
  State& state = *state_;
  state.part = Part{name, 0, 0, {}};
  state.pieces = 0;
  state.hash.emplace();
  state.compressors.emplace([&state](const Buffer& stored) { state.take(stored.view()); });
}

void ArchiveWriter::write(std::string_view bytes) {
  State& state = *state_;
  state.part.bytes += bytes.size();
  while (!bytes.empty()) {
    const std::size_t count = std::min(bytes.size(), piece_bytes - state.piece.size);
    std::memcpy(state.piece.data() + state.piece.size, bytes.data(), count);
    state.piece.size += count;
    bytes.remove_prefix(count);
    if (state.piece.size == piece_bytes) state.compress_piece();
  }
}

Part ArchiveWriter::end() {
  State& state = *state_;
  if (state.piece.size != 0 || state.part.bytes == 0) state.compress_piece();
  state.compressors->finish();
  state.part.sha256 = state.hash->hex();
  return state.part;
}

void ArchiveWriter::close(const std::string& manifest) {
  State& state = *state_;
  state.tar->add(std::string(manifest_name), manifest, std::time(nullptr));
  state.tar->close();
  if (::fsync(state.file.value()) != 0) throw FileError(state.path, "cannot be written: " + reason());
  ::posix_fadvise(state.file.value(), 0, 0, POSIX_FADV_DONTNEED);
}

void ArchiveWriter::publish() {
  State& state = *state_;
  // link refuses a name that is taken, where rename would put the file in its place
  if (::link(state.beside.c_str(), state.path.c_str()) != 0) {
    if (errno == EEXIST) throw FileError(state.path, "stands already, and a backup never takes the place of another file");
    if (::access(state.path.c_str(), F_OK) == 0 || ::rename(state.beside.c_str(), state.path.c_str()) != 0) throw FileError(state.path, "cannot be written: " + reason());
  } else {
    ::unlink(state.beside.c_str());
  }
  state.published = true;
  sync_folder_of(state.path);
}

struct ArchiveReader::State {
  std::string path;
  Descriptor file;
  std::uint64_t size = 0;
  std::map<std::string, std::uint64_t> first_pieces;  ///< the places where parts begin
  std::string manifest;

  [[noreturn]] void damaged(const std::string& how) const { throw FileError(path, "is no whole backup: " + how); }

  void find_parts() {
    archive::TarReader tar(file.value(), path);
    while (tar.next()) {
      if (tar.name() == manifest_name) {
        manifest = tar.read_all(largest_manifest);
        if (tar.next()) damaged("its manifest is not its end");
        return;
      }
      if (tar.name().ends_with(piece_name({}, 1))) first_pieces.emplace(tar.name(), tar.place());
    }
    damaged("it has no manifest");
  }

  /// A function, because it runs in other threads.
  Buffer opened(const std::string& part, const Buffer& stored, Buffers& buffers) const {
    try {
      return decompressed(stored, buffers);
    } catch (const Error& error) {
      damaged("the part `" + part + "` cannot be decompressed (" + error.what() + ")");
    }
  }
};

ArchiveReader::ArchiveReader(const std::string& path) : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.path = path;
  state.file = Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts {};
  if (state.file.value() < 0 || ::fstat(state.file.value(), &facts) != 0) throw FileError(path, "cannot be read: " + reason());
  if (!S_ISREG(facts.st_mode)) throw FileError(path, "is no backup: no regular file");
  state.size = static_cast<std::uint64_t>(facts.st_size);
  state.find_parts();
}

ArchiveReader::~ArchiveReader() = default;

std::uint64_t ArchiveReader::file_bytes() const { return state_->size; }

const std::string& ArchiveReader::manifest() const { return state_->manifest; }

void ArchiveReader::read(const Part& part, const Sink& sink) const {
  const State& state = *state_;
  const auto first = state.first_pieces.find(piece_name(part.name, 1));
  if (first == state.first_pieces.end()) state.damaged("the part `" + part.name + "` is missing");
  archive::TarReader tar(state.file.value(), state.path, first->second);
  Sha256 hash;
  Buffers buffers;
  Ahead<Buffer> decompressors([&](const Buffer& piece) { sink(piece.view()); });
  for (std::uint64_t number = 1; tar.next() && tar.name() == piece_name(part.name, number); ++number) {
    Buffer stored = buffers.take();
    stored.size = tar.read(stored.data(), buffer_bytes());
    hash.update(stored.view());
    decompressors.add([&, bytes = std::move(stored)] { return state.opened(part.name, bytes, buffers); });
  }
  decompressors.finish();
  if (hash.hex() != part.sha256) state.damaged("the part `" + part.name + "` is not the one that was written");
}

void remove_unfinished(const std::string& folder) {
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string path = it->path().string();
    const std::size_t mark = path.rfind(std::string(ending) + std::string(unfinished_mark));
    if (mark == std::string::npos) continue;
    const std::size_t number_end = path.find_first_not_of("0123456789", mark + ending.size() + unfinished_mark.size());
    const std::string written = path.substr(0, number_end);  // what stands behind belongs to that file
    const Descriptor file(::open(written.c_str(), O_RDONLY | O_CLOEXEC));
    const bool is_being_written = file.value() >= 0 && ::flock(file.value(), LOCK_EX | LOCK_NB) != 0;
    if (!is_being_written) ::unlink(path.c_str());
  }
}

}  // namespace plumb::backup
