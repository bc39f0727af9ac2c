// file_facts.hpp: what a SQLite file holds, as sentences that two states can be compared by.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace plumb::test {

struct FileFacts {
  std::map<std::string, std::string> settings;             ///< user_version, encoding, journal_mode …
  std::map<std::string, std::string> texts;                ///< "index i" -> its stored text; tables are told apart below
  std::map<std::string, std::string> tables;               ///< name -> stored text
  std::map<std::string, std::vector<std::string>> rows;    ///< of each table: rowid, types and values, sorted
  std::vector<std::string> integrity;
};

/// Everything but plumb's own tables. `left_out`: a column whose values do not count.
FileFacts facts_of_file(const std::string& path, const std::string& left_out = {});

/// Runs a script; fails the test when SQLite does not take it.
void run_in_file(const std::string& path, const std::string& script);

}  // namespace plumb::test
