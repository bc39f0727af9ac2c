// support/fingerprint.hpp: SHA-256 of bytes, as the name of a state or a document.
#pragma once

#include <string>
#include <string_view>

namespace plumb {

/// SHA-256 as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace plumb
