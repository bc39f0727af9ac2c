// support/fingerprint.hpp: SHA-256 of bytes, as the name of a state or a document.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace plumb {

/// SHA-256 as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

/// The same of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void update(std::string_view bytes);
  /// Of all bytes so far; nothing can be added afterwards.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace plumb
