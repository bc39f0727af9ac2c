// tests/engine/data/data_test.hpp: a database of either engine, made from a description, with master data in
// it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/master_data.hpp"
#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "model/description.hpp"
#include "support/mariadb_server.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::test {

/// The description of a text, or of the folder or file at a path below the source folder. A mistake in it
/// fails the test with its diagnostics.
Description described(const std::string& text);
Description described_by_path(const std::string& path_in_sources);

/// An empty database of one engine, gone at the end.
class DataDatabase {
 public:
  explicit DataDatabase(const std::string& engine);

  db::Connection& connection() { return *connection_; }
  const Dialect& dialect() const { return dialect_; }
  bool is_sqlite() const { return dialect_.name() == "sqlite"; }
  std::unique_ptr<db::Connection> connect(db::OpenMode mode = db::OpenMode::ReadWrite) const;

  /// Creates everything that the description says.
  void create(const Description& description);
  void execute(std::string_view sql) { connection_->execute(sql); }
  /// The rows as text, "a|b" a line; NULL is "-".
  std::string rows(std::string_view query);

  std::uint64_t export_to(const Description& description, const std::string& folder);
  data::Comparison compare(const Description& description, const std::string& folder, const data::SyncOptions& options = {});
  data::Comparison sync(const Description& description, const std::string& folder, const data::SyncOptions& options = {});

 private:
  const Dialect& dialect_;
  std::optional<ScratchFolder> folder_;
  std::optional<FreshDatabase> fresh_;
  db::Target target_;
  std::unique_ptr<db::Connection> connection_;
};

/// A folder of master data written by a test.
class DataFolder {
 public:
  DataFolder(const std::string& schema, const std::string& version);
  const std::string& path() const { return path_; }
  DataFolder& write(const std::string& table, const std::string& json);
  std::string read(const std::string& table) const;

 private:
  ScratchFolder scratch_;
  std::string path_;
};

/// Every file of rows of the folder as "name: bytes", in order of their names.
std::vector<std::string> files_of(const std::string& folder);

/// The problems on one line each.
std::string problems(const data::Comparison& comparison);

/// Run once for each engine.
class DataTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "mariadb" && !mariadb_is_wanted()) GTEST_SKIP() << "MariaDB is not wanted";
    database_.emplace(GetParam());
  }
  DataDatabase& database() { return *database_; }
  const ScratchFolder& scratch() const { return scratch_; }
  bool is_mariadb() const { return GetParam() == "mariadb"; }

 private:
  std::optional<DataDatabase> database_;
  ScratchFolder scratch_;
};

}  // namespace plumb::test

#define PLUMB_ON_BOTH_ENGINES(suite)                                                                       \
  INSTANTIATE_TEST_SUITE_P(Engines, suite, testing::Values(std::string("sqlite"), std::string("mariadb")), \
                           [](const auto& param_info) { return param_info.param; })
