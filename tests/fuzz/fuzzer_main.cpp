// The door for libFuzzer.
#include <algorithm>
#include <cstdint>
#include <memory>

#include "fuzz/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // a copy of exactly this size, so that reading over its end shows
  const std::unique_ptr<char[]> copy(new char[size]);
  std::copy_n(data, size, copy.get());
  plumb::fuzz::check({copy.get(), size});
  return 0;
}
