#include "fuzz/target.hpp"

#include <cstdio>
#include <cstdlib>

namespace plumb::fuzz {

void fail(std::string_view what, std::string_view text) {
  std::fprintf(stderr, "%.*s\n---\n%.*s\n", static_cast<int>(what.size()), what.data(), static_cast<int>(text.size()), text.data());
  std::abort();
}

}  // namespace plumb::fuzz
