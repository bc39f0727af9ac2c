// A MariaDB database that SQL made, the description that plumb gives of it, and edits of that description.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cli/plumb_program.hpp"

namespace plumb::test {

/// Every table, view, trigger, routine and event of a database by its SHOW CREATE text. Counters of
/// AUTO_INCREMENT are left out, and so is the database's own name.
std::map<std::string, std::string> definitions_of(const Workplace& place);

/// A database of its own with what the SQL creates, and its description in `described.plumb`.
class DescribedDatabase {
 public:
  explicit DescribedDatabase(const std::string& sql);

  Workplace& place() { return place_; }
  const std::string& description() const { return description_; }
  /// What inspect said besides.
  const std::string& remarks() const { return remarks_; }

  /// Planning from the description gives nothing, and an empty database that is brought to it has the same
  /// definitions. `renamed`: names that the engine had made by itself and that plumb makes in its own way.
  void expect_no_difference(const std::vector<std::pair<std::string, std::string>>& renamed = {});

  /// Replaces each first text by the second, applies with the further arguments, and plans again, which must give
  /// nothing. Fails the test when a text is not there.
  void edit(const std::vector<std::pair<std::string, std::string>>& replacements, const std::vector<std::string>& further = {});
  /// The same edit, which must be refused while planning; gives what was said.
  std::string refused_edit(const std::vector<std::pair<std::string, std::string>>& replacements);
  /// SHOW CREATE TABLE.
  std::string table(const std::string& name) { return definitions_of(place_).at("table " + name); }

 private:
  void replace(const std::vector<std::pair<std::string, std::string>>& replacements);

  Workplace place_{"mariadb"};
  std::string description_;
  std::string remarks_;
};

}  // namespace plumb::test
