// backup/piece.hpp: a part of a backup is compressed in pieces, each a zstd frame of its own with a checksum of its content, so
// that several threads can work at one part. For this folder alone. Source: RFC 8878.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace plumb::backup {

/// The bytes of a piece before it is compressed.
inline constexpr std::size_t piece_bytes = std::size_t{8} << 20U;
/// What a buffer has room for; no piece is stored in more.
std::size_t buffer_bytes();

class Buffers;

/// The bytes of a piece, as they are or compressed. Its memory goes back to where it came from.
class Buffer {
 public:
  Buffer(Buffers& owner, std::unique_ptr<char[]> bytes) : owner_(&owner), bytes_(std::move(bytes)) {}
  ~Buffer();
  Buffer(Buffer&& other) noexcept : size(other.size), owner_(other.owner_), bytes_(std::move(other.bytes_)) {}
  Buffer& operator=(Buffer&& other) noexcept;

  char* data() { return bytes_.get(); }
  std::string_view view() const { return {bytes_.get(), size}; }

  std::size_t size = 0;

 private:
  Buffers* owner_;
  std::unique_ptr<char[]> bytes_;
};

/// Memory that is used again and again, because the system clears new memory page by page. Thread-safe.
class Buffers {
 public:
  Buffer take();
  void give_back(std::unique_ptr<char[]> bytes);

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<char[]>> free_;
};

/// Throws Error.
Buffer compressed(const Buffer& piece, Buffers& buffers);

/// Throws Error when the bytes are no whole piece.
Buffer decompressed(const Buffer& stored, Buffers& buffers);

}  // namespace plumb::backup
