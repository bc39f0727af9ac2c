// tests/unit/language/describe.hpp: what a description means, as text, so that two can be compared and the
// difference read.
#pragma once

#include <string>

#include "model/description.hpp"

namespace plumb::test {

/// Everything but the places in files and the fingerprint. What is no difference in meaning is made equal:
/// generated names are left out, indexes, keys and checks are sorted, a key's referenced columns are filled
/// in, and a single-column key that takes its type from its target counts as ref(…).
std::string meaning_of(const plumb::Description& description);

}  // namespace plumb::test
