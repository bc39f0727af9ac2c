// tests/support/mariadb_server.hpp: a real MariaDB server for the tests, thrown away at the end.
//
// Nothing outside of one folder below /tmp is touched: own data, own temporary files, a private socket, no
// network. A server that is running already is used instead when PLUMB_TEST_MARIADB_SOCKET names its socket
// (user root, no password).
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "db/target.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::test {

/// False when PLUMB_TEST_ENGINES names engines and MariaDB is not among them ("sqlite"): such tests are
/// skipped.
bool mariadb_is_wanted();

/// An empty database of its own. It is dropped at the end where the server lives on.
class FreshDatabase {
 public:
  FreshDatabase(db::Target target, bool drop_at_end);
  ~FreshDatabase();
  FreshDatabase(FreshDatabase&& other) noexcept;
  FreshDatabase& operator=(FreshDatabase&&) = delete;

  const std::string& name() const { return target_.database; }
  /// As root, without a password.
  const db::Target& target() const { return target_; }
  std::unique_ptr<db::Connection> connect(db::OpenMode mode = db::OpenMode::ReadWrite) const;

 private:
  db::Target target_;
  bool drop_at_end_;
};

/// Owns the process and its folder. A program's end, however it comes, ends the server too: construct it in a
/// thread that lives as long as the program, which the operating system takes for the parent.
class MariaDbServer {
 public:
  /// The one server of this test program, started at the first call. Throws std::runtime_error that says how
  /// to install the server when it is missing.
  static MariaDbServer& shared();

  /// A server of its own, for tests that kill it or need options; started. Its folder is made below `parent`, or where there
  /// is room when that is empty.
  explicit MariaDbServer(std::vector<std::string> further_options = {}, const std::string& parent = {});
  ~MariaDbServer();
  MariaDbServer(const MariaDbServer&) = delete;
  MariaDbServer& operator=(const MariaDbServer&) = delete;

  const std::string& socket() const { return socket_; }
  db::Target root_target(std::string_view database = {}) const;
  /// `prefix` + process id + counter.
  FreshDatabase fresh_database(std::string_view prefix = "t");

  /// Starts the stopped server on the data that it left; waits until it answers.
  void start();
  /// Ends it in order, and waits.
  void stop();
  /// Ends it as a power cut would, and waits until the process is gone.
  void kill9();
  void restart();
  int process_id() const { return process_id_; }
  /// What the server wrote into its error log.
  std::string log() const;

 private:
  struct Running {
    std::string socket;
  };
  explicit MariaDbServer(Running running);
  void wait_until_it_answers();
  void wait_for_the_end();

  std::optional<ScratchFolder> folder_;  ///< none when the server is somebody else's
  std::string socket_;
  std::vector<std::string> further_options_;
  int process_id_ = 0;
  int owner_ = 0;  ///< the process that started it; a forked child leaves it alone
};

/// A test with an empty database of its own and a session in it.
class MariaDbTest : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;
  MariaDbServer& server() { return MariaDbServer::shared(); }
  const FreshDatabase& database() const { return *database_; }
  db::Connection& connection() { return *connection_; }
  /// The test's database as a user of its own, with a password and with nothing but what `grants` give
  /// ("GRANT SELECT ON `x`.*"). Called again it makes the user anew. The user goes with the test.
  db::Target make_user(const std::vector<std::string>& grants);
  /// The name of that user, and of a role that the test may create; both go with the test.
  std::string user_name() const { return "u" + database().name(); }
  std::string role_name() const { return "r" + database().name(); }

 private:
  std::optional<FreshDatabase> database_;
  std::unique_ptr<db::Connection> connection_;
};

}  // namespace plumb::test
