// tests/cli/plumb_program.hpp: the plumb program, a folder to run it in and a real database to run it on.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "support/mariadb_server.hpp"
#include "support/run.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::test {

/// Where the built program stands.
std::string plumb_program();

/// Runs it with these arguments, without any PLUMB_ variable that the tests' own surroundings have.
RunResult run_plumb(std::vector<std::string> arguments, RunOptions options = {});

/// Every object and every row of a database as text, the same for the same content; without plumb's own
/// table.
std::string content_of(db::Connection& connection);

/// Runs a script with the engine's own command-line client; fails the test when the client does.
void run_script(const db::Target& target, const std::string& sql);

/// A folder with descriptions and plans, and a database of one engine that belongs to the test alone.
class Workplace {
 public:
  /// "sqlite" or "mariadb".
  explicit Workplace(const std::string& engine);
  /// On a MariaDB server of the test's own.
  explicit Workplace(MariaDbServer& server);

  const std::string& engine() const { return engine_; }
  bool is_sqlite() const { return engine_ == "sqlite"; }
  const std::string& folder() const { return folder_.path(); }
  std::string path(const std::string& name) const { return folder_ / name; }
  const db::Target& target() const { return target_; }
  std::string url() const { return target_.display_name(); }

  /// Writes a file of the folder and gives its name back.
  std::string write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;

  /// Runs plumb in the folder.
  RunResult plumb(std::vector<std::string> arguments, RunOptions options = {}) const;
  /// The same with `--db URL` at the end.
  RunResult plumb_on_db(std::vector<std::string> arguments, RunOptions options = {}) const;
  /// Brings the database to what the text says; fails the test when that does not work.
  void bring_to(const std::string& description);

  /// Runs a script in the database by the engine's own client.
  void sql(const std::string& script) const { run_script(target_, script); }
  /// One of two scripts, by the engine.
  void sql(const std::string& sqlite, const std::string& mariadb) const {
    sql(is_sqlite() ? sqlite : mariadb);
  }
  std::int64_t number(const std::string& query) const;
  std::string text(const std::string& query) const;
  /// The first column of every row.
  std::vector<std::string> list(const std::string& query) const;
  std::string content() const;
  /// Every value of every table.
  std::string rows() const;
  std::unique_ptr<db::Connection> connect(db::OpenMode mode = db::OpenMode::ReadWrite) const;

 private:
  std::string engine_;
  ScratchFolder folder_;
  std::optional<FreshDatabase> database_;
  db::Target target_;
};

/// A test that runs once on each engine.
class OnBothEngines : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override;
  Workplace& place() { return *place_; }

 private:
  std::optional<Workplace> place_;
};

std::string name_of_engine(const testing::TestParamInfo<const char*>& engine);

#define PLUMB_ON_BOTH_ENGINES(suite) \
  INSTANTIATE_TEST_SUITE_P(, suite, testing::Values("sqlite", "mariadb"), plumb::test::name_of_engine)

/// How a run ended, for EXPECT_THAT-like use: prints everything that the program said.
testing::AssertionResult ended_with(int exit_code, const RunResult& result);
testing::AssertionResult contains(const std::string& text, const std::string& part);
testing::AssertionResult lacks(const std::string& text, const std::string& part);

}  // namespace plumb::test
