// database_cases.hpp: small databases that together hold whatever a SQLite file can hold.
#pragma once

#include <ostream>
#include <string_view>
#include <vector>

namespace plumb::test {

struct DatabaseCase {
  std::string_view name;
  std::string_view script;
};

inline void PrintTo(const DatabaseCase& one, std::ostream* out) { *out << one.name; }

const std::vector<DatabaseCase>& database_cases();

}  // namespace plumb::test
