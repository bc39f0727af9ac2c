// database.hpp: a SQLite file that a test fills with scripts and reads back.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "model/schema.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::sqlite {

class Database {
 public:
  Database();
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs any number of statements; one that the engine refuses fails the test.
  void run(std::string_view script);
  /// The same, but says whether the engine took it.
  bool takes(std::string_view script);

  /// The schema as plumb reads it through a session of its own.
  Schema read();
  /// Reads it, and gives what the engine says otherwise: cross_check, and the collations and AUTOINCREMENTs
  /// that no pragma tells. What could not be understood is a difference.
  std::vector<std::string> differences();

  db::Connection& connection();

 private:
  test::ScratchFolder folder_;
  sqlite3* handle_ = nullptr;
  std::unique_ptr<db::Connection> connection_;
};

}  // namespace plumb::sqlite
