#include "support/sha256.hpp"

#include <openssl/evp.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

EVP_MD_CTX* of(void* context) { return static_cast<EVP_MD_CTX*>(context); }

void check(int result) {
  if (result != 1) throw Error("the cryptographic library cannot compute SHA-256");
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  check(context_ == nullptr ? 0 : EVP_DigestInit_ex(of(context_), EVP_sha256(), nullptr));
}

Sha256::~Sha256() { EVP_MD_CTX_free(of(context_)); }

void Sha256::add(std::string_view bytes) { check(EVP_DigestUpdate(of(context_), bytes.data(), bytes.size())); }

std::array<unsigned char, 32> Sha256::digest() {
  std::array<unsigned char, 32> bytes{};
  check(EVP_DigestFinal_ex(of(context_), bytes.data(), nullptr));
  check(EVP_DigestInit_ex(of(context_), EVP_sha256(), nullptr));
  return bytes;
}

std::string Sha256::hex() {
  const auto bytes = digest();
  return to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string sha256_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(path, std::strerror(errno));
  Sha256 sum;
  std::vector<char> buffer(std::size_t{1} << 18U);
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    sum.add({buffer.data(), static_cast<std::size_t>(file.gcount())});
  }
  if (file.bad()) throw FileError(path, "cannot be read");
  return sum.hex();
}

}  // namespace plumb
