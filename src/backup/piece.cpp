#include "backup/piece.hpp"

#include <zstd.h>

#include <new>

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

std::size_t most_stored_bytes() { return ZSTD_compressBound(piece_bytes); }

Buffer compressed(std::string_view piece) {
  const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context(ZSTD_createCCtx());
  if (!context) throw std::bad_alloc();
  checked(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, compression_level));
  checked(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1));
  const std::size_t bound = ZSTD_compressBound(piece.size());
  Buffer stored(bound);
  stored.size = checked(ZSTD_compress2(context.get(), stored.bytes.get(), bound, piece.data(), piece.size()));
  return stored;
}

Buffer decompressed(std::string_view stored) {
  const unsigned long long size = ZSTD_getFrameContentSize(stored.data(), stored.size());
  if (size > piece_bytes) throw Error("no piece of a backup");  // also when it is not known
  Buffer piece(size);
  piece.size = checked(ZSTD_decompress(piece.bytes.get(), size, stored.data(), stored.size()));
  if (piece.size != size) throw Error("it is cut off");
  return piece;
}

}  // namespace plumb::backup
