// support/sha256.hpp: SHA-256 of bytes that come piece by piece.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace plumb {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  /// The 32 bytes; begins anew.
  std::array<unsigned char, 32> digest();
  /// As 64 lower-case hexadecimal digits; begins anew.
  std::string hex();

 private:
  void* context_;
};

/// Of a whole file, which is never held in memory as a whole. Throws FileError.
std::string sha256_of_file(const std::string& path);

}  // namespace plumb
