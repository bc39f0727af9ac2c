#include "backup/archive.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <map>
#include <thread>

#include "backup/descriptor.hpp"
#include "support/error.hpp"
#include "support/fingerprint.hpp"

namespace plumb::backup {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t block = 512;
constexpr std::size_t largest_manifest = 256U << 20U;
constexpr int compression_level = 3;
constexpr unsigned most_workers = 4;

/// A tar header of POSIX; its numbers are octal text.
struct Header {
  std::array<char, block> bytes{};

  void text(std::size_t offset, std::size_t size, std::string_view value) { std::copy_n(value.begin(), std::min(size, value.size()), bytes.begin() + static_cast<std::ptrdiff_t>(offset)); }
  void number(std::size_t offset, std::size_t size, std::uint64_t value) {
    if (value >> (3 * (size - 1)) != 0) {  // GNU tar's form for sizes of 8 GB and more
      for (std::size_t i = size; i-- > 0; value >>= 8U) bytes[offset + i] = static_cast<char>(value & 0xFFU);
      bytes[offset] = static_cast<char>(0x80);
      return;
    }
    for (std::size_t i = size - 1; i-- > 0; value >>= 3U) bytes[offset + i] = static_cast<char>('0' + (value & 7U));
    bytes[offset + size - 1] = '\0';
  }
  std::uint64_t number_at(std::size_t offset, std::size_t size) const {
    std::uint64_t value = 0;
    if ((static_cast<unsigned char>(bytes[offset]) & 0x80U) != 0) {
      for (std::size_t i = 1; i < size; ++i) value = value << 8U | static_cast<unsigned char>(bytes[offset + i]);
      return value;
    }
    for (std::size_t i = 0; i < size && bytes[offset + i] >= '0' && bytes[offset + i] <= '7'; ++i) value = value << 3U | static_cast<std::uint64_t>(bytes[offset + i] - '0');
    return value;
  }
  std::uint64_t checksum() const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < block; ++i) sum += i >= 148 && i < 156 ? static_cast<unsigned char>(' ') : static_cast<unsigned char>(bytes[i]);
    return sum;
  }
  std::string name() const { return {bytes.data(), ::strnlen(bytes.data(), 100)}; }
  bool is_end() const { return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; }); }
};

Header header_of(std::string_view name, std::uint64_t size) {
  Header header;
  header.text(0, 100, name);
  header.number(100, 8, 0600);
  header.number(108, 8, 0);
  header.number(116, 8, 0);
  header.number(124, 12, size);
  header.number(136, 12, static_cast<std::uint64_t>(std::time(nullptr)));
  header.text(156, 1, "0");
  header.text(257, 8, std::string_view("ustar\00000", 8));
  header.number(148, 7, header.checksum());
  header.bytes[155] = ' ';
  return header;
}

std::string reason() { return std::strerror(errno); }

struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeDecompressor {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

struct ArchiveWriter::State {
  std::string path;
  std::string beside;
  Descriptor file;
  std::uint64_t position = 0;
  std::uint64_t header_position = 0;
  Part part;
  std::unique_ptr<Sha256> hash;
  std::unique_ptr<ZSTD_CCtx, FreeCompressor> compressor;
  std::vector<char> buffer = std::vector<char>(ZSTD_CStreamOutSize());
  bool published = false;

  void put(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file.value(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw FileError(path, "cannot be written: " + reason());
      bytes.remove_prefix(static_cast<std::size_t>(written));
      position += static_cast<std::uint64_t>(written);
    }
  }
  void pad() { put(std::string((block - position % block) % block, '\0')); }

  void compress(std::string_view bytes, ZSTD_EndDirective how) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    for (;;) {
      ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
      const std::size_t left = ZSTD_compressStream2(compressor.get(), &out, &in, how);
      if (ZSTD_isError(left) != 0) throw FileError(path, std::string("cannot be compressed: ") + ZSTD_getErrorName(left));
      put({buffer.data(), out.pos});
      if (how == ZSTD_e_end ? left == 0 : in.pos == in.size) return;
    }
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
  state.compressor.reset(ZSTD_createCCtx());
  if (!state.compressor) throw std::bad_alloc();
  ZSTD_CCtx_setParameter(state.compressor.get(), ZSTD_c_compressionLevel, compression_level);
  ZSTD_CCtx_setParameter(state.compressor.get(), ZSTD_c_checksumFlag, 1);
  // a library without threads refuses this, and compresses in this one
  const unsigned workers = std::min(std::thread::hardware_concurrency(), most_workers);
  if (workers > 1) ZSTD_CCtx_setParameter(state.compressor.get(), ZSTD_c_nbWorkers, static_cast<int>(workers));
}

ArchiveWriter::~ArchiveWriter() {
  if (!state_->published) ::unlink(state_->beside.c_str());
}

const std::string& ArchiveWriter::beside() const { return state_->beside; }

void ArchiveWriter::begin(const std::string& name) {
  State& state = *state_;
  state.header_position = state.position;
  state.put(std::string(block, '\0'));
  state.part = Part{name, 0, 0, {}};
  state.hash = std::make_unique<Sha256>();
  ZSTD_CCtx_reset(state.compressor.get(), ZSTD_reset_session_only);
}

void ArchiveWriter::write(std::string_view bytes) {
  state_->hash->update(bytes);
  state_->part.bytes += bytes.size();
  state_->compress(bytes, ZSTD_e_continue);
}

Part ArchiveWriter::end() {
  State& state = *state_;
  state.compress({}, ZSTD_e_end);
  state.part.stored_bytes = state.position - state.header_position - block;
  state.part.sha256 = state.hash->hex();
  const Header header = header_of(state.part.name, state.part.stored_bytes);
  if (::pwrite(state.file.value(), header.bytes.data(), block, static_cast<off_t>(state.header_position)) != static_cast<ssize_t>(block)) throw FileError(state.path, "cannot be written: " + reason());
  state.pad();
  return state.part;
}

void ArchiveWriter::close(const std::string& manifest) {
  State& state = *state_;
  const Header header = header_of(manifest_name, manifest.size());
  state.put({header.bytes.data(), block});
  state.put(manifest);
  state.pad();
  state.put(std::string(2 * block, '\0'));
  if (::fsync(state.file.value()) != 0) throw FileError(state.path, "cannot be written: " + reason());
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
  struct Place {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
  };
  std::string path;
  Descriptor file;
  std::uint64_t size = 0;
  std::map<std::string, Place> places;
  std::string manifest;

  [[noreturn]] void damaged(const std::string& how) const { throw FileError(path, "is no whole backup: " + how); }

  void get(char* into, std::size_t count, std::uint64_t offset) const {
    while (count > 0) {
      const ssize_t got = ::pread(file.value(), into, count, static_cast<off_t>(offset));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw FileError(path, "cannot be read: " + reason());
      if (got == 0) damaged("it is cut off");
      into += got;
      offset += static_cast<std::uint64_t>(got);
      count -= static_cast<std::size_t>(got);
    }
  }

  void find_places() {
    for (std::uint64_t at = 0;;) {
      if (at + block > size) damaged("it is cut off, or something else");
      Header header;
      get(header.bytes.data(), block, at);
      if (header.is_end()) return;
      const std::uint64_t bytes = header.number_at(124, 12);
      if (header.number_at(148, 8) != header.checksum() || bytes > size - at - block) damaged("it is cut off, or something else");
      places[header.name()] = {at + block, bytes};
      at += block + (bytes + block - 1) / block * block;
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
  state.find_places();
  const auto manifest = state.places.find(std::string(manifest_name));
  if (manifest == state.places.end()) state.damaged("it has no manifest");
  if (manifest->second.size > largest_manifest) state.damaged("its manifest is too long");
  state.manifest.resize(manifest->second.size);
  state.get(state.manifest.data(), state.manifest.size(), manifest->second.offset);
}

ArchiveReader::~ArchiveReader() = default;

std::uint64_t ArchiveReader::file_bytes() const { return state_->size; }

const std::string& ArchiveReader::manifest() const { return state_->manifest; }

std::string ArchiveReader::read(const std::string& name, const Sink& sink) const {
  const auto place = state_->places.find(name);
  if (place == state_->places.end()) state_->damaged("the part `" + name + "` is missing");
  const std::unique_ptr<ZSTD_DCtx, FreeDecompressor> decompressor(ZSTD_createDCtx());
  if (!decompressor) throw std::bad_alloc();
  Sha256 hash;
  std::vector<char> input(ZSTD_DStreamInSize());
  std::vector<char> output(ZSTD_DStreamOutSize());
  std::size_t left = 1;
  for (std::uint64_t done = 0; done < place->second.size;) {
    const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(input.size(), place->second.size - done));
    state_->get(input.data(), count, place->second.offset + done);
    done += count;
    ZSTD_inBuffer in{input.data(), count, 0};
    bool is_full = false;
    while (in.pos < in.size || is_full) {
      ZSTD_outBuffer out{output.data(), output.size(), 0};
      left = ZSTD_decompressStream(decompressor.get(), &out, &in);
      if (ZSTD_isError(left) != 0) state_->damaged("the part `" + name + "` cannot be decompressed (" + ZSTD_getErrorName(left) + ")");
      hash.update({output.data(), out.pos});
      sink({output.data(), out.pos});
      is_full = out.pos == output.size() && left != 0;
    }
  }
  if (left != 0) state_->damaged("the part `" + name + "` is cut off");
  return hash.hex();
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
