// tests/engine/questions/changes.hpp: the changes that rows can stand in the way of, one a line of a table.
#pragma once

#include <string>
#include <vector>

namespace plumb::test {

enum class On { Both, SQLite, MariaDb };

struct DataDependentChange {
  std::string name;
  On engine = On::Both;
  std::string before;  ///< tables as they stand
  std::string after;   ///< and as they shall be
  std::string rows;    ///< some in the way, some not
  std::vector<std::string> told;  ///< parts of what the plan says of them
  std::string repair;  ///< after which nothing is in the way
  std::string late;    ///< puts a row in the way again
  std::string key;     ///< by which the run names that row
};

const std::vector<DataDependentChange>& data_dependent_changes();

}  // namespace plumb::test
