// backup/piece.hpp: a part of a backup is compressed in pieces, each a zstd frame of its own with a checksum of its content, so
// that several threads can work at one part. For this folder alone. Source: RFC 8878.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace plumb::backup {

/// The bytes of a piece before it is compressed.
inline constexpr std::size_t piece_bytes = std::size_t{8} << 20U;
/// No piece is stored in more bytes than this.
std::size_t most_stored_bytes();

/// Bytes whose memory is not cleared before it is written.
struct Buffer {
  explicit Buffer(std::size_t capacity) : bytes(std::make_unique_for_overwrite<char[]>(capacity)) {}
  std::unique_ptr<char[]> bytes;
  std::size_t size = 0;
  std::string_view view() const { return {bytes.get(), size}; }
};

/// Throws Error.
Buffer compressed(std::string_view piece);

/// Throws Error when the bytes are no whole piece.
Buffer decompressed(std::string_view stored);

}  // namespace plumb::backup
