#include "backup/piece.hpp"

#include <zstd.h>

#include <new>
#include <utility>

#include "support/error.hpp"

namespace plumb::backup {
namespace {

/// Two processors then compress faster than most disks write.
constexpr int compression_level = 1;

struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

std::size_t checked(std::size_t result) {
  if (ZSTD_isError(result) != 0) throw Error(ZSTD_getErrorName(result));
  return result;
}

}  // namespace

std::size_t buffer_bytes() { return ZSTD_compressBound(piece_bytes); }

Buffer::~Buffer() {
  if (bytes_) owner_->give_back(std::move(bytes_));
}

Buffer& Buffer::operator=(Buffer&& other) noexcept {
  std::swap(size, other.size);
  std::swap(owner_, other.owner_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

Buffer Buffers::take() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) return {*this, std::make_unique_for_overwrite<char[]>(buffer_bytes())};
  auto bytes = std::move(free_.back());
  free_.pop_back();
  return {*this, std::move(bytes)};
}

void Buffers::give_back(std::unique_ptr<char[]> bytes) {
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(bytes));
}

Buffer compressed(const Buffer& piece, Buffers& buffers) {
  const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context(ZSTD_createCCtx());
  if (!context) throw std::bad_alloc();
  checked(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, compression_level));
  checked(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1));
  Buffer stored = buffers.take();
  stored.size = checked(ZSTD_compress2(context.get(), stored.data(), buffer_bytes(), piece.view().data(), piece.size));
  return stored;
}

Buffer decompressed(const Buffer& stored, Buffers& buffers) {
  const unsigned long long size = ZSTD_getFrameContentSize(stored.view().data(), stored.size);
  if (size > piece_bytes) throw Error("no piece of a backup");  // also when it is not known
  Buffer piece = buffers.take();
  piece.size = checked(ZSTD_decompress(piece.data(), buffer_bytes(), stored.view().data(), stored.size));
  if (piece.size != size) throw Error("it is cut off");
  return piece;
}

}  // namespace plumb::backup
